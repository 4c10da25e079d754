using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>Writes instructions to the end of a <see cref="ByteWriter"/>. The reverse of <see cref="InstructionReader"/>.</summary>
/// <remarks>Spec: Binary Format, Instructions.</remarks>
internal readonly partial struct InstructionWriter(ByteWriter output)
{
    internal const uint HasMemoryIndex = 0x40;

    private readonly ByteWriter _output = output;

    /// <summary>Writes an instruction with the immediates it has.</summary>
    public void Write(Opcode opcode, in Immediates immediates)
    {
        byte prefix = OpcodeInfo.Prefix(opcode);
        if (prefix == 0)
        {
            _output.WriteByte((byte)OpcodeInfo.Code(opcode));
        }
        else
        {
            _output.WriteByte(prefix);
            _output.WriteU32(OpcodeInfo.Code(opcode));
        }
        WriteImmediates(OpcodeInfo.Shape(opcode), immediates);
    }

    /// <summary>Writes an instruction without immediates.</summary>
    public void Write(Opcode opcode) => Write(opcode, default(Immediates));

    /// <summary>Writes an instruction with one or two indices.</summary>
    public void Write(Opcode opcode, uint index, uint index2 = 0) => Write(opcode, new Immediates { Index = index, Index2 = index2 });

    /// <summary>Writes a block instruction.</summary>
    public void Write(Opcode opcode, BlockType block) => Write(opcode, new Immediates { Block = block });

    /// <summary>Writes a memory access.</summary>
    public void WriteAccess(Opcode opcode, uint alignLog2, ulong offset = 0, uint memoryIndex = 0)
        => Write(opcode, new Immediates { AlignLog2 = alignLog2, Offset = offset, MemoryIndex = memoryIndex });

    /// <summary>Writes <c>i32.const</c>.</summary>
    public void WriteConst(int value) => Write(Opcode.I32Const, new Immediates { Bits = (uint)value });

    /// <summary>Writes <c>i64.const</c>.</summary>
    public void WriteConst(long value) => Write(Opcode.I64Const, new Immediates { Bits = (ulong)value });

    /// <summary>Writes <c>f32.const</c>.</summary>
    public void WriteConst(float value) => Write(Opcode.F32Const, new Immediates { Bits = BitConverter.SingleToUInt32Bits(value) });

    /// <summary>Writes <c>f64.const</c>.</summary>
    public void WriteConst(double value) => Write(Opcode.F64Const, new Immediates { Bits = BitConverter.DoubleToUInt64Bits(value) });

    private void WriteBlock(in Immediates immediates) => TypeWriter.WriteBlockType(_output, immediates.Block);

    private void WriteMemarg(in Immediates immediates)
    {
        bool isFirst = immediates.MemoryIndex == 0;
        _output.WriteU32(immediates.AlignLog2 | (isFirst ? 0 : HasMemoryIndex));
        if (!isFirst) _output.WriteU32(immediates.MemoryIndex);
        _output.WriteU64(immediates.Offset);
    }

    private void WriteLabels(in Immediates immediates)
    {
        _output.WriteU32((uint)immediates.Labels.Length);
        foreach (uint label in immediates.Labels) _output.WriteU32(label);
    }

    private void WriteTypes(in Immediates immediates)
    {
        _output.WriteU32((uint)immediates.Types.Length);
        foreach (ValType type in immediates.Types) TypeWriter.WriteValType(_output, type);
    }

    private void WriteCatches(in Immediates immediates)
    {
        _output.WriteU32((uint)immediates.Catches.Length);
        foreach (CatchClause clause in immediates.Catches)
        {
            _output.WriteByte((byte)clause.Kind);
            if (CatchClause.HasTag(clause.Kind)) _output.WriteU32(clause.Tag.Value);
            _output.WriteU32(clause.Label.Value);
        }
    }

    private void WriteCastflags(in Immediates immediates) => _output.WriteByte(immediates.CastFlags);

    private void WriteLane(in Immediates immediates) => _output.WriteByte(immediates.Lane);

    private void WriteLanes(in Immediates immediates) => WriteV128(immediates);

    private void WriteS32(in Immediates immediates) => _output.WriteS32((int)immediates.Bits);

    private void WriteS64(in Immediates immediates) => _output.WriteS64((long)immediates.Bits);

    private void WriteF32(in Immediates immediates) => _output.WriteFixed32((uint)immediates.Bits);

    private void WriteF64(in Immediates immediates) => _output.WriteFixed64(immediates.Bits);

    private void WriteV128(in Immediates immediates)
    {
        _output.WriteFixed64(immediates.Bits);
        _output.WriteFixed64(immediates.BitsHigh);
    }

    private void WriteZero(in Immediates immediates) => _output.WriteByte(0);
}
