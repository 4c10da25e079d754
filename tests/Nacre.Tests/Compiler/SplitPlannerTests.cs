using Nacre.Compiler;
using Nacre.Syntax;

namespace Nacre.Tests.Compiler;

public class SplitPlannerTests
{
    private static readonly SplitLimits s_limits = new() { IlByteCount = 150, PieceIlByteCount = 100 };

    [Fact]
    public void A_function_within_the_limits_is_not_cut()
        => Assert.Null(new SurveyBuilder().Place().Code(70).Place().Code(70).Plan(0, s_limits));

    [Fact]
    public void A_function_with_a_tail_call_is_not_cut()
    {
        SurveyBuilder function = new SurveyBuilder().Place().Code(90).Place().Code(90);
        function.Survey.IsIndivisible = true;
        Assert.Null(function.Plan(0, s_limits));
    }

    [Fact]
    public void No_piece_has_more_code_than_is_allowed_where_there_are_places_enough()
    {
        var function = new SurveyBuilder();
        for (int i = 0; i < 40; i++) function.Place().Code(30);
        SplitPlan plan = function.Plan(0, s_limits)!;
        Assert.All(plan.Pieces, piece => Assert.InRange((piece.EndByteOffset - piece.StartByteOffset) * 30, 30, 100));
        Assert.Equal(plan.Pieces[..^1].Select(piece => piece.EndByteOffset), plan.Pieces[1..].Select(piece => piece.StartByteOffset));
    }

    [Fact]
    public void What_is_left_is_not_cut_when_it_makes_a_piece()
        => Assert.Equal(2, new SurveyBuilder().Code(95).Place().Code(60).Place().Code(30).Plan(0, s_limits)!.Pieces.Length);

    [Fact]
    public void A_place_outside_of_loops_is_preferred()
    {
        SurveyBuilder function = new SurveyBuilder().Code(60);
        int outside = function.Place().ByteOffset;
        function.Open(Opcode.Loop, out _).Code(20).Place().Code(10).Place().Code(50).End().Code(60);
        Assert.Equal(outside, function.Plan(0, s_limits)!.Pieces[1].StartByteOffset);
    }

    [Fact]
    public void Only_targets_of_jumps_from_elsewhere_are_ways_in()
    {
        SurveyBuilder function = new SurveyBuilder()
            .Open(Opcode.Block, out OpenBlock far).JumpIf(far.Target).Code(90).Place()
            .Open(Opcode.Block, out OpenBlock near).JumpIf(near.Target).Code(10).End().Code(10).End().Code(50);
        Piece second = function.Plan(0, s_limits)!.Pieces[1];
        Assert.Equal([OpenBlock.None, far.Target], second.Entries.Select(entry => entry.Target));
        Assert.Null(second.EntryAt(near.Target));
    }

    [Fact]
    public void A_block_that_ends_where_a_piece_begins_has_that_for_its_way_in()
    {
        SurveyBuilder function = new SurveyBuilder().Open(Opcode.Block, out OpenBlock block).JumpIf(block.Target).Code(90).End().Place().Code(90);
        Piece second = function.Plan(0, s_limits)!.Pieces[1];
        Assert.Single(second.Entries);
        Assert.Same(second.Entries[0], second.EntryAt(block.Target));
    }

    [Fact]
    public void The_way_from_a_loop_to_its_table_is_copied_and_so_is_one_back_that_many_arms_take()
    {
        const int ArmCount = 12;
        SurveyBuilder function = new SurveyBuilder().Code(10).Place().Open(Opcode.Loop, out OpenBlock loop).Open(Opcode.Block, out OpenBlock back);
        var arms = new OpenBlock[ArmCount];
        for (int i = ArmCount - 1; i >= 0; i--) function.Open(Opcode.Block, out arms[i]);
        function.Get(0).Table(loop, [.. arms.Select(arm => arm.Target)]);
        for (int i = 0; i < ArmCount; i++) function.End().Place().Code(30).Jump(back.Target);
        function.End().Place().Get(0).Set(0).Jump(loop.Target).End().Place().Code(40);

        SplitPlan plan = function.Plan(1, s_limits)!;
        Piece[] copied = [.. plan.Pieces.Where(piece => piece.IsCopied)];
        Assert.Equal([loop.ByteOffset, plan.Survey.OffsetOf(back.Target)], copied.Select(piece => piece.StartByteOffset));
        Assert.Equal(plan.Survey.OffsetOf(arms[0].Target), copied[0].EndByteOffset);
        Assert.All(arms, arm => Assert.NotNull(plan.EntryOf(arm.Target)));
        Assert.Equal(copied[1].Entries[0], plan.EntryOf(back.Target));
    }
}
