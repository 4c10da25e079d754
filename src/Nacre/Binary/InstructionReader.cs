using System.Runtime.CompilerServices;
using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>Walks the instructions of an expression, one at a time, over the bytes themselves.</summary>
/// <remarks>Spec: Binary Format, Instructions. Which immediates mean something for the instruction at hand is told by
/// <see cref="OpcodeInfo.Shape"/>; the others keep what an earlier instruction left. Nesting of blocks is not followed.</remarks>
public ref partial struct InstructionReader
{
    private readonly WasmFeatures _features;
    private BinaryCursor _cursor;
    private int _start;
    private int _vectorStart;
    private int _vectorEnd;

    /// <summary>Begins before the first of <paramref name="bytes"/>.</summary>
    /// <param name="bytes">Instructions, one after another.</param>
    /// <param name="originOffset">Where the bytes lie, in bytes from the first byte of the module.</param>
    /// <param name="features">What the module may use; an instruction of another feature is illegal.</param>
    public InstructionReader(ReadOnlySpan<byte> bytes, int originOffset, WasmFeatures features)
        : this(new BinaryCursor(bytes, originOffset), features)
    {
    }

    internal InstructionReader(BinaryCursor cursor, WasmFeatures features)
    {
        _cursor = cursor;
        _features = features;
        _start = cursor.Position;
    }

    /// <summary>The instruction read last.</summary>
    public Opcode Opcode { get; private set; }

    /// <summary>Where that instruction begins, in bytes from the first byte of the module.</summary>
    public int ByteOffset { get; private set; }

    /// <summary>Where the next instruction begins, in bytes from the first byte of the module.</summary>
    public readonly int NextByteOffset => _cursor.Offset;

    /// <summary>The bytes of that instruction, code and immediates.</summary>
    public readonly ReadOnlySpan<byte> Encoded => _cursor.BytesSince(_start);

    /// <summary>The first index: label, function, type, local, global, table, memory, segment or tag. For <c>br_table</c> the default label.</summary>
    public uint Index { get; private set; }

    /// <summary>The second index, in the order of the bytes: the table of <c>call_indirect</c> and <c>table.init</c>, the memory of
    /// <c>memory.init</c>, the source of a copy, the field of a structure, the segment or count of an array.</summary>
    public uint Index2 { get; private set; }

    /// <summary>The type of a block.</summary>
    public BlockType Block { get; private set; }

    /// <summary>The alignment a memory access promises, as a power of two; up to 63.</summary>
    public uint AlignLog2 { get; private set; }

    /// <summary>The memory of a memory access.</summary>
    public uint MemoryIndex { get; private set; }

    /// <summary>The static offset of a memory access, in bytes.</summary>
    public ulong Offset { get; private set; }

    /// <summary>The lane number. It may be too large: that is for validation to say.</summary>
    public byte Lane { get; private set; }

    /// <summary>The constant of <c>i32.const</c> and <c>f32.const</c> (upper half 0), <c>i64.const</c> and <c>f64.const</c>, or the
    /// lower half of a <c>v128.const</c> or of the lane numbers of a shuffle, the first byte lowest.</summary>
    public ulong Bits { get; private set; }

    /// <summary>The upper half of a <c>v128.const</c> or of the lane numbers of a shuffle.</summary>
    public ulong BitsHigh { get; private set; }

    /// <summary>The heap type; for a branch on a cast the one that the operand has.</summary>
    public HeapType Heap { get; private set; }

    /// <summary>For a branch on a cast the heap type it is cast to.</summary>
    public HeapType Heap2 { get; private set; }

    /// <summary>For a branch on a cast: bit 0 whether <see cref="Heap"/>, bit 1 whether <see cref="Heap2"/> admits null.</summary>
    public byte CastFlags { get; private set; }

    /// <summary>Number of elements of <see cref="Labels"/>, <see cref="Types"/> or <see cref="Catches"/>.</summary>
    public int VectorCount { get; private set; }

    /// <summary>The labels of <c>br_table</c>, without the default one.</summary>
    public readonly LabelVector Labels => new(Vector, VectorCount);

    /// <summary>The types of <c>select</c>.</summary>
    public readonly ValTypeVector Types => new(Vector, VectorCount, _features);

    /// <summary>The clauses of <c>try_table</c>.</summary>
    public readonly CatchVector Catches => new(Vector, VectorCount);

    private readonly BinaryCursor Vector => new(_cursor.BytesSince(_vectorStart)[..(_vectorEnd - _vectorStart)], 0);

    /// <summary>Reads the next instruction.</summary>
    /// <returns>False when the bytes are used up.</returns>
    /// <exception cref="MalformedModuleException">The code is no instruction, or one of a disabled feature, or its immediates are malformed.</exception>
    /// <exception cref="InvalidModuleException">A type index is beyond what any module may have.</exception>
    public bool Read()
    {
        if (_cursor.IsAtEnd) return false;
        _start = _cursor.Position;
        ByteOffset = _cursor.Offset;

        byte first = _cursor.ReadByte();
        ushort found = OpcodeInfo.FromByte(first);
        if (found >= OpcodeInfo.PrefixCode) found = ReadPrefixed(first, found);
        var opcode = (Opcode)found;
        Opcode = opcode;
        if ((OpcodeInfo.Feature(opcode) & ~_features) != 0) ThrowDisabled();

        ImmediateShape shape = OpcodeInfo.Shape(opcode);
        if (shape != ImmediateShape.None) ReadImmediates(shape);
        return true;
    }

    private ushort ReadPrefixed(byte first, ushort found)
    {
        if (found == OpcodeInfo.IllegalCode) Malformed.Throw($"illegal opcode {first:x2}", ByteOffset);
        uint number = _cursor.ReadU32();
        found = OpcodeInfo.FromPrefixed(first, number);
        if (found == OpcodeInfo.IllegalCode) Malformed.Throw($"illegal opcode {first:x2} {number:x2}", ByteOffset);
        return found;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void ThrowDisabled()
    {
        WasmFeatures missing = OpcodeInfo.Feature(Opcode) & ~_features;
        byte prefix = OpcodeInfo.Prefix(Opcode);
        string code = prefix == 0 ? $"{OpcodeInfo.Code(Opcode):x2}" : $"{prefix:x2} {OpcodeInfo.Code(Opcode):x2}";
        Malformed.Throw($"illegal opcode {code}: {OpcodeInfo.Mnemonic(Opcode)} needs the feature {missing.Names()}", ByteOffset);
    }

    private readonly bool Has(WasmFeatures feature) => (_features & feature) != 0;

    private void ReadBlock() => Block = TypeReader.ReadBlockType(ref _cursor, _features);

    // Before there could be several tables or memories their index was a byte that had to be 0.
    private uint ReadTableIndex()
    {
        if (Has(WasmFeatures.ReferenceTypes)) return _cursor.ReadU32();
        ReadZero();
        return 0;
    }

    private uint ReadMemoryIndex()
    {
        if (Has(WasmFeatures.MultiMemory)) return _cursor.ReadU32();
        ReadZero();
        return 0;
    }

    //  7   6   5        0
    // ┌───┬───┬──────────┐
    // │ 0 │ m │ log2 of  │   m: a memory index follows
    // │   │   │ alignment│
    // └───┴───┴──────────┘
    private void ReadMemarg()
    {
        int start = _cursor.Offset;
        uint flags = _cursor.ReadU32();
        MemoryIndex = 0;
        if (flags >= InstructionWriter.HasMemoryIndex)
        {
            if (flags >= 2 * InstructionWriter.HasMemoryIndex || !Has(WasmFeatures.MultiMemory))
                Malformed.Throw("malformed memop flags", start);
            flags -= InstructionWriter.HasMemoryIndex;
            MemoryIndex = _cursor.ReadU32();
        }
        AlignLog2 = flags;
        Offset = Has(WasmFeatures.Memory64) ? _cursor.ReadU64() : _cursor.ReadU32();
    }

    private void ReadLabels()
    {
        VectorCount = _cursor.ReadCount();
        _vectorStart = _cursor.Position;
        for (int i = 0; i < VectorCount; i++) _cursor.ReadU32();
        _vectorEnd = _cursor.Position;
    }

    private void ReadTypes()
    {
        VectorCount = _cursor.ReadCount();
        _vectorStart = _cursor.Position;
        for (int i = 0; i < VectorCount; i++) TypeReader.ReadValType(ref _cursor, _features);
        _vectorEnd = _cursor.Position;
    }

    private void ReadCatches()
    {
        VectorCount = _cursor.ReadCount();
        _vectorStart = _cursor.Position;
        for (int i = 0; i < VectorCount; i++) CatchVector.ReadClause(ref _cursor);
        _vectorEnd = _cursor.Position;
    }

    private void ReadCastflags()
    {
        CastFlags = _cursor.ReadByte();
        if (CastFlags > 3) Malformed.Throw("malformed br_on_cast flags", _cursor.Offset - 1);
    }

    private void ReadLane() => Lane = _cursor.ReadByte();

    private void ReadLanes() => ReadV128();

    private void ReadS32() => Bits = (uint)_cursor.ReadS32();

    private void ReadS64() => Bits = (ulong)_cursor.ReadS64();

    private void ReadF32() => Bits = _cursor.ReadFixed32();

    private void ReadF64() => Bits = _cursor.ReadFixed64();

    private void ReadV128()
    {
        Bits = _cursor.ReadFixed64();
        BitsHigh = _cursor.ReadFixed64();
    }

    private void ReadZero()
    {
        if (_cursor.ReadByte() != 0) Malformed.Throw("zero byte expected", _cursor.Offset - 1);
    }
}
