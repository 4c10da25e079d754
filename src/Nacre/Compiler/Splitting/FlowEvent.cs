namespace Nacre.Compiler;

/// <summary>What a <see cref="FlowEvent"/> says.</summary>
internal enum FlowEventKind : byte
{
    /// <summary>A local is read.</summary>
    Get,
    /// <summary>A local is written.</summary>
    Set,
    /// <summary>Control may go to a target from here.</summary>
    Jump,
    /// <summary>Control does not go on to what follows.</summary>
    Leave,
    /// <summary>A target is here.</summary>
    Mark,
    /// <summary>What follows may go to a target at any instruction: the clauses of a <c>try</c>.</summary>
    TryBegin,
    /// <summary>The end of that.</summary>
    TryEnd,
}

/// <summary>Something of interest to whoever follows control and locals through a function, in the order of the instructions.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Value">The number of the local or of the target.</param>
/// <param name="ByteOffset">Where the instruction lies.</param>
internal readonly record struct FlowEvent(FlowEventKind Kind, int Value, int ByteOffset);

/// <summary>A <c>br_table</c> that leads to many places: what an interpreter's loop comes to with each of its instructions.</summary>
/// <param name="Loop">The innermost loop around.</param>
/// <param name="ByteOffset">Where the instruction lies.</param>
internal readonly record struct DispatchTable(OpenBlock Loop, int ByteOffset);

/// <summary>A place where a function may be cut: nothing of the innermost block is on the operand stack, and no <c>try</c> is around.</summary>
/// <param name="ByteOffset">The instruction that a piece may begin with.</param>
/// <param name="IlOffset">How much CIL the function took up to there.</param>
/// <param name="BasicBlockCount">An estimate of how many basic blocks of CIL there are up to there.</param>
/// <param name="LocalUseCount">An estimate of how many instructions of CIL up to there use a local variable or an argument.</param>
/// <param name="FirstEvent">Number of the first event at or behind this place.</param>
/// <param name="Block">The innermost block.</param>
internal readonly record struct CutPlace(int ByteOffset, int IlOffset, int BasicBlockCount, int LocalUseCount, int FirstEvent, OpenBlock Block);
