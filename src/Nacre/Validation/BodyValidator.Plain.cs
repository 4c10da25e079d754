using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Validation;

// Instructions whose signature the list of opcodes knows: only their immediates depend on the module.
internal sealed partial class BodyValidator
{
    private void ValidatePlain(ref InstructionReader reader)
    {
        AddressType address = ValidateImmediates(ref reader);
        ReadOnlySpan<OperandType> operands = OpcodeInfo.Operands(_opcode);
        int height = _height - operands.Length;
        if (height < _floor || !Holds(operands, height, address)) PopPlain(operands, address);
        else _height = height;
        foreach (OperandType result in OpcodeInfo.Results(_opcode)) Push(result.ToValType(address));
    }

    private bool Holds(ReadOnlySpan<OperandType> operands, int height, AddressType address)
    {
        for (int i = 0; i < operands.Length; i++)
            if (_operands[height + i] != operands[i].ToValType(address)) return false;
        return true;
    }

    private void PopPlain(ReadOnlySpan<OperandType> operands, AddressType address)
    {
        Span<ValType> expected = stackalloc ValType[operands.Length];
        for (int i = 0; i < operands.Length; i++) expected[i] = operands[i].ToValType(address);
        Pop(expected);
    }

    /// <summary>Checks the immediates; the answer is the address type of the memory or table among them.</summary>
    private AddressType ValidateImmediates(ref InstructionReader reader)
    {
        ImmediateShape shape = OpcodeInfo.Shape(_opcode);
        if (shape == ImmediateShape.None) return AddressType.I32;
        if (OpcodeInfo.LaneCount(_opcode) is int laneCount and > 0) RequireLane(reader.Lane, laneCount);
        if (OpcodeInfo.NaturalAlignment(_opcode) is int alignment and > 0) return ValidateMemoryArgument(ref reader, alignment);
        switch (shape)
        {
            case ImmediateShape.Memory: return TypeOf(new MemoryIndex(reader.Index)).Address;
            case ImmediateShape.Table: return TypeOf(new TableIndex(reader.Index)).Address;
            case ImmediateShape.Elem: TypeOf(new ElemIndex(reader.Index)); break;
            case ImmediateShape.Data: Require(new DataIndex(reader.Index)); break;
            case ImmediateShape.Lanes: RequireShuffleLanes(reader.Bits, reader.BitsHigh); break;
            case ImmediateShape.DataMemory:
                MemoryType memory = TypeOf(new MemoryIndex(reader.Index2));
                Require(new DataIndex(reader.Index));
                return memory.Address;
        }
        return AddressType.I32;
    }

    private void RequireLane(uint lane, int laneCount)
    {
        if (lane >= (uint)laneCount) Fail($"invalid lane index {lane}{InOpcode}");
    }

    // Sixteen lane numbers of a byte each, which count the lanes of two vectors: none has any of the upper three bits.
    private void RequireShuffleLanes(ulong low, ulong high)
    {
        if (((low | high) & 0xE0E0_E0E0_E0E0_E0E0) != 0) Fail($"invalid lane index{InOpcode}");
    }
}
