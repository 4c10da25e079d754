namespace Nacre.Compiler;

/// <summary>Finds code that every piece gets a copy of: what an interpreter's loop does between two of the instructions it interprets.</summary>
/// <remarks>
/// That is the way from the beginning of a loop to its table, and what stands at the end of a block on the way back to the loop. With
/// copies an arm goes on to the next arm's piece at once, and stays where it is if that is its own.
/// </remarks>
internal static class CopiedCode
{
    // How large such code is at most, by the survey's estimates. What opens blocks costs nothing.
    private const int MaxLocalUses = 80, MaxBasicBlocks = 40;

    // Of the ways back, only those are copied that many arms take.
    private const int MinJumpsToWayBack = 8, MaxCount = 12;

    /// <summary>Where such code begins and what follows it, as numbers of places for cuts, in order.</summary>
    public static List<(int First, int Behind)> Find(FunctionSurvey survey)
    {
        var found = new List<(int First, int Behind)>();
        if (survey.Tables.Count == 0) return found;
        var loops = new HashSet<int>();
        foreach (DispatchTable table in survey.Tables)
        {
            if (TryAdd(survey, table.Loop.ByteOffset, table.ByteOffset, found)) loops.Add(table.Loop.Target);
        }
        if (loops.Count > 0) AddWaysBack(survey, loops, found);
        found.Sort();
        return WithoutOverlaps(found);
    }

    // From where a block ends: nothing but accesses and jumps up to the branch to the loop.
    private static void AddWaysBack(FunctionSurvey survey, HashSet<int> loops, List<(int First, int Behind)> found)
    {
        List<FlowEvent> events = survey.Events;
        int[] jumpCounts = CountJumps(survey);
        for (int number = 0; number < events.Count; number++)
        {
            FlowEvent mark = events[number];
            if (mark.Kind != FlowEventKind.Mark || jumpCounts[mark.Value] < MinJumpsToWayBack || survey.IsLoop(mark.Value)) continue;
            int last = number + 1;
            while (last < events.Count && events[last].Kind is FlowEventKind.Get or FlowEventKind.Set or FlowEventKind.Jump) last++;
            if (last == events.Count || events[last].Kind != FlowEventKind.Leave) continue;
            if (events[last - 1].Kind == FlowEventKind.Jump && loops.Contains(events[last - 1].Value))
                TryAdd(survey, mark.ByteOffset, events[last].ByteOffset, found);
        }
    }

    private static int[] CountJumps(FunctionSurvey survey)
    {
        var counts = new int[survey.TargetCount];
        foreach (FlowEvent flow in survey.Events)
        {
            if (flow.Kind == FlowEventKind.Jump) counts[flow.Value]++;
        }
        return counts;
    }

    private static List<(int First, int Behind)> WithoutOverlaps(List<(int First, int Behind)> found)
    {
        var kept = new List<(int First, int Behind)>();
        foreach ((int First, int Behind) code in found)
            if (kept.Count < MaxCount && (kept.Count == 0 || code.First >= kept[^1].Behind)) kept.Add(code);
        return kept;
    }

    private static bool TryAdd(FunctionSurvey survey, int firstByteOffset, int lastByteOffset, List<(int First, int Behind)> found)
    {
        List<CutPlace> places = survey.CutPlaces;
        int first = PlaceBehind(survey, firstByteOffset - 1), behind = PlaceBehind(survey, lastByteOffset);
        if (behind == places.Count || places[first].ByteOffset != firstByteOffset) return false;
        if (places[behind].LocalUseCount - places[first].LocalUseCount > MaxLocalUses) return false;
        if (places[behind].BasicBlockCount - places[first].BasicBlockCount > MaxBasicBlocks) return false;
        found.Add((first, behind));
        return true;
    }

    private static int PlaceBehind(FunctionSurvey survey, int byteOffset)
    {
        int low = 0, high = survey.CutPlaces.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (survey.CutPlaces[middle].ByteOffset <= byteOffset) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
