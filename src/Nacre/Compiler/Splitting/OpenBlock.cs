using Nacre.Syntax;

namespace Nacre.Compiler;

/// <summary>A block of a function that is surveyed, and where control flow may enter its code.</summary>
internal sealed class OpenBlock(OpenBlock? parent, Opcode opcode, int byteOffset)
{
    /// <summary>No such place.</summary>
    public const int None = -1;

    private readonly OpenBlock? _loopAround = parent?.Loop;

    /// <summary>The block around; null for the function's own.</summary>
    public OpenBlock? Parent { get; } = parent;

    /// <summary>What opened it.</summary>
    public Opcode Opcode { get; } = opcode;

    /// <summary>Where that instruction lies.</summary>
    public int ByteOffset { get; } = byteOffset;

    /// <summary>The innermost loop, this block or one around; null when there is none.</summary>
    public OpenBlock? Loop => Opcode == Opcode.Loop ? this : _loopAround;

    /// <summary>How many blocks are around.</summary>
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>How many loops there are, this block and those around.</summary>
    public int LoopDepth { get; } = (parent?.LoopDepth ?? 0) + (opcode == Opcode.Loop ? 1 : 0);

    /// <summary>Kinds of the parameters.</summary>
    public ValueKind[] Parameters { get; init; } = [];

    /// <summary>Kinds of the results.</summary>
    public ValueKind[] Results { get; init; } = [];

    /// <summary>Kinds of the operands of the block around that lie below those of this one.</summary>
    public ValueKind[] Below { get; init; } = [];

    /// <summary>How many operands of all blocks around lie below.</summary>
    public int OperandCount { get; init; }

    /// <summary>Whether a piece may begin inside.</summary>
    public bool MayBeCut { get; init; }

    /// <summary>Number of the place that branches to the block go to; <see cref="None"/> for the function's own.</summary>
    public int Target { get; init; } = None;

    /// <summary>Number of the place that an <c>if</c> goes to when its condition is 0.</summary>
    public int ElseTarget { get; init; } = None;
}
