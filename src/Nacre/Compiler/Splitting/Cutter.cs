namespace Nacre.Compiler;

/// <summary>Collects the places where a function is cut.</summary>
/// <param name="survey">What is known of the function.</param>
/// <param name="localCount">How many locals it has.</param>
/// <param name="limits">How large pieces may be.</param>
internal sealed class Cutter(FunctionSurvey survey, int localCount, SplitLimits limits)
{
    private const int None = -1;

    // Any target may become a way in, and fetches about so many locals then.
    private const int FetchesOfWayIn = 6;

    private readonly List<(CutPlace Place, bool IsCopied)> _cuts = [];
    private readonly int[] _seenIn = new int[localCount];       // the last stretch that a local was seen in
    private readonly CutPlace _end = new(survey.EndByteOffset, survey.IlByteCount, survey.BasicBlockCount, survey.LocalUseCount, survey.Events.Count, null!);
    private int _stretch;
    private CutPlace _start;        // of what is not cut yet

    /// <summary>Cuts at a place.</summary>
    /// <param name="number">The number of the place.</param>
    /// <param name="isCopied">Whether the piece that begins there is copied.</param>
    public void CutAt(int number, bool isCopied)
    {
        CutPlace place = survey.CutPlaces[number];
        if (_cuts.Count > 0 && _cuts[^1].Place.ByteOffset == place.ByteOffset) _cuts.RemoveAt(_cuts.Count - 1);
        _cuts.Add((place, isCopied));
        _start = place;
    }

    /// <summary>Cuts at some of the places from one to before another, so that no piece becomes too large.</summary>
    public void CutEvenly(int first, int end)
    {
        for (int place = first; FindNext(place, end) is >= 0 and int best; place = best + 1) CutAt(best, isCopied: false);
    }

    /// <summary>The pieces.</summary>
    public Piece[] Pieces(int startByteOffset)
    {
        if (_cuts.Count == 0 || _cuts[0].Place.ByteOffset != startByteOffset) _cuts.Insert(0, (new CutPlace { ByteOffset = startByteOffset }, false));
        return [.. _cuts.Select((cut, i) => PieceBetween(i, i + 1 < _cuts.Count ? _cuts[i + 1].Place : _end))];
    }

    private Piece PieceBetween(int index, in CutPlace end)
    {
        (CutPlace start, bool isCopied) = _cuts[index];
        int setCount = 0;
        for (int i = start.FirstEvent; i < end.FirstEvent; i++)
        {
            if (survey.Events[i].Kind == FlowEventKind.Set) setCount++;
        }
        return new Piece(index, start.Block, start.ByteOffset, end.ByteOffset, isCopied) { Size = PieceSize.Of(start, end, localCount: 0, copyCount: setCount) };
    }

    // From the last cut on: as far as a piece may reach, and the best place for its end; none when the end is within reach.
    private int FindNext(int first, int end)
    {
        _stretch++;
        int locals = 0, copies = 0, best = None, eventNumber = _start.FirstEvent;
        for (int i = first; i <= end; i++)
        {
            CutPlace place = i < survey.CutPlaces.Count ? survey.CutPlaces[i] : _end;
            for (; eventNumber < place.FirstEvent; eventNumber++)
            {
                FlowEvent flow = survey.Events[eventNumber];
                if (flow.Kind == FlowEventKind.Set) copies++;
                if (flow.Kind == FlowEventKind.Mark) copies += FetchesOfWayIn;
                if (flow.Kind > FlowEventKind.Set || _seenIn[flow.Value] == _stretch) continue;
                _seenIn[flow.Value] = _stretch;
                locals++;
            }
            PieceSize size = PieceSize.Of(_start, place, locals, copies);
            bool isTooFar = size.Exceeds(limits);
            if (isTooFar && best != None) return best;
            if (i == end) return None;
            if (isTooFar) return i;
            if (size.Exceeds(limits, factor: 2) && (best == None || place.Block.LoopDepth <= survey.CutPlaces[best].Block.LoopDepth)) best = i;
        }
        return None;
    }
}
