namespace Nacre.Compiler;

/// <summary>A part of a function that becomes a method of its own.</summary>
internal sealed class Piece(int index, OpenBlock? outerBlock, int startByteOffset, int endByteOffset, bool isCopied)
{
    private readonly Dictionary<int, PieceEntry> _entryAt = [];

    /// <summary>Its number.</summary>
    public int Index { get; } = index;

    /// <summary>The innermost block that is open where the piece begins; null for the first.</summary>
    public OpenBlock? OuterBlock { get; } = outerBlock;

    /// <summary>Its first instruction.</summary>
    public int StartByteOffset { get; } = startByteOffset;

    /// <summary>Where its last instruction ends.</summary>
    public int EndByteOffset { get; } = endByteOffset;

    /// <summary>Whether it is a part of every piece that goes on to it, rather than called.</summary>
    public bool IsCopied { get; } = isCopied;

    /// <summary>The ways into it, in the order of their numbers, which are consecutive.</summary>
    public List<PieceEntry> Entries { get; } = [];

    /// <summary>How large its code is, without what fetches locals.</summary>
    public PieceSize Size { get; set; }

    /// <summary>How many locals of the guest it touches.</summary>
    public int LocalCount { get; set; }

    /// <summary>Whether the piece's code is there.</summary>
    public bool Contains(int byteOffset) => byteOffset >= StartByteOffset && byteOffset < EndByteOffset;

    /// <summary>Adds a way in.</summary>
    public void Add(PieceEntry entry)
    {
        Entries.Add(entry);
        _entryAt.Add(entry.Target, entry);
    }

    /// <summary>Says that a target is where a way in is that was added before.</summary>
    public void AddAlias(int target, PieceEntry entry) => _entryAt.Add(target, entry);

    /// <summary>The way in at a target, or at the beginning (<see cref="OpenBlock.None"/>); null when nobody comes in there.</summary>
    public PieceEntry? EntryAt(int target) => _entryAt.GetValueOrDefault(target);
}

/// <summary>A way into a piece.</summary>
/// <param name="Number">Its number in the function.</param>
/// <param name="Target">The target; <see cref="OpenBlock.None"/> for the beginning.</param>
internal sealed record PieceEntry(int Number, int Target)
{
    /// <summary>The locals whose values must be fetched.</summary>
    public int[] Locals { get; set; } = [];
}
