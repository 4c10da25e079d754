using System.Runtime.Intrinsics;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Embedding;

public class TypedFunctionTests
{
    private static readonly ValType[] I32 = [ValType.I32];

    [Theory, EachEngine]
    public void A_function_is_called_by_its_NET_types(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Func("square", I32, I32, code => code.LocalGet(0).LocalGet(0).Op(Opcode.I32Mul))
            .Func("add64", [ValType.I64, ValType.I64], [ValType.I64], code => code.Locals(2).Op(Opcode.I64Add))
            .Func("half", [ValType.F64], [ValType.F64], code => code.LocalGet(0).F64(0.5).Op(Opcode.F64Mul))
            .Func("negative", [ValType.F32], [ValType.F32], code => code.LocalGet(0).Op(Opcode.F32Neg))
            .Func("answer", [], I32, code => code.I32(42)));
        Assert.Equal(49, guest.Instance.Function<int, int>("square").Invoke(7));
        Assert.Equal(-1, guest.Instance.Function<long, long, long>("add64").Invoke(1, -2));
        Assert.Equal(ulong.MaxValue, guest.Instance.Function<ulong, ulong, ulong>("add64").Invoke(ulong.MaxValue, 0));
        Assert.Equal(1.25, guest.Instance.Function<double, double>("half").Invoke(2.5));
        Assert.Equal(-1.5f, guest.Instance.Function<float, float>("negative").Invoke(1.5f));
        Assert.Equal(42u, guest.Instance.Function<uint>("answer").Invoke());
        Assert.True(guest.Instance.Function<bool>("answer").Invoke());
    }

    [Theory, EachEngine]
    public void A_function_without_results_is_a_procedure(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Global(ValType.I32, isMutable: true, code => code.I32(0), export: "sum")
            .Func("add", [ValType.I32, ValType.I32], [], code => code.Locals(2).Op(Opcode.I32Add).GlobalSet(0)));
        guest.Instance.Procedure<int, int>("add").Invoke(3, 4);
        Assert.Equal(7, guest.Instance.Global("sum").Value);
    }

    [Theory, EachEngine]
    public void Eight_parameters_arrive_in_order(EngineKind engine)
    {
        ValType[] eight = [.. Enumerable.Repeat(ValType.I32, 8)];
        using var guest = Guest.Of(engine, new ModuleBuilder().Func("digits", eight, I32, code =>
        {
            code.I32(0);
            for (uint i = 0; i < 8; i++) code.I32(10).Op(Opcode.I32Mul).LocalGet(i).Op(Opcode.I32Add);
        }));
        Assert.Equal(12345678, guest.Instance.Function<int, int, int, int, int, int, int, int, int>("digits").Invoke(1, 2, 3, 4, 5, 6, 7, 8));
    }

    [Theory, EachEngine]
    public void References_pass_through_unchanged(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Func("extern", [ValType.Externref], [ValType.Externref], code => code.LocalGet(0))
            .Func("func", [ValType.Funcref], [ValType.Funcref], code => code.LocalGet(0)));
        object item = new();
        Assert.Same(item, guest.Instance.Function<object, object>("extern").Invoke(item));
        Assert.Null(guest.Instance.Function<object?, object?>("extern").Invoke(null));
        Function function = guest.Instance.Function("func");
        Assert.Equal(function, guest.Instance.Function<Function, Function>("func").Invoke(function));
    }

    [Fact]
    public void Another_signature_is_refused_and_both_are_named()
    {
        using var guest = Guest.Of(EngineKind.Auto, new ModuleBuilder().Func("square", I32, I32, code => code.LocalGet(0)));
        var exception = Assert.Throws<InvalidCastException>(() => guest.Instance.Function<long, int>("square"));
        Assert.Contains("[i32] → [i32]", exception.Message, StringComparison.Ordinal);
        Assert.Contains("[i64] → [i32]", exception.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidCastException>(() => guest.Instance.Procedure<int>("square"));
        Assert.Throws<InvalidCastException>(() => guest.Instance.Function<int>("square"));
        Assert.Throws<NotSupportedException>(() => guest.Instance.Function<string, int>("square"));
    }

    [Theory, EachEngine]
    public void A_typed_call_does_not_allocate(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder().Func("square", I32, I32, code => code.LocalGet(0).LocalGet(0).Op(Opcode.I32Mul)));
        Function<int, int> square = guest.Instance.Function<int, int>("square");
        for (int i = 0; i < 100; i++) square.Invoke(i);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) square.Invoke(i);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_vector_takes_part_when_the_host_calls_its_own_function()
    {
        using var engine = new Engine();
        using var store = new Store(engine);
        var function = new Function(store, new FuncType([ValType.I32, ValType.V128], [ValType.V128]), (ref frame) =>
        {
            int lane = frame.NextInt32();
            Vector128<byte> vector = frame.NextVector128();
            frame.BeginResults();
            frame.Return(vector.WithElement(lane, (byte)0xFF));
        });
        Value result = Assert.Single(function.Invoke(15, Vector128.Create((byte)1)));
        Assert.Equal(Vector128.Create((byte)1).WithElement(15, (byte)0xFF), result.AsVector128());
    }
}
