using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Validation;

// Spec: Validation, Instructions, Memory Instructions. at is the address type of the memory.
internal sealed partial class BodyValidator
{
    /// <summary><c>memory.copy x y</c> : <c>[at1 at2 at] → []</c>, where <c>at</c> is the smaller address type.</summary>
    private void ValidateMemoryCopy(MemoryIndex destination, MemoryIndex source)
    {
        AddressType to = TypeOf(destination).Address, from = TypeOf(source).Address;
        Pop([OperandOf(to), OperandOf(from), OperandOf(Smaller(to, from))]);
    }

    /// <summary>Checks memory, alignment and offset of an access, and gives the type of its address.</summary>
    private AddressType ValidateMemoryArgument(ref InstructionReader reader, int naturalAlignment)
    {
        MemoryType memory = TypeOf(new MemoryIndex(reader.MemoryIndex));
        uint naturalLog2 = naturalAlignment switch { 1 => 0, 2 => 1, 4 => 2, 8 => 3, _ => 4 };
        if (reader.AlignLog2 != naturalLog2) RequireAlignment(reader.AlignLog2, naturalLog2);
        if (memory.Address == AddressType.I32 && reader.Offset > uint.MaxValue) Fail($"offset out of range: {reader.Offset}{InOpcode}");
        return memory.Address;
    }

    private void RequireAlignment(uint alignLog2, uint naturalLog2)
    {
        if ((OpcodeInfo.Feature(_opcode) & WasmFeatures.Threads) != 0) Fail($"atomic alignment must be natural{InOpcode}");
        if (alignLog2 > naturalLog2) Fail($"alignment must not be larger than natural{InOpcode}");
    }

    private MemoryType TypeOf(MemoryIndex memory)
    {
        if (memory.Value >= (uint)_context.Memories.Length) Unknown("memory", memory.Value);
        return _context.Memories[memory.Value];
    }

    private void Require(DataIndex segment)
    {
        if (segment.Value >= (uint)_context.Definition.Data.Length) Unknown("data segment", segment.Value);
    }
}
