using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <summary>A load, and how an integer is made of what it leaves on the stack.</summary>
/// <param name="Load">The load.</param>
/// <param name="Type"><c>i32</c> or <c>i64</c>.</param>
/// <param name="ToInteger">What follows the load; null when it leaves the integer itself.</param>
/// <param name="LaneCount">How many lanes <paramref name="ToInteger"/> may choose from; 0 when it chooses none.</param>
/// <param name="Value">The integer, of bits that lie in memory.</param>
internal sealed record NarrowSource(Opcode Load, ValType Type, Opcode? ToInteger, int LaneCount, Func<ulong, ulong> Value)
{
    /// <summary>All of them.</summary>
    public static readonly NarrowSource[] All =
    [
        new(Opcode.I32Load, ValType.I32, null, 0, bits => (uint)bits),
        new(Opcode.I32Load, ValType.I32, null, 0, bits => (uint)bits),
        new(Opcode.I32Load16U, ValType.I32, null, 0, bits => (ushort)bits),
        new(Opcode.I32Load16S, ValType.I32, null, 0, bits => (uint)(short)bits),
        new(Opcode.I32AtomicLoad8U, ValType.I32, null, 0, bits => (byte)bits),
        new(Opcode.I64Load, ValType.I64, null, 0, bits => bits),
        new(Opcode.I64Load, ValType.I64, null, 0, bits => bits),
        new(Opcode.I64Load, ValType.I64, null, 0, bits => bits),
        new(Opcode.I64Load, ValType.I32, Opcode.I32WrapI64, 0, bits => (uint)bits),
        new(Opcode.I64Load32U, ValType.I64, null, 0, bits => (uint)bits),
        new(Opcode.I64Load32S, ValType.I64, null, 0, bits => (ulong)(int)bits),
        new(Opcode.I64Load16S, ValType.I64, null, 0, bits => (ulong)(short)bits),
        new(Opcode.F32Load, ValType.I32, Opcode.I32ReinterpretF32, 0, bits => (uint)bits),
        new(Opcode.F64Load, ValType.I64, Opcode.I64ReinterpretF64, 0, bits => bits),
        new(Opcode.F32Load, ValType.I32, Opcode.I32TruncSatF32S, 0, bits => (uint)(int)BitConverter.UInt32BitsToSingle((uint)bits)),
        new(Opcode.F64Load, ValType.I32, Opcode.I32TruncSatF64U, 0, bits => (uint)BitConverter.UInt64BitsToDouble(bits)),
        new(Opcode.V128Load, ValType.I32, Opcode.I8x16ExtractLaneS, 16, bits => (uint)(sbyte)bits),
        new(Opcode.V128Load, ValType.I32, Opcode.I8x16ExtractLaneU, 16, bits => (byte)bits),
        new(Opcode.V128Load, ValType.I32, Opcode.I16x8ExtractLaneU, 8, bits => (ushort)bits),
        new(Opcode.V128Load, ValType.I32, Opcode.I32x4ExtractLane, 4, bits => (uint)bits),
        new(Opcode.V128Load, ValType.I64, Opcode.I64x2ExtractLane, 2, bits => bits),
        new(Opcode.V128Load, ValType.I32, Opcode.V128AnyTrue, 0, bits => bits == 0 ? 0u : 1),
        new(Opcode.V128Load, ValType.I32, Opcode.I8x16Bitmask, 0, bits => (uint)bits & 0xFFFF),
        new(Opcode.V128Load, ValType.I32, Opcode.I64x2AllTrue, 0, bits => bits == 0 ? 0u : 1),
        new(Opcode.V128Load8x8S, ValType.I32, Opcode.I16x8ExtractLaneS, 8, bits => (uint)(sbyte)bits),
        new(Opcode.V128Load16x4U, ValType.I32, Opcode.I32x4ExtractLane, 4, bits => (ushort)bits),
        new(Opcode.V128Load32x2S, ValType.I64, Opcode.I64x2ExtractLane, 2, bits => (ulong)(int)bits),
        new(Opcode.V128Load64Zero, ValType.I32, Opcode.I8x16ExtractLaneU, 8, bits => (byte)bits),
        new(Opcode.V128Load32Zero, ValType.I32, Opcode.I16x8ExtractLaneU, 2, bits => (ushort)bits),
        new(Opcode.V128Load64Splat, ValType.I32, Opcode.I32x4ExtractLane, 4, bits => (uint)bits),
        new(Opcode.V128Load32Splat, ValType.I32, Opcode.I8x16ExtractLaneU, 16, bits => (byte)bits),
        new(Opcode.V128Load16Splat, ValType.I32, Opcode.I8x16ExtractLaneS, 16, bits => (uint)(sbyte)bits),
    ];
}
