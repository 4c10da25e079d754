using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <summary>A structured instruction that is open, and the label it gives to branches.</summary>
/// <remarks>Spec: Execution, Runtime Structure, Labels.</remarks>
internal struct Label
{
    /// <summary>End of the list of branches that wait for a target.</summary>
    public const int NoBranch = -1;

    /// <summary><c>block</c>, <c>loop</c>, <c>if</c>, <c>else</c>, <c>try_table</c>, <c>try</c> or <c>catch</c>; the function's body is a <c>block</c>.</summary>
    public Opcode Opcode;
    /// <summary>Types of the operands it takes.</summary>
    public ValType[] Parameters;
    /// <summary>Types of the operands it leaves.</summary>
    public ValType[] Results;
    /// <summary>Number of operands below its parameters.</summary>
    public int OperandCount;
    /// <summary>Height of the stacks below its parameters.</summary>
    public SlotCounts Height;
    /// <summary>Where a loop begins.</summary>
    public int LoopPosition;
    /// <summary>The last word that jumps to the label; its A holds the one before it.</summary>
    public int LastBranch;
    /// <summary>The word that jumps to the <c>else</c> part, or behind an <c>if</c> without one.</summary>
    public int ElseBranch;
    /// <summary>While a <c>br_table</c> is translated: its last entry that needs a detour to the label; its A holds the one before it.</summary>
    public int LastDetour;

    /// <summary>Of a <c>try</c>: where its body begins.</summary>
    public int TryPosition;
    /// <summary>Of a <c>try</c> with <c>catch</c> parts: where its body ends.</summary>
    public int TryEnd;
    /// <summary>Of a <c>try</c>: its clauses so far.</summary>
    public List<CatchTarget>? Clauses;

    /// <summary>Types of the operands that a branch carries: a loop is entered again, everything else is left.</summary>
    public readonly ValType[] BranchTypes => Opcode == Opcode.Loop ? Parameters : Results;
}
