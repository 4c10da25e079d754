using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Embedding;

public class GuestStackTests
{
    private static readonly ValType[] None = [];

    [Theory, EachEngine]
    public void A_trap_tells_the_functions_that_were_being_called_innermost_first(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Func("crash", None, None, code => code.Op(Opcode.Unreachable))
            .Func("middle", None, None, code => code.Call(0))
            .Func("run", None, None, code => code.Call(1)));
        var trap = Assert.Throws<TrapException>(() => guest.Call("run"));
        Assert.Equal(["crash", "middle", "run"], trap.GuestStack.Select(frame => frame.FunctionName));
        Assert.All(trap.GuestStack, frame => Assert.Equal(OpcodeAt(guest, frame), frame.FunctionName == "crash" ? 0x00 : 0x10));
    }

    [Theory, EachEngine]
    public void Frames_of_several_instances_and_of_calls_through_the_host_are_told_once(EngineKind engine)
    {
        using var runtime = new Engine(engine.Options());
        using var store = new Store(runtime);
        Instance inner = new Linker(runtime).Instantiate(store, runtime.Compile(new ModuleBuilder()
            .Func("crash", None, None, code => code.Op(Opcode.Unreachable)).Build()));
        Linker linker = new Linker(runtime)
            .DefineInstance("inner", inner)
            .Define("env", "host", (Caller caller) => caller.Instance!.Procedure("second").Invoke());
        Instance outer = linker.Instantiate(store, runtime.Compile(new ModuleBuilder()
            .ImportFunc("inner", "crash", None, None)
            .ImportFunc("env", "host", None, None)
            .Func("first", None, None, code => code.Call(1))
            .Func("second", None, None, code => code.Call(0))
            .Build()));
        var trap = Assert.Throws<TrapException>(outer.Procedure("first").Invoke);
        Assert.Equal(["crash", "second", "first"], trap.GuestStack.Select(frame => frame.FunctionName));
    }

    [Theory, EachEngine]
    public void Frames_around_a_trap_that_the_machine_raised_are_told_once_as_well(EngineKind engine)
    {
        using var runtime = new Engine(new EngineOptions { Kind = engine });
        using var store = new Store(runtime);
        Instance guest = new Linker(runtime)
            .Define("env", "host", (Caller caller) => caller.Instance!.Procedure("second").Invoke())
            .Instantiate(store, runtime.CompileText("""
                (module
                  (import "env" "host" (func $host))
                  (memory 1)
                  (func $first (export "first") (call $host))
                  (func $second (export "second") (call $crash))
                  (func $crash (drop (i32.load (i32.const 65534)))))
                """));
        var trap = Assert.Throws<TrapException>(guest.Procedure("first").Invoke);
        Assert.Equal(TrapKind.MemoryOutOfBounds, trap.Kind);
        Assert.Equal(["crash", "second", "first"], trap.GuestStack.Select(frame => frame.FunctionName));
    }

    [Theory, EachEngine]
    public void A_trap_that_the_host_catches_leaves_the_guest_around_it_running(EngineKind engine)
    {
        using var runtime = new Engine(engine.Options());
        using var store = new Store(runtime);
        Instance inner = new Linker(runtime).Instantiate(store, runtime.Compile(new ModuleBuilder()
            .Func("crash", None, None, code => code.Op(Opcode.Unreachable)).Build()));
        Linker linker = new Linker(runtime)
            .DefineInstance("inner", inner)
            .Define("env", "try", (Caller caller) => { Assert.Throws<TrapException>(caller.Instance!.Procedure("second").Invoke); });
        Instance outer = linker.Instantiate(store, runtime.Compile(new ModuleBuilder()
            .ImportFunc("inner", "crash", None, None)
            .ImportFunc("env", "try", None, None)
            .Func("first", [ValType.I32], [ValType.I32], code => code.Call(1).Call(1).LocalGet(0))
            .Func("second", None, None, code => code.Call(0))
            .Build()));
        Assert.Equal(7, outer.Function<int, int>("first").Invoke(7));
    }

    [Theory, EachEngine]
    public void The_frames_of_a_very_deep_stack_are_cut(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder().Func("deeper", None, None, code => code.Call(0)));
        var exhaustion = Assert.Throws<ExhaustionException>(() => guest.Call("deeper"));
        Assert.InRange(exhaustion.GuestStack.Count, 10, 1000);
        Assert.Throws<ExhaustionException>(() => guest.Call("deeper"));
    }

    private static byte OpcodeAt(Guest guest, GuestFrame frame)
    {
        Expr body = guest.Module.Definition.Functions[(int)frame.Function.Value].Body;
        return body.Bytes.Span[frame.ByteOffset - body.ByteOffset];
    }
}
