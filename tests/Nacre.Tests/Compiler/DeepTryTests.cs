using System.Globalization;
using System.Text;
using Nacre.Syntax;

namespace Nacre.Tests.Compiler;

/// <summary>Tries inside each other, deeper than the compiler gives each a region of its own: they catch what the interpreter's catch.</summary>
public class DeepTryTests
{
    // From these arguments on the guest leaves its tries by a branch and throws afterwards: behind a block, at the start of a loop.
    private const int Leaving = 10_000, GoingBack = 20_000, HavingGoneBack = 30_000;

    [Theory]
    [InlineData(29)]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(75)]
    public void Clauses_of_every_depth_catch_their_tags(int depth) => AssertEnginesAgree(Tables(depth), depth, step: 1);

    [Theory]
    [InlineData(31)]
    [InlineData(75)]
    public void The_older_instructions_catch_delegate_and_rethrow_at_every_depth(int depth) => AssertEnginesAgree(Legacy(depth), depth, step: 1);

    [Fact]
    public void A_thousand_tries_may_be_nested()
    {
        AssertEnginesAgree(Tables(1_000), 1_000, step: 97);
        AssertEnginesAgree(Legacy(1_000), 1_000, step: 97);
    }

    [Theory]
    [InlineData(MemoryStrategy.Guard)]
    [InlineData(MemoryStrategy.Explicit)]
    public void Traps_pass_all_tries(MemoryStrategy memory)
    {
        const int Depth = 40;
        string[] traps = ["(unreachable)", "(drop (i32.load (i32.const -1)))", "(drop (i32.div_u (i32.const 1) (i32.const 0)))"];
        foreach (string trap in traps)
        {
            var text = new StringBuilder("(module (memory 1) (func (export \"run\") ");
            for (int i = 0; i < Depth; i++) text.Append(CultureInfo.InvariantCulture, $"(block $h{i} (try_table (catch_all $h{i}) ");
            text.Append(trap).Append(')', 2 * Depth).Append("))");
            using var engine = new Engine(new EngineOptions { Kind = EngineKind.Compiler, MemoryStrategy = memory });
            using var store = new Store(engine);
            Procedure run = new Linker(engine).Instantiate(store, engine.CompileText(text.ToString())).Procedure("run");
            for (int i = 0; i < 2; i++) Assert.Equal("run", Assert.Single(Assert.Throws<TrapException>(run.Invoke).GuestStack).FunctionName ?? "run");
        }
    }

    private static void AssertEnginesAgree(string text, int depth, int step)
    {
        using var expectedEngine = new Engine(new EngineOptions { Kind = EngineKind.Interpreter, Features = WasmFeatures.All });
        using var actualEngine = new Engine(new EngineOptions { Kind = EngineKind.Compiler, Features = WasmFeatures.All });
        using Store expectedStore = new(expectedEngine), actualStore = new(actualEngine);
        Function<int, int, int> expected = new Linker(expectedEngine).Instantiate(expectedStore, expectedEngine.CompileText(text)).Function<int, int, int>("run");
        Function<int, int, int> actual = new Linker(actualEngine).Instantiate(actualStore, actualEngine.CompileText(text)).Function<int, int, int>("run");
        var outcomes = new HashSet<string>();
        for (int level = 0; level <= depth; level += step)
        {
            for (int tag = 0; tag < 3; tag++)
            {
                foreach (int way in (int[])[0, Leaving, GoingBack])
                    Assert.Equal(Outcome(expected, level + way, tag, outcomes), Outcome(actual, level + way, tag, []));
            }
        }
        Assert.InRange(outcomes.Count, 4, int.MaxValue);
    }

    private static string Outcome(Function<int, int, int> run, int level, int tag, HashSet<string> outcomes)
    {
        string outcome;
        try
        {
            outcome = run.Invoke(level, tag).ToString(CultureInfo.InvariantCulture);
        }
        catch (GuestException)
        {
            outcome = "uncaught";
        }
        outcomes.Add(outcome);
        return outcome;
    }

    private const string Head = """
        (module
          (tag $e0 (param i32)) (tag $e1 (param i32)) (tag $e2 (param i32))
          (func $throw (param $tag i32) (param $value i32)
            (if (i32.eqz (local.get $tag)) (then (throw $e0 (local.get $value))))
            (if (i32.eq (local.get $tag) (i32.const 1)) (then (throw $e1 (local.get $value))))
            (throw $e2 (local.get $value)))
          (func (export "run") (param $level i32) (param $tag i32) (result i32) (local $trace i32) (local $caught i32)
        """;

    // At its level the guest throws; with 10,000 more it leaves three tries first and throws from the one around those.
    private static string Throwing(int level, int way = 0) => $"""
        (if (i32.eq (local.get $level) (i32.const {level + way})) (then
          (local.set $level (i32.const -1))
          (call $throw (local.get $tag) (i32.const {level}))))
        """;

    private static string LeavingFrom(int level) => level < 4 ? "" : $"""
        (if (i32.eq (local.get $level) (i32.const {level + Leaving})) (then
          (local.set $level (i32.const {level - 4}))
          (br $out{level - 3})))
        """;

    private static string GoingBackFrom(int level) => level < 12 || level % 10 != 2 ? "" : $"""
        (if (i32.eq (local.get $level) (i32.const {level + GoingBack})) (then
          (local.set $level (i32.const {level - 3 + HavingGoneBack}))
          (br $again{level - 3})))
        """;

    // Every seventh handler throws again, with the next tag.
    private static string Handling(int level, string again) => $"""
        (local.set $caught)
        (local.set $trace (i32.add (i32.mul (local.get $trace) (i32.const 31)) (i32.add (local.get $caught) (i32.const {level}))))
        {(level % 7 == 0 ? again : "")}
        """;

    private static string Tables(int depth)
    {
        var text = new StringBuilder(Head);
        for (int i = 0; i < depth; i++)
        {
            string loop = i % 10 == 9 ? $"(loop $again{i} {Throwing(i, HavingGoneBack)} " : "(block ";
            text.Append(CultureInfo.InvariantCulture, $"(block $out{i} (block $h{i} (result i32) (try_table (catch $e{i % 3} $h{i}) {loop}");
        }
        for (int i = depth - 1; i >= 0; i--)
        {
            string again = $"(local.set $tag (i32.rem_u (i32.add (local.get $tag) (i32.const 1)) (i32.const 3))) (call $throw (local.get $tag) (i32.const {i}))";
            text.Append(CultureInfo.InvariantCulture, $"{LeavingFrom(i)} {GoingBackFrom(i)} {Throwing(i)} )) (br $out{i})) {Handling(i, again)} )\n");
        }
        return text.Append("(local.get $trace)))").ToString();
    }

    private static string Legacy(int depth)
    {
        var text = new StringBuilder(Head);
        for (int i = 0; i < depth; i++) text.Append(CultureInfo.InvariantCulture, $"(block $out{i} (try $t{i} (do ");
        for (int i = depth - 1; i >= 0; i--)
        {
            string clauses = i % 5 == 3
                ? $"(delegate $t{i - 2})"
                : $"(catch $e{i % 3} {Handling(i, $"(rethrow $t{i})")})" + (i % 11 == 10 ? $"(catch_all (local.set $trace (i32.xor (local.get $trace) (i32.const {i * 1000}))))" : "");
            text.Append(CultureInfo.InvariantCulture, $"{LeavingFrom(i)} {Throwing(i)} ) {clauses}))\n");
        }
        return text.Append("(local.get $trace)))").ToString();
    }
}
