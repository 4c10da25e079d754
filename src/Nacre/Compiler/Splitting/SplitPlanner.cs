namespace Nacre.Compiler;

/// <summary>Decides whether a function has to be cut, and where.</summary>
/// <remarks>
/// Pieces follow each other as their instructions do, whatever the blocks: a branch to another piece becomes a call of that
/// piece at the right way in. So the cuts are best outside of loops, and where that cannot be, where fewest loops are around. Pieces with
/// <see cref="CopiedCode"/> are not called: every piece that goes on to them has their code.
/// </remarks>
internal static class SplitPlanner
{
    // A piece begins with one label for each block around it, and so does each copy that it has.
    private const long MaxRebuiltBlocks = 4_000_000;

    private const int MaxRepetitions = 2;

    /// <summary>A way to cut the function; null when that is not necessary, or not possible.</summary>
    /// <param name="survey">What is known of it.</param>
    /// <param name="kinds">Kinds of its locals, parameters first.</param>
    /// <param name="startByteOffset">Its first instruction.</param>
    /// <param name="resultCount">How many results it has.</param>
    /// <param name="limits">From which size on it is cut.</param>
    public static SplitPlan? Plan(FunctionSurvey survey, ValueKind[] kinds, int startByteOffset, int resultCount, SplitLimits limits)
    {
        if (survey.IsIndivisible || !IsHuge(survey, kinds.Length, limits)) return null;
        SplitLimits aim = limits;
        SplitPlan? plan = TryPlan(survey, kinds, startByteOffset, resultCount, aim);
        for (int i = 0; i < MaxRepetitions && plan is not null && IsTooLarge(plan, limits); i++)
        {
            aim = aim.WithSmallerPieces();
            plan = TryPlan(survey, kinds, startByteOffset, resultCount, aim);
        }
        return plan;
    }

    // How many locals ways in fetch is known when the cuts are. A sixth more than was aimed at is still optimised.
    private static bool IsTooLarge(SplitPlan plan, SplitLimits limits)
    {
        int usesOfCopies = plan.Pieces.Where(piece => piece.IsCopied).Sum(piece => piece.Size.LocalUseCount);
        return plan.Pieces.Any(piece =>
        {
            PieceSize size = piece.Size.With(piece.Entries.Sum(entry => entry.Locals.Length));
            var reduced = new PieceSize(size.IlByteCount * 6 / 7, size.BasicBlockCount * 6 / 7, (size.LocalUseCount + usesOfCopies) * 6 / 7, LocalCount: 0);
            return !piece.IsCopied && reduced.Exceeds(limits);
        });
    }

    private static SplitPlan? TryPlan(FunctionSurvey survey, ValueKind[] kinds, int startByteOffset, int resultCount, SplitLimits limits)
    {
        Piece[] pieces = Cut(survey, kinds.Length, startByteOffset, limits);
        if (pieces.Length == 1 || pieces.Sum(piece => (piece.OuterBlock?.Depth ?? 0) * (piece.IsCopied ? (long)pieces.Length : 1)) > MaxRebuiltBlocks) return null;

        int[] firstEvents = FirstEvents(survey, pieces);
        AddEntries(survey, pieces, firstEvents);
        var isShared = new bool[kinds.Length];
        var liveness = new PieceLiveness(survey, kinds.Length);
        for (int i = 0; i < pieces.Length; i++)
        {
            liveness.Solve(pieces[i], firstEvents[i], firstEvents[i + 1]);
            foreach (PieceEntry entry in pieces[i].Entries)
                foreach (int local in entry.Locals) isShared[local] = true;
        }
        int operandCount = Math.Max(MaxOperandCount(survey, pieces), Math.Min(resultCount, 1));
        return new SplitPlan(survey, pieces, new PieceFrame(kinds, isShared, operandCount));
    }

    private static bool IsHuge(FunctionSurvey survey, int localCount, SplitLimits limits)
        => survey.IlByteCount > limits.IlByteCount || survey.BasicBlockCount > limits.BasicBlockCount
            || survey.LocalUseCount - survey.SavedLocalUseCount > limits.LocalUseCount || localCount > limits.LocalCount;

    private static Piece[] Cut(FunctionSurvey survey, int localCount, int startByteOffset, SplitLimits limits)
    {
        var cutter = new Cutter(survey, localCount, limits);
        int place = 0;
        foreach ((int first, int behind) in CopiedCode.Find(survey))
        {
            cutter.CutEvenly(place, first);
            cutter.CutAt(first, isCopied: true);
            cutter.CutAt(behind, isCopied: false);
            place = behind + 1;
        }
        cutter.CutEvenly(place, survey.CutPlaces.Count);
        return cutter.Pieces(startByteOffset);
    }

    private static int[] FirstEvents(FunctionSurvey survey, Piece[] pieces)
    {
        var first = new int[pieces.Length + 1];
        int number = 0;
        for (int i = 0; i < pieces.Length; i++)
        {
            while (number < survey.Events.Count && survey.Events[number].ByteOffset < pieces[i].StartByteOffset) number++;
            first[i] = number;
        }
        first[^1] = survey.Events.Count;
        return first;
    }

    private static void AddEntries(FunctionSurvey survey, Piece[] pieces, int[] firstEvents)
    {
        var isEntry = new bool[survey.TargetCount];
        for (int i = 0; i < pieces.Length; i++)
        {
            for (int number = firstEvents[i]; number < firstEvents[i + 1]; number++)
            {
                FlowEvent flow = survey.Events[number];
                if (flow.Kind == FlowEventKind.Jump && !pieces[i].Contains(survey.OffsetOf(flow.Value))) isEntry[flow.Value] = true;
            }
        }
        int entry = 0;
        for (int i = 0; i < pieces.Length; i++)
        {
            // Pieces begin where the code is reachable. A block that ends right before has the same way in.
            var beginning = new PieceEntry(entry++, OpenBlock.None);
            pieces[i].Add(beginning);
            for (int number = firstEvents[i]; number < firstEvents[i + 1]; number++)
            {
                FlowEvent flow = survey.Events[number];
                if (flow.Kind != FlowEventKind.Mark || !isEntry[flow.Value]) continue;
                if (flow.ByteOffset == pieces[i].StartByteOffset && !survey.IsLoop(flow.Value)) pieces[i].AddAlias(flow.Value, beginning);
                else pieces[i].Add(new PieceEntry(entry++, flow.Value));
            }
        }
    }

    // Values lie in the frame below and among those that a branch to another piece carries.
    private static int MaxOperandCount(FunctionSurvey survey, Piece[] pieces)
    {
        int most = 0;
        foreach (Piece piece in pieces)
        {
            for (OpenBlock? block = piece.OuterBlock; block is not null; block = block.Parent)
                most = Math.Max(most, block.OperandCount + Math.Max(block.Parameters.Length, block.Results.Length));
        }
        return most;
    }
}
