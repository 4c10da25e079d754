namespace Nacre.Compiler;

/// <summary>How a function is cut into pieces, and where its locals and operands are while none of them runs.</summary>
internal sealed class SplitPlan(FunctionSurvey survey, Piece[] pieces, PieceFrame frame)
{
    /// <summary>What is known of the function.</summary>
    public FunctionSurvey Survey { get; } = survey;

    /// <summary>The pieces, in order.</summary>
    public Piece[] Pieces { get; } = pieces;

    /// <summary>Where values are.</summary>
    public PieceFrame Frame { get; } = frame;

    /// <summary>How many ways in all pieces have together.</summary>
    public int EntryCount { get; } = pieces.Sum(piece => piece.Entries.Count);

    /// <summary>The piece that the code at an offset is in.</summary>
    public Piece PieceAt(int byteOffset)
    {
        int low = 0, high = Pieces.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (Pieces[middle].StartByteOffset <= byteOffset) low = middle;
            else high = middle - 1;
        }
        return Pieces[low];
    }

    /// <summary>The way in at a target that other pieces go to.</summary>
    public PieceEntry EntryOf(int target) => PieceAt(Survey.OffsetOf(target)).EntryAt(target)!;
}
