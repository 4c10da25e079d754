using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Compiler;

/// <summary>Functions whose frames are large for their code, because calls and blocks have many results: they never run over the end of a stack.</summary>
public class WideFrameTests
{
    private const int ValueCount = 1_000;

    private static string Many(string what) => string.Concat(Enumerable.Repeat(what + " ", ValueCount));

    private static string Times(int count, string what) => string.Concat(Enumerable.Repeat(what + " ", count));

    private static string Guest(string body) => $"""
        (module
          (type $same (func (param {Many("i32")}) (result {Many("i32")})))
          (type $values (func (result {Many("i32")})))
          (table funcref (elem $same))
          (func $same (type $same) {string.Concat(Enumerable.Range(0, ValueCount).Select(i => $"local.get {i} "))})
          (func (export "run") (param i32) (result i32) {body} {Times(ValueCount - 1, "i32.add")}))
        """;

    public static TheoryData<string> Bodies() =>
    [
        Many("local.get 0") + Times(30, "call $same"),
        Many("local.get 0") + Times(20, "i32.const 0 call_indirect (type $same)"),
        Many("local.get 0") + Times(60, "loop (type $same)") + Times(60, "end"),
        $"{Times(20, "block (type $values)")} {Many("local.get 0")} local.get 0 br_table {string.Join(' ', Enumerable.Range(0, 20))} {Times(20, "end")}",
    ];

    [Theory]
    [MemberData(nameof(Bodies))]
    public void On_a_small_stack_it_is_told_that_there_is_not_enough(string body)
    {
        foreach (EngineKind engine in Enum.GetValues<EngineKind>())
            foreach (int stackKibibytes in new[] { 220, 512, 1_536 })
                OnThread(stackKibibytes * 1024, () =>
                {
                    using var guest = Support.Guest.FromText(engine, Guest(body));
                    try
                    {
                        Assert.Equal(ValueCount, guest.Call<int>("run", 1));
                    }
                    catch (ExhaustionException exhaustion)
                    {
                        Assert.Equal(ExhaustionKind.CallStack, exhaustion.Kind);
                    }
                });
    }

    [Theory]
    [InlineData(EngineKind.Auto)]
    [InlineData(EngineKind.Interpreter)]
    public void However_many_calls_there_are_the_interpreter_runs_them(EngineKind engine)
    {
        using var guest = Support.Guest.FromText(engine, Guest(Many("local.get 0") + Times(1_000, "call $same")));
        for (int i = 0; i < 50; i++) Assert.Equal(ValueCount, guest.Call<int>("run", 1));
    }

    private static void OnThread(int stackByteCount, Action action)
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(action), stackByteCount);
        thread.Start();
        thread.Join();
        Assert.Null(thrown);
    }
}
