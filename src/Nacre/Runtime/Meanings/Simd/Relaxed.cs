using System.Runtime.Intrinsics;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Nacre.Runtime;

// Relaxed instructions. Of the results the specification allows, the same one on every machine: the one of the strict
// instruction where there is one.
internal static partial class Meanings
{
    public static V128 I8x16RelaxedSwizzle(V128 vector, V128 indices) => I8x16Swizzle(vector, indices);

    public static V128 I32x4RelaxedTruncF32x4S(V128 vector) => I32x4TruncSatF32x4S(vector);
    public static V128 I32x4RelaxedTruncF32x4U(V128 vector) => I32x4TruncSatF32x4U(vector);
    public static V128 I32x4RelaxedTruncF64x2SZero(V128 vector) => I32x4TruncSatF64x2SZero(vector);
    public static V128 I32x4RelaxedTruncF64x2UZero(V128 vector) => I32x4TruncSatF64x2UZero(vector);

    // Two roundings: the fused form has one, and is slow code where the processor lacks it.
    public static V128 F32x4RelaxedMadd(V128 a, V128 b, V128 c) => (a.AsSingle() * b.AsSingle() + c.AsSingle()).AsByte();
    public static V128 F32x4RelaxedNmadd(V128 a, V128 b, V128 c) => (c.AsSingle() - a.AsSingle() * b.AsSingle()).AsByte();
    public static V128 F64x2RelaxedMadd(V128 a, V128 b, V128 c) => (a.AsDouble() * b.AsDouble() + c.AsDouble()).AsByte();
    public static V128 F64x2RelaxedNmadd(V128 a, V128 b, V128 c) => (c.AsDouble() - a.AsDouble() * b.AsDouble()).AsByte();

    public static V128 I8x16RelaxedLaneselect(V128 a, V128 b, V128 mask) => V128Bitselect(a, b, mask);
    public static V128 I16x8RelaxedLaneselect(V128 a, V128 b, V128 mask) => V128Bitselect(a, b, mask);
    public static V128 I32x4RelaxedLaneselect(V128 a, V128 b, V128 mask) => V128Bitselect(a, b, mask);
    public static V128 I64x2RelaxedLaneselect(V128 a, V128 b, V128 mask) => V128Bitselect(a, b, mask);

    public static V128 F32x4RelaxedMin(V128 a, V128 b) => F32x4Min(a, b);
    public static V128 F32x4RelaxedMax(V128 a, V128 b) => F32x4Max(a, b);
    public static V128 F64x2RelaxedMin(V128 a, V128 b) => F64x2Min(a, b);
    public static V128 F64x2RelaxedMax(V128 a, V128 b) => F64x2Max(a, b);

    public static V128 I16x8RelaxedQ15mulrS(V128 a, V128 b) => I16x8Q15mulrSatS(a, b);

    /// <summary><c>i16x8.relaxed_dot_i8x16_i7x16_s</c> : <c>[v128 v128] → [v128]</c>, both sides taken as signed, sums wrap.</summary>
    public static V128 I16x8RelaxedDotI8x16I7x16S(V128 a, V128 b) =>
        (EvenSigned(a.AsInt16()) * EvenSigned(b.AsInt16()) + OddSigned(a.AsInt16()) * OddSigned(b.AsInt16())).AsByte();

    /// <summary><c>i32x4.relaxed_dot_i8x16_i7x16_add_s</c> : <c>[v128 v128 v128] → [v128]</c>, both sides taken as signed, sums wrap.</summary>
    public static V128 I32x4RelaxedDotI8x16I7x16AddS(V128 a, V128 b, V128 c) =>
        I32x4Add(I32x4ExtaddPairwiseI16x8S(I16x8RelaxedDotI8x16I7x16S(a, b)), c);
}
