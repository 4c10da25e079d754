using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Nacre.Runtime;

internal static partial class Meanings
{
    /// <summary><c>i16x8.extadd_pairwise_i8x16_s</c> : <c>[v128] → [v128]</c>, the sums of adjacent lanes, in twice the width.</summary>
    public static V128 I16x8ExtaddPairwiseI8x16S(V128 vector)
    {
        if (Ssse3.IsSupported) return Ssse3.MultiplyAddAdjacent(Vector128.Create((byte)1), vector.AsSByte()).AsByte();
        if (AdvSimd.IsSupported) return AdvSimd.AddPairwiseWidening(vector.AsSByte()).AsByte();
        return (EvenSigned(vector.AsInt16()) + OddSigned(vector.AsInt16())).AsByte();
    }

    /// <summary><c>i16x8.extadd_pairwise_i8x16_u</c> : <c>[v128] → [v128]</c>, the sums of adjacent lanes, in twice the width.</summary>
    public static V128 I16x8ExtaddPairwiseI8x16U(V128 vector)
    {
        if (Ssse3.IsSupported) return Ssse3.MultiplyAddAdjacent(vector, Vector128.Create((sbyte)1)).AsByte();
        if (AdvSimd.IsSupported) return AdvSimd.AddPairwiseWidening(vector).AsByte();
        return ((vector.AsUInt16() & Vector128.Create((ushort)0xFF)) + (vector.AsUInt16() >>> 8)).AsByte();
    }

    /// <summary><c>i32x4.extadd_pairwise_i16x8_s</c> : <c>[v128] → [v128]</c>, the sums of adjacent lanes, in twice the width.</summary>
    public static V128 I32x4ExtaddPairwiseI16x8S(V128 vector)
    {
        if (Sse2.IsSupported) return Sse2.MultiplyAddAdjacent(vector.AsInt16(), Vector128.Create((short)1)).AsByte();
        if (AdvSimd.IsSupported) return AdvSimd.AddPairwiseWidening(vector.AsInt16()).AsByte();
        return (EvenSigned(vector.AsInt32()) + OddSigned(vector.AsInt32())).AsByte();
    }

    /// <summary><c>i32x4.extadd_pairwise_i16x8_u</c> : <c>[v128] → [v128]</c>, the sums of adjacent lanes, in twice the width.</summary>
    public static V128 I32x4ExtaddPairwiseI16x8U(V128 vector)
    {
        if (AdvSimd.IsSupported) return AdvSimd.AddPairwiseWidening(vector.AsUInt16()).AsByte();
        return ((vector.AsUInt32() & Vector128.Create(0xFFFFu)) + (vector.AsUInt32() >>> 16)).AsByte();
    }

    /// <summary><c>i32x4.dot_i16x8_s</c> : <c>[v128 v128] → [v128]</c>, the sums of adjacent signed products.</summary>
    public static V128 I32x4DotI16x8S(V128 a, V128 b)
    {
        if (Sse2.IsSupported) return Sse2.MultiplyAddAdjacent(a.AsInt16(), b.AsInt16()).AsByte();
        return (EvenSigned(a.AsInt32()) * EvenSigned(b.AsInt32()) + OddSigned(a.AsInt32()) * OddSigned(b.AsInt32())).AsByte();
    }

    // Every other lane of half the width, sign-extended.
    private static Vector128<short> EvenSigned(Vector128<short> lanes) => lanes << 8 >> 8;
    private static Vector128<short> OddSigned(Vector128<short> lanes) => lanes >> 8;
    private static Vector128<int> EvenSigned(Vector128<int> lanes) => lanes << 16 >> 16;
    private static Vector128<int> OddSigned(Vector128<int> lanes) => lanes >> 16;
}
