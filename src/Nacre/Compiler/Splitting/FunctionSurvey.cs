namespace Nacre.Compiler;

/// <summary>What was learned of a function while it was lowered in one piece, for the case that it has to be cut.</summary>
internal sealed class FunctionSurvey
{
    private readonly List<int> _targetOffsets = [];
    private readonly Dictionary<int, OpenBlock> _blocks = [];

    /// <summary>What happens to locals and control, in order.</summary>
    public List<FlowEvent> Events { get; } = [];

    /// <summary>Where the function may be cut, in order.</summary>
    public List<CutPlace> CutPlaces { get; } = [];

    /// <summary>Tables that lead to many places, from inside a loop, in order.</summary>
    public List<DispatchTable> Tables { get; } = [];

    /// <summary>An estimate of how many basic blocks the CIL has.</summary>
    public int BasicBlockCount { get; set; }

    /// <summary>An estimate of how many instructions of the CIL use a local variable or an argument.</summary>
    public int LocalUseCount { get; set; }

    /// <summary>How many of those the whole function does without, because it leaves out moves that change nothing.</summary>
    public int SavedLocalUseCount { get; set; }

    /// <summary>How much CIL there is.</summary>
    public int IlByteCount { get; set; }

    /// <summary>Where the function's last instruction ends.</summary>
    public int EndByteOffset { get; set; }

    /// <summary>Whether the function has what no piece can do: a tail call, which must leave the function's own frame.</summary>
    public bool IsIndivisible { get; set; }

    /// <summary>How many targets there are.</summary>
    public int TargetCount => _targetOffsets.Count;

    /// <summary>The instruction that comes next where a target is.</summary>
    public int OffsetOf(int target) => _targetOffsets[target];

    /// <summary>Takes the next number for a target whose place is not known yet.</summary>
    public int NewTarget()
    {
        _targetOffsets.Add(int.MaxValue);
        return _targetOffsets.Count - 1;
    }

    /// <summary>Says where a target is.</summary>
    public void Mark(int target, int byteOffset)
    {
        _targetOffsets[target] = byteOffset;
        Events.Add(new FlowEvent(FlowEventKind.Mark, target, byteOffset));
    }

    /// <summary>Keeps a block, to be found by its instruction.</summary>
    public void Add(OpenBlock block) => _blocks[block.ByteOffset] = block;

    /// <summary>Whether a target is the beginning of a loop.</summary>
    public bool IsLoop(int target) => _blocks.TryGetValue(OffsetOf(target), out OpenBlock? block) && block.Target == target;

    /// <summary>The block that the instruction at an offset opens.</summary>
    public OpenBlock BlockAt(int byteOffset) => _blocks[byteOffset];
}
