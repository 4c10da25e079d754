using Nacre.Compiler;
using Nacre.Syntax;

namespace Nacre.Tests.Compiler;

public class PieceLivenessTests
{
    private static readonly SplitLimits s_limits = new() { IlByteCount = 150, PieceIlByteCount = 100 };

    [Fact]
    public void A_local_is_fetched_when_it_may_be_read_before_it_is_written()
        => Assert.Equal([1, 3], SecondOf(4, piece => piece.Set(0).Get(0).Get(1).Set(1).Set(2)
            .Open(Opcode.Block, out OpenBlock block).JumpIf(block.Target).Set(3).End().Get(3)));

    [Fact]
    public void What_only_other_pieces_read_is_not_fetched()
        => Assert.Empty(SecondOf(2, piece => piece.Set(0)));

    [Fact]
    public void What_a_loop_reads_when_it_comes_round_is_fetched_before_it()
        => Assert.Equal([0], SecondOf(2, piece => piece.Set(1)
            .Open(Opcode.Loop, out OpenBlock loop).Get(1).Get(0).Set(0).Set(1).JumpIf(loop.Target).End()));

    [Fact]
    public void What_the_clauses_of_a_try_read_is_fetched_though_the_body_writes_it()
        => Assert.Equal([0], SecondOf(2, piece => piece.Try(out int clauses).Set(0).Set(1).Get(1).Clauses(clauses).Get(0)));

    [Fact]
    public void Each_way_in_fetches_what_is_read_from_there_on()
    {
        SurveyBuilder function = new SurveyBuilder().Open(Opcode.Block, out OpenBlock block).JumpIf(block.Target).Code(90).Place()
            .Get(0).Code(20).End().Code(20).Get(1).Code(20);
        SplitPlan plan = function.Plan(2, s_limits)!;
        Assert.Equal([0, 1], plan.Pieces[1].Entries[0].Locals.Order());
        Assert.Equal([1], plan.EntryOf(block.Target).Locals);
    }

    [Fact]
    public void Only_locals_that_some_piece_fetches_have_a_place_in_the_frame()
    {
        SplitPlan plan = new SurveyBuilder().Set(0).Set(1).Get(1).Code(90).Place().Get(0).Set(2).Get(2).Code(90).Plan(3, s_limits)!;
        Assert.Equal([true, false, false], Enumerable.Range(0, 3).Select(local => plan.Frame.Has((uint)local)));
        Assert.Equal(1, plan.Frame.LocalSlotCount);
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(1_000, true)]
    public void What_is_written_first_is_fetched_only_where_it_would_take_too_long_to_follow(int depth, bool isFetched)
        => Assert.Equal(isFetched, SecondOf(depth + 1, piece =>
        {
            // Each loop is left for the beginning of the one around it, so that what is read there is known one loop further with each pass.
            var loops = new OpenBlock[depth];
            piece.Set(0).Get(0);
            for (int i = 0; i < depth; i++) piece.Open(Opcode.Block, out OpenBlock exit).Open(Opcode.Loop, out loops[i]).Get(i + 1).JumpIf(exit.Target);
            for (int i = depth - 1; i > 0; i--) piece.End().End().Jump(loops[i - 1].Target);
            return piece.End().End();
        }).Contains(0));

    private static IEnumerable<int> SecondOf(int localCount, Func<SurveyBuilder, SurveyBuilder> build)
        => build(new SurveyBuilder().Code(90).Place().Code(20)).Code(60).Plan(localCount, s_limits)!.Pieces[1].Entries[0].Locals.Order();
}
