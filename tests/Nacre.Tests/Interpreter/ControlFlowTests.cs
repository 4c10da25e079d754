using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Interpreter;

public class ControlFlowTests
{
    private static readonly ValType[] I32 = [ValType.I32];
    private static readonly ValType[] TwoI32 = [ValType.I32, ValType.I32];

    private static Guest Of(EngineKind engine, ValType[] results, ValType[] locals, Action<CodeBuilder> body)
        => Guest.Of(engine, new ModuleBuilder().Func("run", I32, results, locals, body));

    [Theory, EachEngine]
    public void A_branch_leaves_behind_what_lies_between_its_operand_and_the_label(EngineKind engine)
    {
        using Guest guest = Of(engine, I32, [], code => code.I32(1000)
            .Block(block => block.I32(1).I32(2).LocalGet(0).Br(0), ValType.I32)
            .Op(Opcode.I32Add));
        Assert.Equal(1042, guest.Call<int>("run", 42));
    }

    [Theory, EachEngine]
    public void A_conditional_branch_that_moves_its_operand_does_so_only_when_taken(EngineKind engine)
    {
        using Guest guest = Of(engine, I32, [], code => code
            .Block(block => block.I32(5).LocalGet(0).I32(77).LocalGet(0).BrIf(0).Op(Opcode.I32Sub).Op(Opcode.I32Sub), ValType.I32));
        Assert.Equal(77, guest.Call<int>("run", 1));
        Assert.Equal(5 - (0 - 77), guest.Call<int>("run", 0));
    }

    [Theory, EachEngine]
    public void A_conditional_branch_out_of_the_function_returns(EngineKind engine)
    {
        using Guest guest = Of(engine, TwoI32, [], code => code.LocalGet(0).I32(9).LocalGet(0).BrIf(0).Op(Opcode.Drop).I32(8));
        Assert.Equal([3, 9], guest.Call("run", 3).Select(value => value.AsInt32()));
        Assert.Equal([0, 8], guest.Call("run", 0).Select(value => value.AsInt32()));
    }

    [Theory, EachEngine]
    public void More_results_than_parameters_do_not_reach_the_record_of_the_frame(EngineKind engine)
    {
        ValType[] nine = [.. Enumerable.Repeat(ValType.I32, 9)];
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Func(null, [], nine, code => { for (int i = 0; i < 9; i++) code.I32(i); })
            .Func("run", I32, I32, code =>
            {
                code.LocalGet(0).Call(0);
                for (int i = 0; i < 9; i++) code.Op(Opcode.I32Add);
            }));
        Assert.Equal(100 + 36, guest.Call<int>("run", 100));
    }

    [Theory, EachEngine]
    public void Results_can_be_the_parameters_in_another_order(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Func("run", TwoI32, TwoI32, code => code.LocalGet(1).LocalGet(0)));
        Assert.Equal([2, 1], guest.Call("run", 1, 2).Select(value => value.AsInt32()));
    }

    [Theory, EachEngine]
    public void A_table_of_branches_takes_the_default_for_every_index_beyond_it(EngineKind engine)
    {
        using Guest guest = Of(engine, I32, [], code => code
            .Block(outer => outer
                .Block(middle => middle
                    .Block(inner => inner.LocalGet(0).BrTable([0, 1], 2))
                    .I32(10).Op(Opcode.Return))
                .I32(11).Op(Opcode.Return))
            .I32(12));
        Assert.Equal([10, 11, 12, 12, 12], new[] { 0, 1, 2, 3, -1 }.Select(index => guest.Call<int>("run", index)));
    }

    [Theory, EachEngine]
    public void A_table_of_branches_carries_operands_to_labels_of_different_heights(EngineKind engine)
    {
        using Guest guest = Of(engine, I32, [], code => code
            .I32(1)
            .Block(outer => outer
                .I32(2)
                .Block(inner => inner.I32(3).I32(40).LocalGet(0).BrTable([0, 1], 2), ValType.I32)
                .Op(Opcode.I32Add), ValType.I32)
            .Op(Opcode.I32Add));
        Assert.Equal([1 + 2 + 40, 1 + 40, 40], new[] { 0, 1, 2 }.Select(index => guest.Call<int>("run", index)));
    }

    [Theory, EachEngine]
    public void Code_behind_a_branch_is_passed_over_with_its_blocks(EngineKind engine)
    {
        using Guest guest = Of(engine, I32, [], code => code
            .Block(block => block.LocalGet(0).Br(0)
                .Block(dead => dead.Op(Opcode.Unreachable).If(then => then.Br(1), otherwise => otherwise.Br(0)).Br(0))
                .Op(Opcode.I32Add), ValType.I32)
            .I32(1).Op(Opcode.I32Add));
        Assert.Equal(43, guest.Call<int>("run", 42));
    }

    [Theory, EachEngine]
    public void A_loop_with_a_comparison_at_its_end_counts_exactly(EngineKind engine)
    {
        using Guest guest = Of(engine, I32, I32, code => code
            .Loop(loop => loop.LocalGet(1).I32(1).Op(Opcode.I32Add).LocalTee(1).LocalGet(0).Op(Opcode.I32LtS).BrIf(0))
            .LocalGet(1));
        Assert.Equal([1, 1, 5, 1000], new[] { 0, 1, 5, 1000 }.Select(count => guest.Call<int>("run", count)));
    }

    [Theory, EachEngine]
    public void The_negation_of_a_comparison_holds_when_it_does_not(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Func("int", TwoI32, I32, code => code.LocalGet(0).LocalGet(1).Op(Opcode.I32LtS).Op(Opcode.I32Eqz)
                .If(then => then.I32(1), otherwise => otherwise.I32(0), ValType.I32))
            .Func("float", [ValType.F64, ValType.F64], I32, code => code.LocalGet(0).LocalGet(1).Op(Opcode.F64Lt).Op(Opcode.I32Eqz)
                .If(then => then.I32(1), otherwise => otherwise.I32(0), ValType.I32)));
        Assert.Equal([0, 1, 1], new[] { (1, 2), (2, 2), (3, 2) }.Select(pair => guest.Call<int>("int", pair.Item1, pair.Item2)));
        Assert.Equal([0, 1, 1], new[] { (1.0, 2.0), (2.0, 2.0), (double.NaN, 2.0) }.Select(pair => guest.Call<int>("float", pair.Item1, pair.Item2)));
    }

    [Theory, EachEngine]
    public void A_comparison_kept_in_a_local_is_not_lost_to_the_branch_behind_it(EngineKind engine)
    {
        using Guest guest = Of(engine, I32, I32, code => code
            .LocalGet(0).I32(10).Op(Opcode.I32GtS).LocalTee(1)
            .If(then => then.LocalGet(1).I32(100).Op(Opcode.I32Add).LocalSet(1))
            .LocalGet(1));
        Assert.Equal(101, guest.Call<int>("run", 11));
        Assert.Equal(0, guest.Call<int>("run", 10));
    }
}
