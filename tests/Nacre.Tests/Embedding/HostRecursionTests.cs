using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Embedding;

/// <summary>Host and guest that call each other until the thread's own stack is used up, on stacks of several sizes.</summary>
public class HostRecursionTests
{
    private const string Down = "down";

    public enum Handling { LetsPass, ThrowsAgain, Wraps }

    public static TheoryData<EngineKind, Handling, int> Cases
    {
        get
        {
            var cases = new TheoryData<EngineKind, Handling, int>();
            foreach (EngineKind engine in Enum.GetValues<EngineKind>())
                foreach (Handling handling in Enum.GetValues<Handling>())
                    foreach (int stackKiB in (int[])[256, 1024, 8192]) cases.Add(engine, handling, stackKiB);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Recursion_without_end_through_the_host_ends_in_an_exception_after_which_the_instance_works(EngineKind engine, Handling handling, int stackKiB)
    {
        Exception? thrown = null;
        int answer = 0;
        var thread = new Thread(() =>
        {
            using var runtime = new Engine(engine.Options());
            using var store = new Store(runtime);
            Instance guest = new Linker(runtime)
                .Define("env", "host", (Caller caller) => Recurse(caller.Instance!, handling))
                .Instantiate(store, runtime.Compile(new ModuleBuilder()
                    .ImportFunc("env", "host", [], [])
                    .Func(Down, [], [], code => code.Call(0))
                    .Func("answer", [ValType.I32], [ValType.I32], code => code.LocalGet(0))
                    .Build()));
            thrown = Record.Exception(guest.Procedure(Down).Invoke);
            answer = guest.Function<int, int>("answer").Invoke(42);
        }, stackKiB * 1024);
        thread.Start();
        thread.Join();

        if (handling == Handling.Wraps) Assert.IsType<ExhaustionException>(Assert.IsType<InvalidOperationException>(thrown).GetBaseException());
        else Assert.Equal(ExhaustionKind.CallStack, Assert.IsType<ExhaustionException>(thrown).Kind);
        Assert.Equal(42, answer);
    }

    private static void Recurse(Instance guest, Handling handling)
    {
        Procedure down = guest.Procedure(Down);
        try
        {
            down.Invoke();
        }
        catch (Exception) when (handling == Handling.ThrowsAgain)
        {
            throw;
        }
        catch (Exception exception) when (handling == Handling.Wraps)
        {
            throw new InvalidOperationException("wrapped", exception);
        }
    }
}
