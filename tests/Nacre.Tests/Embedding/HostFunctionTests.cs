using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Embedding;

public class HostFunctionTests
{
    private static readonly ValType[] None = [], I32 = [ValType.I32], TwoI32 = [ValType.I32, ValType.I32];

    [Theory, EachEngine]
    public void A_delegate_is_called_with_the_guests_arguments(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .ImportFunc("env", "mix", [ValType.I32, ValType.I64, ValType.F32, ValType.F64], [ValType.F64])
            .Func("run", None, [ValType.F64], code => code.I32(1).I64(2).F32(0.5f).F64(0.25).Call(0)),
            linker => linker.Define("env", "mix", (int a, long b, float c, double d) => a + b + c + d));
        Assert.Equal(3.75, guest.Call<double>("run"));
    }

    [Theory, EachEngine]
    public void The_caller_gives_access_to_the_guests_memory(EngineKind engine)
    {
        string? printed = null;
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .ImportFunc("env", "print", TwoI32, None)
            .Memory(1)
            .ActiveData(8, "Grüße"u8.ToArray())
            .Func("run", None, None, code => code.I32(8).I32(7).Call(0)),
            linker => linker.Define("env", "print",
                (Caller caller, int byteOffset, int byteCount) => { printed = caller.Memory.ReadUtf8(byteOffset, byteCount); }));
        guest.Call("run");
        Assert.Equal("Grüße", printed);
    }

    [Theory, EachEngine]
    public void An_access_outside_of_the_memory_traps_the_guest(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .ImportFunc("env", "print", TwoI32, None)
            .Memory(1)
            .Func("run", None, None, code => code.I32(-1).I32(7).Call(0)),
            linker => linker.Define("env", "print", (Caller caller, int byteOffset, int byteCount) => { caller.Memory.ReadUtf8(byteOffset, byteCount); }));
        var trap = Assert.Throws<TrapException>(() => guest.Call("run"));
        Assert.Equal(TrapKind.MemoryOutOfBounds, trap.Kind);
        Assert.Equal(new FuncIndex(1), Assert.Single(trap.GuestStack).Function);
    }

    [Theory, EachEngine]
    public void A_caller_without_memory_is_told_so(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .ImportFunc("env", "print", None, None)
            .Func("run", None, None, code => code.Call(0)),
            linker => linker.Define("env", "print", (Caller caller) => { caller.Memory.ReadUtf8(0, 0); }));
        Assert.Throws<LinkException>(() => guest.Call("run"));
    }

    [Theory, EachEngine]
    public void The_caller_is_the_instance_whose_code_called(EngineKind engine)
    {
        Instance? seen = null;
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .ImportFunc("env", "who", None, None)
            .Func("run", None, None, code => code.Call(0))
            .Export("direct", ExternKind.Func, 0),
            linker => linker.Define("env", "who", (Caller caller) => { seen = caller.Instance; }));
        guest.Call("run");
        Assert.Same(guest.Instance, seen);
        guest.Call("direct");
        Assert.Null(seen);
    }

    [Theory, EachEngine]
    public void Host_and_guest_may_call_each_other(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .ImportFunc("env", "again", I32, I32)
            .Func("factorial", I32, I32, code => code
                .LocalGet(0).Op(Opcode.I32Eqz)
                .If(then => then.I32(1), otherwise => otherwise.LocalGet(0).LocalGet(0).I32(1).Op(Opcode.I32Sub).Call(0).Op(Opcode.I32Mul), ValType.I32)),
            linker => linker.Define("env", "again", (Caller caller, int n) => caller.Instance!.Function<int, int>("factorial").Invoke(n)));
        Assert.Equal(3628800, guest.Call<int>("factorial", 10));
    }

    [Theory, EachEngine]
    public void Endless_recursion_through_the_host_ends_on_a_thread_with_a_small_stack_too(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .ImportFunc("env", "again", None, None)
            .Func("run", None, None, code => code.Call(0)),
            linker => linker.Define("env", "again", (Caller caller) => caller.Instance!.Procedure("run").Invoke()));
        Exception? exception = null;
        var thread = new Thread(() => exception = Record.Exception(() => guest.Call("run")), maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.IsType<ExhaustionException>(exception);
    }

    [Theory, EachEngine]
    public void Endless_recursion_through_the_host_exhausts_the_stack_and_leaves_the_instance_usable(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .ImportFunc("env", "again", None, None)
            .Func("run", None, None, code => code.Call(0))
            .Func("answer", None, I32, code => code.I32(42)),
            linker => linker.Define("env", "again", (Caller caller) => caller.Instance!.Procedure("run").Invoke()));
        var exception = Assert.Throws<ExhaustionException>(() => guest.Call("run"));
        Assert.Equal(ExhaustionKind.CallStack, exception.Kind);
        Assert.Equal(42, guest.Call<int>("answer"));
    }

    [Theory, EachEngine]
    public void An_exception_of_the_host_passes_through_the_guest(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .ImportFunc("env", "fail", None, None)
            .Func("run", None, None, code => code.Call(0))
            .Func("answer", None, I32, code => code.I32(42)),
            linker => linker.Define("env", "fail", () => throw new FormatException("from the host")));
        Assert.Equal("from the host", Assert.Throws<FormatException>(() => guest.Call("run")).Message);
        Assert.Equal(42, guest.Call<int>("answer"));
    }

    [Theory, EachEngine]
    public void Several_results_are_written_in_order(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .ImportFunc("env", "divide", TwoI32, TwoI32)
            .Func("run", TwoI32, TwoI32, code => code.Locals(2).Call(0)),
            linker => linker.Define("env", "divide", new FuncType(TwoI32, TwoI32), (ref frame) =>
            {
                int dividend = frame.NextInt32(), divisor = frame.NextInt32();
                frame.BeginResults();
                frame.Return(dividend / divisor);
                frame.Return(dividend % divisor);
            }));
        Assert.Equal([3, 2], guest.Call("run", 17, 5));
    }

    [Theory, EachEngine]
    public void A_reference_of_the_wrong_type_does_not_reach_the_guest(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .ImportFunc("env", "bad", None, [ValType.Funcref])
            .Func("run", None, [ValType.Funcref], code => code.Call(0)),
            linker => linker.Define("env", "bad", new FuncType([], [ValType.Funcref]), (ref frame) =>
            {
                frame.BeginResults();
                frame.ReturnReference("no function");
            }));
        Assert.Throws<ArgumentException>(() => guest.Call("run"));
    }

    [Theory, EachEngine]
    public void A_function_of_another_store_does_not_reach_the_guest(EngineKind engine)
    {
        ModuleBuilder module = new ModuleBuilder().Func("pass", [ValType.Funcref], [ValType.Funcref], code => code.LocalGet(0));
        using var here = Guest.Of(engine, module);
        using var there = Guest.Of(engine, module);
        Assert.Throws<ArgumentException>(() => here.Call("pass", there.Instance.Function("pass")));
        Assert.Throws<ArgumentException>(() => here.Instance.Function<Function, Function>("pass").Invoke(there.Instance.Function("pass")));
    }

    [Theory, EachEngine]
    public void A_call_of_the_host_does_not_allocate(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .ImportFunc("env", "next", I32, I32)
            .Memory(1)
            .Func("run", I32, I32, code => code.LocalGet(0).Call(0)),
            linker => linker.Define("env", "next", (Caller caller, int n) => n + caller.Memory.Read<int>(0) + 1));
        Function<int, int> run = guest.Instance.Function<int, int>("run");
        for (int i = 0; i < 100; i++) Assert.Equal(i + 1, run.Invoke(i));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) run.Invoke(i);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory, EachEngine]
    public void A_call_with_references_does_not_allocate(EngineKind engine)
    {
        ValType[] reference = [ValType.Externref];
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .ImportFunc("env", "same", reference, reference)
            .Func("run", reference, reference, code => code.LocalGet(0).Call(0)),
            linker => linker.Define("env", "same", (object? item) => item));
        Function<object?, object?> run = guest.Instance.Function<object?, object?>("run");
        object item = new();
        for (int i = 0; i < 100; i++) Assert.Same(item, run.Invoke(item));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) run.Invoke(item);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory, EachEngine]
    public void As_many_references_as_there_are_reach_the_host_among_numbers_and_come_back(EngineKind engine)
    {
        foreach (int count in new[] { 1, 4, 5, 20 })
        {
            ValType[] parameters = [.. Enumerable.Repeat(new[] { ValType.Externref, ValType.I64 }, count).SelectMany(pair => pair)];
            ValType[] results = [.. parameters.Reverse()];
            using var guest = Guest.Of(engine, new ModuleBuilder()
                .ImportFunc("env", "reverse", parameters, results)
                .Func("run", parameters, results, code => code.Locals(2 * count).Call(0)),
                linker => linker.Define("env", "reverse", new FuncType(parameters, results), (ref frame) => Reverse(ref frame, count)));
            Value[] arguments = [.. Enumerable.Range(0, count).SelectMany(i => new[] { Value.FromExtern(i % 3 == 2 ? null : $"item {i}"), Value.FromInt64(i) })];
            for (int i = 0; i < 3; i++) Assert.Equal(arguments.Reverse(), guest.Instance.Function("run").Invoke(arguments));
        }
    }

    // What lies in the frame is found by the collector, and follows when objects move.
    private static void Reverse(ref HostFrame frame, int count)
    {
        var references = new object?[count];
        var numbers = new long[count];
        GC.Collect();
        for (int i = 0; i < count; i++) (references[i], numbers[i]) = (frame.NextReference(), frame.NextInt64());
        frame.BeginResults();
        for (int i = count - 1; i >= 0; i--)
        {
            frame.Return(numbers[i]);
            frame.ReturnReference(references[i]);
        }
        GC.Collect();
    }

    [Fact]
    public void A_delegate_of_types_that_guests_do_not_know_is_refused()
        => Assert.Throws<NotSupportedException>(() => new Linker(new Engine()).Define("env", "f", (string text) => { }));
}
