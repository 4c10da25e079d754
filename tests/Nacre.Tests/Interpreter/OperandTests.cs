using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Interpreter;

/// <summary>Operands that are locals or constants are used where they are, and must not notice later writes.</summary>
public class OperandTests
{
    private static readonly ValType[] I32 = [ValType.I32];

    private static int Run(EngineKind engine, ValType[] locals, Action<CodeBuilder> body, params int[] arguments)
    {
        ValType[] parameters = Array.ConvertAll(arguments, _ => ValType.I32);
        using var guest = Guest.Of(engine, new ModuleBuilder().Func("run", parameters, I32, locals, body));
        return guest.Call<int>("run", Array.ConvertAll(arguments, argument => (Value)argument));
    }

    [Theory, EachEngine]
    public void A_local_on_the_stack_keeps_its_value_when_the_local_is_set(EngineKind engine)
        => Assert.Equal(7 - 5, Run(engine, [], code => code.LocalGet(0).I32(5).LocalSet(0).LocalGet(0).Op(Opcode.I32Sub), 7));

    [Theory, EachEngine]
    public void A_local_on_the_stack_keeps_its_value_when_the_local_is_teed(EngineKind engine)
        => Assert.Equal(70 + 5, Run(engine, [], code => code.LocalGet(0).I32(5).LocalTee(0).Op(Opcode.I32Add).LocalGet(0).I32(0).Op(Opcode.I32Mul).Op(Opcode.I32Add), 70));

    [Theory, EachEngine]
    public void Two_locals_can_be_exchanged_over_the_stack(EngineKind engine)
        => Assert.Equal(3 - 10, Run(engine, [], code => code.LocalGet(0).LocalGet(1).LocalSet(0).LocalSet(1).LocalGet(0).LocalGet(1).Op(Opcode.I32Sub), 10, 3));

    [Theory, EachEngine]
    public void A_result_computed_into_a_local_may_read_that_local(EngineKind engine)
        => Assert.Equal(36, Run(engine, [], code => code.LocalGet(0).LocalGet(0).Op(Opcode.I32Mul).LocalSet(0).LocalGet(0), 6));

    [Theory, EachEngine]
    public void A_result_for_a_local_does_not_overtake_the_old_value_on_the_stack(EngineKind engine)
        => Assert.Equal(6 - 12, Run(engine, [], code => code.LocalGet(0).LocalGet(0).I32(2).Op(Opcode.I32Mul).LocalSet(0).LocalGet(0).Op(Opcode.I32Sub), 6));

    [Theory, EachEngine]
    public void A_local_set_in_one_arm_leaves_the_operand_below_the_if_alone(EngineKind engine)
    {
        static void Body(CodeBuilder code) => code.LocalGet(0)
            .LocalGet(1).If(then => then.I32(100).LocalSet(0))
            .LocalGet(0).Op(Opcode.I32Add);
        Assert.Equal(9 + 100, Run(engine, [], Body, 9, 1));
        Assert.Equal(9 + 9, Run(engine, [], Body, 9, 0));
    }

    [Theory, EachEngine]
    public void Constants_may_be_the_first_operand_of_what_cannot_be_exchanged(EngineKind engine)
        => Assert.Equal(100 - 9, Run(engine, [], code => code.I32(100).LocalGet(0).Op(Opcode.I32Sub), 9));

    [Theory, EachEngine]
    public void Constants_that_do_not_fit_a_word_are_whole(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Func("add", [ValType.I64], [ValType.I64], code => code.LocalGet(0).I64(0x1_2345_6789_ABCD).Op(Opcode.I64Add))
            .Func("small", [ValType.I64], [ValType.I64], code => code.LocalGet(0).I64(-5).Op(Opcode.I64Add))
            .Func("half", [ValType.F32], [ValType.F32], code => code.LocalGet(0).F32(0.5f).Op(Opcode.F32Mul))
            .Func("third", [ValType.F64], [ValType.F64], code => code.LocalGet(0).F64(1 / 3.0).Op(Opcode.F64Mul)));
        Assert.Equal(0x1_2345_6789_ABCE, guest.Call<long>("add", 1L));
        Assert.Equal(-4, guest.Call<long>("small", 1L));
        Assert.Equal(1.5f, guest.Call<float>("half", 3f));
        Assert.Equal(1.0, guest.Call<double>("third", 3.0));
    }

    [Theory, EachEngine]
    public void A_deep_stack_of_the_same_local_survives_the_writing_of_it(EngineKind engine)
    {
        const int Depth = 500;
        int sum = Run(engine, [], code =>
        {
            for (int i = 0; i < Depth; i++) code.LocalGet(0).I32(i).LocalSet(0);
            for (int i = 1; i < Depth; i++) code.Op(Opcode.I32Add);
        }, 1000);
        Assert.Equal(1000 + Enumerable.Range(0, Depth - 1).Sum(), sum);
    }

    [Theory, EachEngine]
    public void Select_takes_locals_constants_and_results(EngineKind engine)
    {
        static void Body(CodeBuilder code) => code.LocalGet(0).I32(7).LocalGet(1).Op(Opcode.I32Eqz).Op(Opcode.Select);
        Assert.Equal(3, Run(engine, [], Body, 3, 0));
        Assert.Equal(7, Run(engine, [], Body, 3, 1));
    }

    [Theory, EachEngine]
    public void References_and_numbers_do_not_mix_up_their_slots(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Func("swap", [ValType.Externref, ValType.I32, ValType.Externref], [ValType.Externref, ValType.I32, ValType.Externref],
                code => code.LocalGet(2).LocalGet(1).LocalGet(0).LocalSet(2).LocalGet(2)));
        Value[] results = guest.Call("swap", Value.FromExtern("first"), 5, Value.FromExtern("second"));
        Assert.Equal("second", results[0].AsReference());
        Assert.Equal(5, results[1].AsInt32());
        Assert.Equal("first", results[2].AsReference());
    }
}
