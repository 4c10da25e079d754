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

    [Theory, EachSetup]
    public void A_trap_is_told_at_an_instruction_that_can_raise_it(EngineKind engine, MemoryStrategy memory)
    {
        const byte I32DivS = 0x6D, I32Load8U = 0x2D, I64Load = 0x29;
        using var guest = Guest.FromText(engine.Options() with { MemoryStrategy = memory }, """
            (module (memory 1)
              (func (export "divide") (param i32) (result i32)
                (i32.store (i32.const 8) (i32.const 5))
                (i32.add (local.get 0) (i32.div_s (i32.load (i32.const 8)) (local.get 0))))
              (func (export "load") (param i32) (result i32)
                (i32.add (i32.div_s (i32.const 7) (i32.const 2)) (i32.load8_u (local.get 0))))
              (func (export "load64") (param i32) (result i64)
                (i64.add (i64.extend_i32_s (local.get 0)) (i64.load (local.get 0)))))
            """);
        AssertRaisedAt(I32DivS, guest, "divide", 0);
        AssertRaisedAt(I32Load8U, guest, "load", -1);
        AssertRaisedAt(I64Load, guest, "load64", -1);
    }

    [Theory, EachSetup]
    public void Instructions_that_end_a_function_in_the_same_way_are_told_apart(EngineKind engine, MemoryStrategy memory)
    {
        using var guest = Guest.FromText(engine.Options() with { MemoryStrategy = memory }, """
            (module (func (export "run") (param i32) (if (local.get 0) (then unreachable)) unreachable))
            """);
        int[] places = [.. new[] { 1, 0 }.Select(argument => Assert.Throws<TrapException>(() => guest.Call("run", argument)).GuestStack[0].ByteOffset)];
        Assert.True(places[0] < places[1], $"{places[0]} and {places[1]}");
        Assert.All(places, place => Assert.Equal(0x00, OpcodeAt(guest, new GuestFrame(null, new FuncIndex(0), null, place))));
    }

    [Theory, EachEngine]
    public void The_call_for_which_no_stack_was_left_is_told_at_the_beginning_of_the_function(EngineKind engine)
    {
        using var guest = Guest.FromText(engine.Options(), "(module (func $deeper (export \"deeper\") (result i32) (i32.add (call $deeper) (i32.const 1))))");
        GuestFrame innermost = Assert.Throws<ExhaustionException>(() => guest.Call("deeper")).GuestStack[0];
        Assert.Equal(guest.Module.Definition.Functions[0].Body.ByteOffset, innermost.ByteOffset);
    }

    private static void AssertRaisedAt(byte opcode, Guest guest, string function, int argument)
    {
        var trap = Assert.Throws<TrapException>(() => guest.Call(function, argument));
        Assert.Equal(opcode, OpcodeAt(guest, trap.GuestStack[0]));
    }

    private static byte OpcodeAt(Guest guest, GuestFrame frame)
    {
        Expr body = guest.Module.Definition.Functions[(int)frame.Function.Value].Body;
        return body.Bytes.Span[frame.ByteOffset - body.ByteOffset];
    }
}
