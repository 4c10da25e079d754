using Nacre.Runtime;
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

    [Theory, EachEngine]
    public void An_object_of_the_host_stays_itself_wherever_it_goes(EngineKind engine)
    {
        var body = new HostFunctionBody((ref HostFrame frame) =>
        {
            object? seen = frame.NextReference();
            frame.BeginResults();
            frame.ReturnReference(seen);
        });
        using var guest = Guest.FromText(engine, """
            (module
              (import "env" "same" (func $same (param anyref) (result anyref)))
              (table (export "table") 1 anyref)
              (global $kept (export "global") (mut anyref) (ref.null any))
              (tag $thrown (param anyref))
              (func (export "through") (param anyref) (result anyref)
                (local $it anyref)
                (table.set (i32.const 0) (call $same (local.get 0)))
                (global.set $kept (table.get (i32.const 0)))
                (local.set $it (block $caught (result anyref)
                  (try_table (catch $thrown $caught) (throw $thrown (global.get $kept)))
                  (unreachable)))
                (any.convert_extern (extern.convert_any (local.get $it))))
              (func (export "kinds") (param anyref) (result i32)
                (i32.or (i32.shl (ref.test eqref (local.get 0)) (i32.const 4))
                (i32.or (i32.shl (ref.test structref (local.get 0)) (i32.const 3))
                (i32.or (i32.shl (ref.test arrayref (local.get 0)) (i32.const 2))
                (i32.or (i32.shl (ref.test i31ref (local.get 0)) (i32.const 1))
                  (ref.test (ref any) (local.get 0))))))))
            """, linker => linker.Define("env", "same", new FuncType(Any, Any), body));
        Value here = Value.FromExtern(this);
        Assert.Same(this, guest.Call<object>("through", here));
        Assert.Same(this, guest.Instance.Table("table")[0].AsReference());
        Assert.Same(this, guest.Instance.Global("global").Value.AsReference());
        Assert.Equal(1, guest.Call<int>("kinds", here));
        Assert.Null(Assert.Single(guest.Call("through", Value.Null(ValType.Anyref))).AsReference());
    }

    [Theory, EachEngine]
    public void What_a_guest_of_another_engine_made_is_of_no_type_here(EngineKind engine)
    {
        const string text = """
            (module
              (type $point (struct (field i32)))
              (func (export "make") (result anyref) (struct.new $point (i32.const 7)))
              (func (export "is") (param anyref) (result i32) (ref.test (ref $point) (local.get 0)))
              (func (export "take") (param (ref $point)) (result i32) (struct.get $point 0 (local.get 0))))
            """;
        using var here = Guest.FromText(engine, text);
        using var elsewhere = Guest.FromText(engine, text);
        Value made = Assert.Single(elsewhere.Call("make"));
        Assert.Equal(1, elsewhere.Call<int>("is", made));
        Assert.Equal(7, elsewhere.Call<int>("take", made));
        Assert.Equal(0, here.Call<int>("is", made));
        Assert.Throws<ArgumentException>(() => here.Call("take", made));
    }
}
