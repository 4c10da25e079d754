using System.Runtime.InteropServices;

namespace Nacre.Interpreter;

/// <summary>One word of internal code: an operation and up to three operands, or the continuation of the word before it.</summary>
/// <remarks>
/// <code>
/// byte 0      2      4           8           12          16
///      ┌──────┬──────┬───────────┬───────────┬───────────┐
///      │ Op   │ X    │ A         │ B         │ C         │
///      └──────┴──────┴───────────┼───────────┴───────────┤
///                                │ Long                  │
///                                └───────────────────────┘
/// </code>
/// A names the slot written to, or holds a jump distance in words; B and C name slots read, or hold immediates.
/// Slots count from the frame pointer. Which field means what is told in <c>spec/interpreter.txt</c> and by the shape of the
/// instruction in <c>spec/opcodes.txt</c>.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct Instr
{
    /// <summary>What to do.</summary>
    [FieldOffset(0)] public Op Op;
    /// <summary>A small immediate: a lane, or flags.</summary>
    [FieldOffset(2)] public ushort X;
    /// <summary>The slot written to, or the jump distance in words (signed).</summary>
    [FieldOffset(4)] public uint A;
    /// <summary>The first slot read.</summary>
    [FieldOffset(8)] public uint B;
    /// <summary>The second slot read, or an immediate.</summary>
    [FieldOffset(12)] public uint C;
    /// <summary>A 64-bit immediate in place of <see cref="B"/> and <see cref="C"/>.</summary>
    [FieldOffset(8)] public long Long;
}
