using Nacre.Binary;
using Nacre.Syntax;
using static Nacre.Tests.Validation.Checks;

namespace Nacre.Tests.Validation;

public class MemoryInstructionTests
{
    private static readonly MemoryType s_memory32 = new(new Limits(1)), s_memory64 = new(new Limits(1), AddressType.I64);

    private static ModuleDefinition Module(Body body, params MemoryType[] memories) => new()
    {
        RecTypes = [Group(Func())],
        Functions = [Function(0, body)],
        Memories = memories,
        Data = [new DataSegment(SegmentMode.Passive, default, null, default)],
        DataCount = 1,
    };

    private static Body Access(Opcode opcode, uint alignLog2 = 0, ulong offset = 0, uint memoryIndex = 0, byte lane = 0) => code =>
    {
        code.Write(Opcode.Unreachable);
        code.Write(opcode, new Immediates { AlignLog2 = alignLog2, Offset = offset, MemoryIndex = memoryIndex, Lane = lane });
        code.Write(Opcode.Unreachable);
    };

    [Theory]
    [InlineData(Opcode.I32Load, 2)]
    [InlineData(Opcode.I64Store8, 0)]
    [InlineData(Opcode.V128Load, 4)]
    [InlineData(Opcode.V128Load16Lane, 1)]
    public void Alignment_may_be_natural_and_no_larger(Opcode opcode, uint naturalLog2)
    {
        Valid(Module(Access(opcode, naturalLog2), s_memory32));
        Invalid("alignment must not be larger than natural", Module(Access(opcode, naturalLog2 + 1), s_memory32));
        Invalid("alignment must not be larger than natural", Module(Access(opcode, 63), s_memory32));
    }

    [Fact]
    public void Alignment_of_an_atomic_access_is_natural()
    {
        Valid(Module(Access(Opcode.I64AtomicRmw16AddU, alignLog2: 1), s_memory32));
        Invalid("atomic alignment must be natural", Module(Access(Opcode.I64AtomicRmw16AddU, alignLog2: 0), s_memory32));
        Invalid("atomic alignment must be natural", Module(Access(Opcode.I64AtomicRmw16AddU, alignLog2: 2), s_memory32));
    }

    [Fact]
    public void An_offset_fits_the_address_type_of_the_memory()
    {
        Valid(Module(Access(Opcode.I32Load, offset: uint.MaxValue), s_memory32));
        Valid(Module(Access(Opcode.I32Load, offset: ulong.MaxValue), s_memory64));
        Valid(Module(Access(Opcode.I32Load, offset: ulong.MaxValue, memoryIndex: 1), s_memory32, s_memory64));
        Invalid("offset out of range", Module(Access(Opcode.I32Load, offset: 1ul << 32), s_memory32));
    }

    [Fact]
    public void An_access_needs_its_memory()
    {
        Invalid("unknown memory 0", Module(Access(Opcode.I32Load)));
        Invalid("unknown memory 1", Module(Access(Opcode.I32Load, memoryIndex: 1), s_memory32));
        Invalid("unknown memory 0", Module(code => code.Write(Opcode.MemorySize)));
        Invalid("unknown memory 1", Module(code => code.Write(Opcode.MemoryFill, 1), s_memory32));
        Invalid("unknown memory 1", Module(code => code.Write(Opcode.MemoryCopy, 0, 1), s_memory32));
        Invalid("unknown data segment 1", Module(code => code.Write(Opcode.MemoryInit, 1), s_memory32));
        Invalid("unknown data segment 1", Module(code => code.Write(Opcode.DataDrop, 1), s_memory32));
    }

    [Theory]
    [InlineData(Opcode.V128Load8Lane, 16)]
    [InlineData(Opcode.V128Store64Lane, 2)]
    [InlineData(Opcode.I32x4ExtractLane, 4)]
    [InlineData(Opcode.F64x2ReplaceLane, 2)]
    public void Lanes_are_counted_from_zero(Opcode opcode, byte laneCount)
    {
        Valid(Module(Access(opcode, lane: (byte)(laneCount - 1)), s_memory32));
        Invalid($"invalid lane index {laneCount}", Module(Access(opcode, lane: laneCount), s_memory32));
    }

    [Theory]
    [InlineData(0x1F1F_1F1F_1F1F_1F1F, 0, true)]
    [InlineData(0x2000_0000_0000_0000, 0, false)]
    [InlineData(0, 0x0000_0000_0000_00FF, false)]
    public void A_shuffle_chooses_from_the_lanes_of_two_vectors(ulong low, ulong high, bool isValid)
    {
        ModuleDefinition module = Module(code =>
        {
            code.Write(Opcode.Unreachable);
            code.Write(Opcode.I8x16Shuffle, new Immediates { Bits = low, BitsHigh = high });
            code.Write(Opcode.Drop);
        });
        if (isValid) Valid(module);
        else Invalid("invalid lane index", module);
    }

    [Theory]
    [InlineData(0u, 0u, "i32 i32 i32")]
    [InlineData(0u, 1u, "i32 i64 i32")]
    [InlineData(1u, 0u, "i64 i32 i32")]
    [InlineData(1u, 1u, "i64 i64 i64")]
    public void A_copy_counts_in_the_smaller_address_type(uint destination, uint source, string operands)
        => Invalid($"type mismatch: instruction requires [{operands}] but stack has []",
            Module(code => code.Write(Opcode.MemoryCopy, destination, source), s_memory32, s_memory64));
}
