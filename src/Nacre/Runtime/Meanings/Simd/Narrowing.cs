using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Nacre.Runtime;

internal static partial class Meanings
{
    public static V128 I8x16NarrowI16x8S(V128 a, V128 b) => Vector128.NarrowWithSaturation(a.AsInt16(), b.AsInt16()).AsByte();
    public static V128 I16x8NarrowI32x4S(V128 a, V128 b) => Vector128.NarrowWithSaturation(a.AsInt32(), b.AsInt32()).AsByte();

    /// <summary><c>i8x16.narrow_i16x8_u</c> : <c>[v128 v128] → [v128]</c>, signed lanes brought into the unsigned range.</summary>
    public static V128 I8x16NarrowI16x8U(V128 a, V128 b)
    {
        if (Sse2.IsSupported) return Sse2.PackUnsignedSaturate(a.AsInt16(), b.AsInt16());
        if (AdvSimd.IsSupported)
            return AdvSimd.ExtractNarrowingSaturateUnsignedUpper(AdvSimd.ExtractNarrowingSaturateUnsignedLower(a.AsInt16()), b.AsInt16());
        return Vector128.NarrowWithSaturation(NotNegative(a.AsInt16()).AsUInt16(), NotNegative(b.AsInt16()).AsUInt16());
    }

    /// <summary><c>i16x8.narrow_i32x4_u</c> : <c>[v128 v128] → [v128]</c>, signed lanes brought into the unsigned range.</summary>
    public static V128 I16x8NarrowI32x4U(V128 a, V128 b)
    {
        if (Sse41.IsSupported) return Sse41.PackUnsignedSaturate(a.AsInt32(), b.AsInt32()).AsByte();
        if (AdvSimd.IsSupported)
            return AdvSimd.ExtractNarrowingSaturateUnsignedUpper(AdvSimd.ExtractNarrowingSaturateUnsignedLower(a.AsInt32()), b.AsInt32()).AsByte();
        return Vector128.NarrowWithSaturation(NotNegative(a.AsInt32()).AsUInt32(), NotNegative(b.AsInt32()).AsUInt32()).AsByte();
    }

    private static Vector128<T> NotNegative<T>(Vector128<T> lanes) => Vector128.Max(lanes, Vector128<T>.Zero);
}
