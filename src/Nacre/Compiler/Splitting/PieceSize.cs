namespace Nacre.Compiler;

/// <summary>How large the code of a piece is, as far as that can be told before it is there.</summary>
/// <param name="IlByteCount">How much CIL there is.</param>
/// <param name="BasicBlockCount">How many basic blocks.</param>
/// <param name="LocalUseCount">How many uses of locals.</param>
/// <param name="LocalCount">How many locals of the guest it touches.</param>
internal readonly record struct PieceSize(int IlByteCount, int BasicBlockCount, int LocalUseCount, int LocalCount)
{
    // What it takes to copy a local to the frame or from there.
    private const int IlBytesOfCopy = 7, LocalUsesOfCopy = 2;

    /// <summary>What lies between two places.</summary>
    /// <param name="start">The first.</param>
    /// <param name="end">The second.</param>
    /// <param name="localCount">How many locals are touched in between.</param>
    /// <param name="copyCount">How often a local is copied to the frame or from there, at most.</param>
    public static PieceSize Of(in CutPlace start, in CutPlace end, int localCount, int copyCount) => new PieceSize(
        end.IlOffset - start.IlOffset, end.BasicBlockCount - start.BasicBlockCount, end.LocalUseCount - start.LocalUseCount, localCount).With(copyCount);

    /// <summary>The size when locals are copied so many times more.</summary>
    public PieceSize With(int copyCount)
        => this with { IlByteCount = IlByteCount + (copyCount * IlBytesOfCopy), LocalUseCount = LocalUseCount + (copyCount * LocalUsesOfCopy) };

    /// <summary>Whether a multiple of this is more than makes a piece.</summary>
    public bool Exceeds(SplitLimits limits, int factor = 1) => (long)IlByteCount * factor > limits.PieceIlByteCount
        || (long)BasicBlockCount * factor > limits.PieceBasicBlockCount
        || (long)LocalUseCount * factor > limits.PieceLocalUseCount
        || (long)LocalCount * factor > limits.PieceLocalCount;
}
