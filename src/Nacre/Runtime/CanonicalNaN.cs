using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nacre.Syntax;

namespace Nacre.Runtime;

/// <summary>The one NaN that arithmetic gives where results have to be the same on every machine: positive, with the top bit of the payload.</summary>
/// <remarks>Spec: Appendix, Profiles, Deterministic Profile; Execution, Numerics, NaN Propagation.</remarks>
internal static class CanonicalNaN
{
    private const uint F32Bits = 0x7FC0_0000;
    private const ulong F64Bits = 0x7FF8_0000_0000_0000;

    /// <summary>The floats in an instruction's result that may be a NaN of the machine's choice.</summary>
    public enum Lanes : byte
    {
        /// <summary>There are none: no float, or one that is handed on bit by bit.</summary>
        None,
        F32,
        F64,
        F32x4,
        F64x2,
    }

    /// <summary>Which floats in the result of <paramref name="opcode"/> may be any NaN.</summary>
    public static Lanes LanesOf(Opcode opcode) => opcode switch
    {
        (>= Opcode.F32Ceil and <= Opcode.F32Max) or Opcode.F32DemoteF64 => Lanes.F32,
        (>= Opcode.F64Ceil and <= Opcode.F64Max) or Opcode.F64PromoteF32 => Lanes.F64,
        (>= Opcode.F32x4Ceil and <= Opcode.F32x4Nearest) or (>= Opcode.F32x4Sqrt and <= Opcode.F32x4Max) or Opcode.F32x4DemoteF64x2Zero
            or Opcode.F32x4RelaxedMadd or Opcode.F32x4RelaxedNmadd or Opcode.F32x4RelaxedMin or Opcode.F32x4RelaxedMax => Lanes.F32x4,
        Opcode.F64x2Ceil or Opcode.F64x2Floor or Opcode.F64x2Trunc or Opcode.F64x2Nearest
            or (>= Opcode.F64x2Sqrt and <= Opcode.F64x2Max) or Opcode.F64x2PromoteLowF32x4
            or Opcode.F64x2RelaxedMadd or Opcode.F64x2RelaxedNmadd or Opcode.F64x2RelaxedMin or Opcode.F64x2RelaxedMax => Lanes.F64x2,
        _ => Lanes.None,
    };

    /// <summary>The value, unless it is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float F32(float value) => float.IsNaN(value) ? BitConverter.UInt32BitsToSingle(F32Bits) : value;

    /// <inheritdoc cref="F32"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double F64(double value) => double.IsNaN(value) ? BitConverter.UInt64BitsToDouble(F64Bits) : value;

    /// <summary>The value, with canonical NaNs in lanes that are NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> F32x4(Vector128<byte> value)
    {
        Vector128<uint> isNumber = Meanings.AreNumbers(value.AsSingle(), value.AsSingle()).AsUInt32();
        return Vector128.ConditionalSelect(isNumber, value.AsUInt32(), Vector128.Create(F32Bits)).AsByte();
    }

    /// <inheritdoc cref="F32x4"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> F64x2(Vector128<byte> value)
    {
        Vector128<ulong> isNumber = Meanings.AreNumbers(value.AsDouble(), value.AsDouble()).AsUInt64();
        return Vector128.ConditionalSelect(isNumber, value.AsUInt64(), Vector128.Create(F64Bits)).AsByte();
    }
}
