using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Embedding;

public class ReferenceTests
{
    private static readonly ValType[] None = [], I32 = [ValType.I32], Any = [ValType.Anyref], Extern = [ValType.Externref];

    [Theory, EachEngine]
    public void An_object_that_a_guest_made_can_be_kept_and_handed_back(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Func("make", I32, Any, code => code.LocalGet(0).Op(Opcode.RefI31))
            .Func("take", Any, I32, code => code.LocalGet(0).Heap(Opcode.RefCast, new HeapType(AbstractHeapType.I31)).Op(Opcode.I31GetS)));
        Value made = Assert.Single(guest.Call("make", -5));
        Assert.Equal(ValType.Anyref, made.Type);
        Assert.Equal(-5, guest.Call<int>("take", made));
    }

    [Theory, EachEngine]
    public void An_object_of_the_host_can_be_any_reference_but_no_aggregate(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Func("any", Any, Extern, code => code.LocalGet(0).Op(Opcode.ExternConvertAny))
            .Func("struct", [ValType.RefNull(AbstractHeapType.Struct)], None, code => { })
            .Func("i31", [ValType.RefNull(AbstractHeapType.I31)], None, code => { })
            .Func("exn", [ValType.Exnref], None, code => { })
            .Func("func", [ValType.Funcref], None, code => { })
            .Func("nothing", [ValType.RefNull(AbstractHeapType.NoExtern)], None, code => { }));
        Assert.Same(this, guest.Call<object>("any", Value.FromExtern(this)));
        foreach (string name in new[] { "struct", "i31", "exn", "func", "nothing" })
        {
            Assert.Throws<ArgumentException>(() => guest.Call(name, Value.FromExtern(this)));
            guest.Call(name, Value.FromExtern(null));
        }
    }

    [Theory, EachEngine]
    public void Null_is_no_value_of_a_type_without_null(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Func("func", [ValType.Ref(AbstractHeapType.Func)], None, code => { }));
        Assert.Throws<ArgumentException>(() => guest.Call("func", Value.FromFunction(null)));
        guest.Call("func", guest.Instance.Function("func"));
    }

    [Theory, EachEngine]
    public void A_function_of_another_type_is_no_value_of_a_function_type(EngineKind engine)
    {
        var module = new ModuleBuilder();
        var unary = ValType.RefNull(new HeapType(module.Type(I32, I32), TypeSpace.Module));
        using var guest = Guest.Of(engine, module
            .Func("same", I32, I32, code => code.LocalGet(0))
            .Func("other", None, None, code => { })
            .Func("call", [unary], I32, code => code.I32(7).LocalGet(0).Op(Opcode.CallRef, 0)));
        Assert.Equal(7, guest.Call<int>("call", guest.Instance.Function("same")));
        Assert.Throws<ArgumentException>(() => guest.Call("call", guest.Instance.Function("other")));
    }
}
