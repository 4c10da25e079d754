namespace Nacre.Compiler;

/// <summary>Decides whether a function has to be cut, and where.</summary>
/// <remarks>
/// Pieces follow each other as their instructions do, whatever the blocks: a branch to another piece becomes a call of that
/// piece at the right way in. So the cuts are best outside of loops, and where that cannot be, where fewest loops are around.
/// </remarks>
internal static class SplitPlanner
{
    // A piece begins with one label for each block around it.
    private const long MaxRebuiltBlocks = 4_000_000;

    /// <summary>A way to cut the function; null when that is not necessary, or not possible.</summary>
    /// <param name="survey">What is known of it.</param>
    /// <param name="kinds">Kinds of its locals, parameters first.</param>
    /// <param name="startByteOffset">Its first instruction.</param>
    /// <param name="resultCount">How many results it has.</param>
    /// <param name="limits">From which size on it is cut.</param>
    public static SplitPlan? Plan(FunctionSurvey survey, ValueKind[] kinds, int startByteOffset, int resultCount, SplitLimits limits)
    {
        if (survey.IsIndivisible || !IsHuge(survey, kinds.Length, limits)) return null;
        Piece[] pieces = Cut(survey, kinds.Length, startByteOffset, limits);
        if (pieces.Length == 1 || pieces.Sum(piece => (long)(piece.OuterBlock?.Depth ?? 0)) > MaxRebuiltBlocks) return null;

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
            || survey.LocalUseCount > limits.LocalUseCount || localCount > limits.LocalCount;

    private static Piece[] Cut(FunctionSurvey survey, int localCount, int startByteOffset, SplitLimits limits)
    {
        var starts = new List<CutPlace?> { null };
        var seenIn = new int[localCount];
        List<CutPlace> places = survey.CutPlaces;
        int place = 0, ilStart = 0, blockStart = 0, useStart = 0, eventNumber = 0;
        while (place < places.Count)
        {
            // From the last cut on: as far as a piece may reach, and the best place for its end.
            int stamp = starts.Count, locals = 0, best = -1;
            for (int i = place; i < places.Count; i++)
            {
                for (; eventNumber < places[i].FirstEvent; eventNumber++)
                {
                    FlowEvent flow = survey.Events[eventNumber];
                    if (flow.Kind > FlowEventKind.Set || seenIn[flow.Value] == stamp) continue;
                    seenIn[flow.Value] = stamp;
                    locals++;
                }
                int il = places[i].IlOffset - ilStart, blocks = places[i].BasicBlockCount - blockStart, uses = places[i].LocalUseCount - useStart;
                bool isTooFar = il > limits.PieceIlByteCount || blocks > limits.PieceBasicBlockCount || uses > limits.PieceLocalUseCount || locals > limits.PieceLocalCount;
                if (isTooFar && best >= 0) break;
                bool isLate = il * 2 > limits.PieceIlByteCount || blocks * 2 > limits.PieceBasicBlockCount
                    || uses * 2 > limits.PieceLocalUseCount || locals * 2 > limits.PieceLocalCount;
                if (isTooFar || (isLate && (best < 0 || places[i].Block.LoopDepth <= places[best].Block.LoopDepth))) best = i;
                if (isTooFar) break;
            }
            if (best < 0) break;
            CutPlace cut = places[best];
            starts.Add(cut);
            (ilStart, blockStart, useStart) = (cut.IlOffset, cut.BasicBlockCount, cut.LocalUseCount);
            (eventNumber, place) = (cut.FirstEvent, best + 1);
        }
        return [.. starts.Select((start, i) => new Piece(
            i, start, start?.ByteOffset ?? startByteOffset, i + 1 < starts.Count ? starts[i + 1]!.Value.ByteOffset : survey.EndByteOffset))];
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
            // Pieces begin where the code is reachable.
            pieces[i].Add(new PieceEntry(entry++, OpenBlock.None));
            for (int number = firstEvents[i]; number < firstEvents[i + 1]; number++)
            {
                FlowEvent flow = survey.Events[number];
                if (flow.Kind == FlowEventKind.Mark && isEntry[flow.Value]) pieces[i].Add(new PieceEntry(entry++, flow.Value));
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
