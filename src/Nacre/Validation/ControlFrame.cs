using Nacre.Syntax;

namespace Nacre.Validation;

/// <summary>A block that is open: an entry of the control stack.</summary>
/// <remarks>Spec: Appendix, Validation Algorithm, Data Structures.</remarks>
internal struct ControlFrame
{
    /// <summary>The instruction that opened the block, or its present part (<c>else</c>, <c>catch</c>).</summary>
    public Opcode Opener;

    /// <summary>What the block takes from the operand stack and leaves on it.</summary>
    public FuncType Type;

    /// <summary>Height of the operand stack below the block's parameters.</summary>
    public int Floor;

    /// <summary>How many locals had been newly set when the block began.</summary>
    public int SetLocalCount;

    /// <summary>Whether the rest of the block cannot be reached, so that its stack below <see cref="Floor"/> may hold anything.</summary>
    public bool IsUnreachable;

    /// <summary>What a branch to the block's label takes along.</summary>
    public readonly ReadOnlySpan<ValType> LabelTypes => Opener == Opcode.Loop ? Type.Parameters : Type.Results;
}
