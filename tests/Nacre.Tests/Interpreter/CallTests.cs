using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Interpreter;

public class CallTests
{
    private const int Deep = 1_000_000;
    private static readonly ValType[] None = [];
    private static readonly ValType[] I32 = [ValType.I32];
    private static readonly ValType[] I64 = [ValType.I64];

    [Theory, EachEngine]
    public void Recursion_computes_on_frames_of_its_own(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Func("fac", I64, I64, code => code.LocalGet(0).Op(Opcode.I64Eqz).If(
                then => then.I64(1),
                otherwise => otherwise.LocalGet(0).LocalGet(0).I64(1).Op(Opcode.I64Sub).Call(0).Op(Opcode.I64Mul), ValType.I64)));
        Assert.Equal(2_432_902_008_176_640_000, guest.Call<long>("fac", 20L));
    }

    [Theory, EachEngine]
    public void Locals_start_at_zero_at_every_call(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Func("run", I32, I32, I32, code => code
                .LocalGet(1).LocalGet(0).LocalSet(1)
                .LocalGet(0).If(
                    then => then.LocalGet(0).I32(1).Op(Opcode.I32Sub).Call(0),
                    otherwise => otherwise.I32(0), ValType.I32)
                .Op(Opcode.I32Add)));
        Assert.Equal(0, guest.Call<int>("run", 5));
    }

    [Theory, EachEngine]
    public void Endless_recursion_traps_and_the_instance_goes_on(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Func("endless", None, None, code => code.Call(0))
            .Func("answer", None, I32, code => code.I32(42)));
        for (int i = 0; i < 3; i++)
        {
            var exhausted = Assert.Throws<ExhaustionException>(() => guest.Call("endless"));
            Assert.Equal(ExhaustionKind.CallStack, exhausted.Kind);
            Assert.StartsWith("call stack exhausted", exhausted.Message, StringComparison.Ordinal);
            Assert.Equal(42, guest.Call<int>("answer"));
        }
    }

    [Theory, EachEngine]
    public void Endless_recursion_traps_on_a_thread_with_a_small_stack(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder().Func("endless", None, None, code => code.Call(0)));
        Exception? caught = null;
        var thread = new Thread(() => caught = Record.Exception(() => guest.Call("endless")), maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Equal(ExhaustionKind.CallStack, Assert.IsType<ExhaustionException>(caught).Kind);
    }

    [Theory, EachEngine]
    public void A_frame_larger_than_the_stack_traps(EngineKind engine)
    {
        using var guest = Guest.Of(
            engine.Options() with { StackByteCount = EngineOptions.MinStackByteCount },
            new ModuleBuilder().Func("big", None, None, [.. Enumerable.Repeat(ValType.I64, 5000)], code => code.Op(Opcode.Nop)));
        Assert.Throws<ExhaustionException>(() => guest.Call("big"));
    }

    [Theory, EachEngine]
    public void A_million_tail_calls_take_no_stack(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Func("even", I32, I32, code => code.LocalGet(0).Op(Opcode.I32Eqz).If(then => then.I32(1).Op(Opcode.Return))
                .LocalGet(0).I32(1).Op(Opcode.I32Sub).Op(Opcode.ReturnCall, 1))
            .Func("odd", I32, I32, code => code.LocalGet(0).Op(Opcode.I32Eqz).If(then => then.I32(0).Op(Opcode.Return))
                .LocalGet(0).I32(1).Op(Opcode.I32Sub).Op(Opcode.ReturnCall, 0)));
        Assert.Equal(1, guest.Call<int>("even", Deep));
    }

    [Theory, EachEngine]
    public void Tail_calls_between_two_instances_take_no_stack_and_return_to_the_right_one(EngineKind engine)
    {
        using var runtime = new Engine(engine.Options());
        using var store = new Store(runtime);

        // Both share a table: each calls the other's function in it, and each has a global that tells them apart.
        byte[] Half(int slot, int mark) => new ModuleBuilder()
            .Import("env", "table", new TableType(ValType.Funcref, new Limits(2)))
            .Global(ValType.I32, isMutable: false, code => code.I32(mark))
            .Func("step", I32, I32, code => code.LocalGet(0).Op(Opcode.I32Eqz).If(then => then.GlobalGet(0).Op(Opcode.Return))
                .LocalGet(0).I32(1).Op(Opcode.I32Sub).I32(1 - slot).Op(Opcode.ReturnCallIndirect, 0, 0))
            .Func("run", I32, I32, code => code.LocalGet(0).Call(0).GlobalGet(0).Op(Opcode.I32Add))
            .ActiveElements(0, slot, 0)
            .Build();

        Linker linker = new Linker(runtime).Define("env", "table", new Table(store, new TableType(ValType.Funcref, new Limits(2)), Value.FromFunction(null)));
        Instance first = linker.Instantiate(store, runtime.Compile(Half(slot: 0, mark: 1000)));
        linker.Instantiate(store, runtime.Compile(Half(slot: 1, mark: 7)));
        Assert.Equal(1000 + 1000, first.Function<int, int>("run").Invoke(Deep));
        Assert.Equal(7 + 1000, first.Function<int, int>("run").Invoke(Deep + 1));
    }

    [Theory, EachEngine]
    public void A_tail_call_to_the_host_returns_its_result(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .ImportFunc("env", "twice", I32, I32)
            .Func("run", I32, I32, code => code.I32(99).LocalSet(0).I32(21).Op(Opcode.ReturnCall, 0)),
            linker => linker.Define("env", "twice", (int value) => value * 2));
        Assert.Equal(42, guest.Call<int>("run", 0));
    }

    [Theory, EachEngine]
    public void Indirect_calls_trap_by_kind(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Table(new TableType(ValType.Funcref, new Limits(3)))
            .Func("call", I32, I32, code => code.I32(5).LocalGet(0).Op(Opcode.CallIndirect, 0, 0))
            .Func("other", None, None, code => code.Op(Opcode.Nop))
            .Func("same", I32, I32, code => code.LocalGet(0))
            .ActiveElements(0, 0, 2, 1));
        Assert.Equal(5, guest.Call<int>("call", 0));
        Assert.Equal(TrapKind.IndirectCallTypeMismatch, Assert.Throws<TrapException>(() => guest.Call("call", 1)).Kind);
        Assert.Equal(TrapKind.UninitializedElement, Assert.Throws<TrapException>(() => guest.Call("call", 2)).Kind);
        Assert.Equal(TrapKind.UndefinedElement, Assert.Throws<TrapException>(() => guest.Call("call", 3)).Kind);
        Assert.Equal(TrapKind.UndefinedElement, Assert.Throws<TrapException>(() => guest.Call("call", -1)).Kind);
    }

    [Theory, EachEngine]
    public void References_of_callers_survive_calls_that_use_references_themselves(EngineKind engine)
    {
        ValType[] reference = [ValType.Externref];
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .ImportFunc("env", "fresh", None, reference)
            .Func("run", [ValType.Externref, ValType.I32], reference, [ValType.Externref], code => code
                .Call(0).LocalSet(2)
                .LocalGet(1).If(
                    then => then.LocalGet(0).LocalGet(2).LocalGet(1).I32(1).Op(Opcode.I32Sub).Call(1).Op(Opcode.Drop),
                    otherwise => otherwise.LocalGet(0), ValType.Externref)),
            linker => linker.Define("env", "fresh", () => new object()));
        Assert.Equal("mine", guest.Call("run", Value.FromExtern("mine"), 50)[0].AsReference());
    }
}
