using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>What follows the code of an instruction to be written; which of these matter is told by its <see cref="ImmediateShape"/>.</summary>
/// <remarks>The members mean what the members of the same name of <see cref="InstructionReader"/> mean.</remarks>
internal ref struct Immediates
{
    /// <summary>The first index.</summary>
    public uint Index { get; set; }
    /// <summary>The second index.</summary>
    public uint Index2 { get; set; }
    /// <summary>The block type.</summary>
    public BlockType Block { get; set; }
    /// <summary>The alignment of a memory access, as a power of two.</summary>
    public uint AlignLog2 { get; set; }
    /// <summary>The memory of a memory access.</summary>
    public uint MemoryIndex { get; set; }
    /// <summary>The static offset of a memory access, in bytes.</summary>
    public ulong Offset { get; set; }
    /// <summary>The lane number.</summary>
    public byte Lane { get; set; }
    /// <summary>A constant, or the lower half of a vector or of lane numbers.</summary>
    public ulong Bits { get; set; }
    /// <summary>The upper half of a vector or of lane numbers.</summary>
    public ulong BitsHigh { get; set; }
    /// <summary>The first heap type.</summary>
    public HeapType Heap { get; set; }
    /// <summary>The second heap type.</summary>
    public HeapType Heap2 { get; set; }
    /// <summary>Which of the two heap types admit null.</summary>
    public byte CastFlags { get; set; }
    /// <summary>The labels of <c>br_table</c> without the last.</summary>
    public ReadOnlySpan<uint> Labels { get; set; }
    /// <summary>The types of <c>select</c>.</summary>
    public ReadOnlySpan<ValType> Types { get; set; }
    /// <summary>The clauses of <c>try_table</c>.</summary>
    public ReadOnlySpan<CatchClause> Catches { get; set; }
}
