using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Nacre.Runtime;

internal static partial class Meanings
{
    // Extension of one half to lanes of twice the width.
    public static V128 I16x8ExtendLowI8x16S(V128 vector) => Vector128.WidenLower(vector.AsSByte()).AsByte();
    public static V128 I16x8ExtendLowI8x16U(V128 vector) => Vector128.WidenLower(vector).AsByte();
    public static V128 I16x8ExtendHighI8x16S(V128 vector) => Vector128.WidenUpper(vector.AsSByte()).AsByte();
    public static V128 I16x8ExtendHighI8x16U(V128 vector) => Vector128.WidenUpper(vector).AsByte();
    public static V128 I32x4ExtendLowI16x8S(V128 vector) => Vector128.WidenLower(vector.AsInt16()).AsByte();
    public static V128 I32x4ExtendLowI16x8U(V128 vector) => Vector128.WidenLower(vector.AsUInt16()).AsByte();
    public static V128 I32x4ExtendHighI16x8S(V128 vector) => Vector128.WidenUpper(vector.AsInt16()).AsByte();
    public static V128 I32x4ExtendHighI16x8U(V128 vector) => Vector128.WidenUpper(vector.AsUInt16()).AsByte();
    public static V128 I64x2ExtendLowI32x4S(V128 vector) => Vector128.WidenLower(vector.AsInt32()).AsByte();
    public static V128 I64x2ExtendLowI32x4U(V128 vector) => Vector128.WidenLower(vector.AsUInt32()).AsByte();
    public static V128 I64x2ExtendHighI32x4S(V128 vector) => Vector128.WidenUpper(vector.AsInt32()).AsByte();
    public static V128 I64x2ExtendHighI32x4U(V128 vector) => Vector128.WidenUpper(vector.AsUInt32()).AsByte();

    // Products of one half, in lanes of twice the width, so that none overflows.
    public static V128 I16x8ExtmulLowI8x16S(V128 a, V128 b) => (Vector128.WidenLower(a.AsSByte()) * Vector128.WidenLower(b.AsSByte())).AsByte();
    public static V128 I16x8ExtmulLowI8x16U(V128 a, V128 b) => (Vector128.WidenLower(a) * Vector128.WidenLower(b)).AsByte();
    public static V128 I16x8ExtmulHighI8x16S(V128 a, V128 b) => (Vector128.WidenUpper(a.AsSByte()) * Vector128.WidenUpper(b.AsSByte())).AsByte();
    public static V128 I16x8ExtmulHighI8x16U(V128 a, V128 b) => (Vector128.WidenUpper(a) * Vector128.WidenUpper(b)).AsByte();

    /// <summary><c>i32x4.extmul_low_i16x8_s</c> : <c>[v128 v128] → [v128]</c>.</summary>
    public static V128 I32x4ExtmulLowI16x8S(V128 a, V128 b)
    {
        if (Sse2.IsSupported) return Sse2.UnpackLow(Sse2.MultiplyLow(a.AsInt16(), b.AsInt16()), Sse2.MultiplyHigh(a.AsInt16(), b.AsInt16())).AsByte();
        return (Vector128.WidenLower(a.AsInt16()) * Vector128.WidenLower(b.AsInt16())).AsByte();
    }

    /// <summary><c>i32x4.extmul_low_i16x8_u</c> : <c>[v128 v128] → [v128]</c>.</summary>
    public static V128 I32x4ExtmulLowI16x8U(V128 a, V128 b)
    {
        if (Sse2.IsSupported) return Sse2.UnpackLow(Sse2.MultiplyLow(a.AsUInt16(), b.AsUInt16()), Sse2.MultiplyHigh(a.AsUInt16(), b.AsUInt16())).AsByte();
        return (Vector128.WidenLower(a.AsUInt16()) * Vector128.WidenLower(b.AsUInt16())).AsByte();
    }

