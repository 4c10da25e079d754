using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Interpreter;

public class ExceptionTests
{
    private static readonly ValType[] None = [];
    private static readonly ValType[] I32 = [ValType.I32];

    // Function 0 throws its argument when it is not 0; callers catch.
    private static ModuleBuilder Thrower => new ModuleBuilder()
        .Tag(I32)
        .Func("throw", I32, None, code => code.LocalGet(0).If(then => then.LocalGet(0).Op(Opcode.Throw, 0)));

    [Theory, EachEngine]
    public void A_thrown_value_arrives_at_the_clause_of_its_tag(EngineKind engine)
    {
        using var guest = Guest.Of(engine, Thrower
            .Func("run", I32, I32, code => code
                .Block(caught => caught
                    .TryTable([new CatchClause(CatchKind.Catch, new TagIndex(0), new LabelIndex(0))], body => body.LocalGet(0).Call(0))
                    .I32(-1), ValType.I32)));
        Assert.Equal(-1, guest.Call<int>("run", 0));
        Assert.Equal(42, guest.Call<int>("run", 42));
    }

    [Theory, EachEngine]
    public void An_exception_passes_frames_that_do_not_catch_it(EngineKind engine)
    {
        using var guest = Guest.Of(engine, Thrower
            .Func(null, [ValType.I32, ValType.I32], None, code => code.LocalGet(1).If(
                then => then.LocalGet(0).LocalGet(1).I32(1).Op(Opcode.I32Sub).Call(1),
                otherwise => otherwise.LocalGet(0).Call(0)))
            .Func("run", I32, I32, code => code
                .Block(caught => caught
                    .TryTable([new CatchClause(CatchKind.Catch, new TagIndex(0), new LabelIndex(0))],
                        body => body.LocalGet(0).I32(100).Call(1))
                    .I32(-1), ValType.I32)));
        Assert.Equal(7, guest.Call<int>("run", 7));
    }

    [Theory, EachEngine]
    public void An_exception_that_nobody_catches_reaches_the_host_and_the_instance_goes_on(EngineKind engine)
    {
        using var guest = Guest.Of(engine, Thrower.Func("answer", None, I32, code => code.I32(42)));
        Assert.Throws<GuestException>(() => guest.Call("throw", 1));
        Assert.Equal(42, guest.Call<int>("answer"));
    }

    [Theory, EachEngine]
    public void An_exception_passes_through_a_host_function_to_the_guest_that_called_it(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .ImportFunc("env", "through", I32, None)
            .Tag(I32)
            .Func("throw", I32, None, code => code.LocalGet(0).Op(Opcode.Throw, 0))
            .Func("run", I32, I32, code => code
                .Block(caught => caught
                    .TryTable([new CatchClause(CatchKind.Catch, new TagIndex(0), new LabelIndex(0))], body => body.LocalGet(0).Call(0))
                    .I32(-1), ValType.I32)),
            linker => linker.Define("env", "through", (Caller caller, int value) => caller.Instance!.Procedure<int>("throw").Invoke(value)));
        Assert.Equal(42, guest.Call<int>("run", 42));
    }

    // The clauses around a tail call go with its frame; those of the callers stay.
    [Theory, EachEngine]
    public void What_a_tail_called_host_lets_through_is_caught_by_the_caller_alone(EngineKind engine)
    {
        string[] calls =
        [
            "(return_call $through (i32.const 42))",
            "(return_call_indirect (type $t) (i32.const 42) (i32.const 0))",
            "(return_call_ref $t (i32.const 42) (ref.func $through))",
        ];
        foreach (string call in calls)
        {
            using var guest = Guest.FromText(engine, $"""
                (module
                  (type $t (func (param i32)))
                  (import "env" "through" (func $through (type $t)))
                  (tag $e (param i32))
                  (table funcref (elem $through))
                  (func (export "throw") (type $t) (throw $e (local.get 0)))
                  (func $tail (block $caught (try_table (catch_all $caught) {call})) (throw $e (i32.const 1)))
                  (func (export "run") (result i32)
                    (block $caught (result i32)
                      (try_table (catch $e $caught) (call $tail))
                      (i32.const -1))))
                """, linker => linker.Define("env", "through", (Caller caller, int value) => caller.Instance!.Procedure<int>("throw").Invoke(value)));
            Assert.Equal(42, guest.Call<int>("run"));
        }
    }

    [Theory, EachEngine]
    public void A_caught_reference_can_be_thrown_again(EngineKind engine)
    {
        using var guest = Guest.Of(engine, Thrower
            .Func(null, I32, None, code => code
                .Block(caught => caught
                    .TryTable([new CatchClause(CatchKind.CatchAllRef, default, new LabelIndex(0))], body => body.LocalGet(0).Call(0))
                    .Op(Opcode.Return), ValType.Exnref)
                .Op(Opcode.ThrowRef))
            .Func("run", I32, I32, code => code
                .Block(caught => caught
                    .TryTable([new CatchClause(CatchKind.Catch, new TagIndex(0), new LabelIndex(0))], body => body.LocalGet(0).Call(1))
                    .I32(-1), ValType.I32)));
        Assert.Equal(-1, guest.Call<int>("run", 0));
        Assert.Equal(13, guest.Call<int>("run", 13));
    }
}
