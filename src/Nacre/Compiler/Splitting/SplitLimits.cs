namespace Nacre.Compiler;

/// <summary>From which size on a function is cut, how large its pieces may be, and how much inlining a method may ask for.</summary>
/// <remarks>
/// Past 60,000 bytes of CIL, 20,000 instructions, 2,000 basic blocks, 2,000 locals or 8,000 uses of locals RyuJIT gives up optimising a
/// method, and of locals it keeps only 1,024, with its own, in registers; from 512 on it inlines nothing more. What is known of a method
/// before it is emitted is an estimate, and ways in and out come on top of a piece, hence the distance.
/// </remarks>
internal sealed record SplitLimits
{
    /// <summary>The limits that keep RyuJIT optimising.</summary>
    public static SplitLimits Default { get; } = new();

    /// <summary>Cuts functions of any size wherever that is possible, to see whether pieces do what the whole does.</summary>
    public static SplitLimits Smallest { get; } = new()
    {
        SurveyedByteCount = 0,
        IlByteCount = 0,
        PieceIlByteCount = 1,
        IlBytesBetweenCutPlaces = 0,
        InliningByteCount = 0,
    };

    /// <summary>The same with pieces of several statements, which have locals of their own to keep.</summary>
    public static SplitLimits Small { get; } = Smallest with { PieceIlByteCount = 120 };

    /// <summary>Functions whose instructions take fewer bytes than this, and that have few locals, are never cut.</summary>
    public int SurveyedByteCount { get; init; } = 1_024;

    /// <summary>CIL beyond this is cut.</summary>
    public int IlByteCount { get; init; } = 40_000;

    /// <summary>More basic blocks than this are cut.</summary>
    public int BasicBlockCount { get; init; } = 1_600;

    /// <summary>More uses of locals than this are cut.</summary>
    public int LocalUseCount { get; init; } = 6_500;

    /// <summary>More locals than this are cut.</summary>
    public int LocalCount { get; init; } = 900;

    /// <summary>How much CIL makes a piece, what fetches locals and writes them through to the frame included.</summary>
    public int PieceIlByteCount { get; init; } = 29_000;

    /// <summary>How many basic blocks make a piece.</summary>
    public int PieceBasicBlockCount { get; init; } = 1_200;

    /// <summary>How many uses of locals make a piece, those included that fetch locals and write them through to the frame.</summary>
    public int PieceLocalUseCount { get; init; } = 6_400;

    /// <summary>How many locals make a piece.</summary>
    public int PieceLocalCount { get; init; } = 600;

    /// <summary>How much CIL lies between two places where a cut is considered.</summary>
    public int IlBytesBetweenCutPlaces { get; init; } = 64;

    /// <summary>In functions whose instructions take more bytes than this, nothing is left to be inlined.</summary>
    public int InliningByteCount { get; init; } = 800;

    /// <summary>How many calls are left to be inlined in others; for each RyuJIT adds up to five locals.</summary>
    public int InlinedCallCount { get; init; } = 60;

    /// <summary>The same, for pieces that are two thirds as large.</summary>
    public SplitLimits WithSmallerPieces() => this with
    {
        PieceIlByteCount = PieceIlByteCount * 2 / 3,
        PieceBasicBlockCount = PieceBasicBlockCount * 2 / 3,
        PieceLocalUseCount = PieceLocalUseCount * 2 / 3,
        PieceLocalCount = PieceLocalCount * 2 / 3,
    };
}