    /// <summary><c>i32x4.extmul_high_i16x8_s</c> : <c>[v128 v128] → [v128]</c>.</summary>
    public static V128 I32x4ExtmulHighI16x8S(V128 a, V128 b)
    {
        if (Sse2.IsSupported) return Sse2.UnpackHigh(Sse2.MultiplyLow(a.AsInt16(), b.AsInt16()), Sse2.MultiplyHigh(a.AsInt16(), b.AsInt16())).AsByte();
        return (Vector128.WidenUpper(a.AsInt16()) * Vector128.WidenUpper(b.AsInt16())).AsByte();
    }

    /// <summary><c>i32x4.extmul_high_i16x8_u</c> : <c>[v128 v128] → [v128]</c>.</summary>
    public static V128 I32x4ExtmulHighI16x8U(V128 a, V128 b)
    {
        if (Sse2.IsSupported) return Sse2.UnpackHigh(Sse2.MultiplyLow(a.AsUInt16(), b.AsUInt16()), Sse2.MultiplyHigh(a.AsUInt16(), b.AsUInt16())).AsByte();
        return (Vector128.WidenUpper(a.AsUInt16()) * Vector128.WidenUpper(b.AsUInt16())).AsByte();
    }

    /// <summary><c>i64x2.extmul_low_i32x4_s</c> : <c>[v128 v128] → [v128]</c>.</summary>
    public static V128 I64x2ExtmulLowI32x4S(V128 a, V128 b)
    {
        if (Sse41.IsSupported) return Sse41.Multiply(Sse2.UnpackLow(a.AsInt32(), a.AsInt32()), Sse2.UnpackLow(b.AsInt32(), b.AsInt32())).AsByte(); // Even lanes.
        if (AdvSimd.IsSupported) return AdvSimd.MultiplyWideningLower(a.AsInt32().GetLower(), b.AsInt32().GetLower()).AsByte();
        return (Vector128.WidenLower(a.AsInt32()) * Vector128.WidenLower(b.AsInt32())).AsByte();
    }

    /// <summary><c>i64x2.extmul_low_i32x4_u</c> : <c>[v128 v128] → [v128]</c>.</summary>
    public static V128 I64x2ExtmulLowI32x4U(V128 a, V128 b)
    {
        if (Sse2.IsSupported) return Sse2.Multiply(Sse2.UnpackLow(a.AsUInt32(), a.AsUInt32()), Sse2.UnpackLow(b.AsUInt32(), b.AsUInt32())).AsByte(); // Even lanes.
        if (AdvSimd.IsSupported) return AdvSimd.MultiplyWideningLower(a.AsUInt32().GetLower(), b.AsUInt32().GetLower()).AsByte();
        return (Vector128.WidenLower(a.AsUInt32()) * Vector128.WidenLower(b.AsUInt32())).AsByte();
    }

    /// <summary><c>i64x2.extmul_high_i32x4_s</c> : <c>[v128 v128] → [v128]</c>.</summary>
    public static V128 I64x2ExtmulHighI32x4S(V128 a, V128 b)
    {
        if (Sse41.IsSupported) return Sse41.Multiply(Sse2.UnpackHigh(a.AsInt32(), a.AsInt32()), Sse2.UnpackHigh(b.AsInt32(), b.AsInt32())).AsByte(); // Even lanes.
        if (AdvSimd.IsSupported) return AdvSimd.MultiplyWideningUpper(a.AsInt32(), b.AsInt32()).AsByte();
        return (Vector128.WidenUpper(a.AsInt32()) * Vector128.WidenUpper(b.AsInt32())).AsByte();
    }

    /// <summary><c>i64x2.extmul_high_i32x4_u</c> : <c>[v128 v128] → [v128]</c>.</summary>
    public static V128 I64x2ExtmulHighI32x4U(V128 a, V128 b)
    {
        if (Sse2.IsSupported) return Sse2.Multiply(Sse2.UnpackHigh(a.AsUInt32(), a.AsUInt32()), Sse2.UnpackHigh(b.AsUInt32(), b.AsUInt32())).AsByte(); // Even lanes.
        if (AdvSimd.IsSupported) return AdvSimd.MultiplyWideningUpper(a.AsUInt32(), b.AsUInt32()).AsByte();
        return (Vector128.WidenUpper(a.AsUInt32()) * Vector128.WidenUpper(b.AsUInt32())).AsByte();
    }
}
