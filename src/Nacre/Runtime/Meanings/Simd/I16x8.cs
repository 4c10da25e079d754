using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Nacre.Runtime;

internal static partial class Meanings
{
    public static V128 I16x8Splat(int value) => Vector128.Create((ushort)value).AsByte();
    public static int I16x8ExtractLaneS(V128 vector, byte lane) => vector.AsInt16().GetElement(lane);
    public static int I16x8ExtractLaneU(V128 vector, byte lane) => vector.AsUInt16().GetElement(lane);
    public static V128 I16x8ReplaceLane(V128 vector, int value, byte lane) => vector.AsUInt16().WithElement(lane, (ushort)value).AsByte();

    public static V128 I16x8Eq(V128 a, V128 b) => Vector128.Equals(a.AsInt16(), b.AsInt16()).AsByte();
    public static V128 I16x8Ne(V128 a, V128 b) => ~Vector128.Equals(a.AsInt16(), b.AsInt16()).AsByte();
    public static V128 I16x8LtS(V128 a, V128 b) => Vector128.LessThan(a.AsInt16(), b.AsInt16()).AsByte();
    public static V128 I16x8LtU(V128 a, V128 b) => Vector128.LessThan(a.AsUInt16(), b.AsUInt16()).AsByte();
    public static V128 I16x8GtS(V128 a, V128 b) => Vector128.GreaterThan(a.AsInt16(), b.AsInt16()).AsByte();
    public static V128 I16x8GtU(V128 a, V128 b) => Vector128.GreaterThan(a.AsUInt16(), b.AsUInt16()).AsByte();
    public static V128 I16x8LeS(V128 a, V128 b) => Vector128.LessThanOrEqual(a.AsInt16(), b.AsInt16()).AsByte();
    public static V128 I16x8LeU(V128 a, V128 b) => Vector128.LessThanOrEqual(a.AsUInt16(), b.AsUInt16()).AsByte();
    public static V128 I16x8GeS(V128 a, V128 b) => Vector128.GreaterThanOrEqual(a.AsInt16(), b.AsInt16()).AsByte();
    public static V128 I16x8GeU(V128 a, V128 b) => Vector128.GreaterThanOrEqual(a.AsUInt16(), b.AsUInt16()).AsByte();

    public static bool I16x8AllTrue(V128 vector) => !Vector128.EqualsAny(vector.AsUInt16(), Vector128<ushort>.Zero);
    public static int I16x8Bitmask(V128 vector) => (int)Vector128.ExtractMostSignificantBits(vector.AsUInt16());

    public static V128 I16x8Abs(V128 vector) => Absolute(vector.AsInt16()).AsByte();
    public static V128 I16x8Neg(V128 vector) => (-vector.AsInt16()).AsByte();
    public static V128 I16x8Add(V128 a, V128 b) => (a.AsInt16() + b.AsInt16()).AsByte();
    public static V128 I16x8Sub(V128 a, V128 b) => (a.AsInt16() - b.AsInt16()).AsByte();
    public static V128 I16x8Mul(V128 a, V128 b) => (a.AsInt16() * b.AsInt16()).AsByte();
    public static V128 I16x8AddSatS(V128 a, V128 b) => Vector128.AddSaturate(a.AsInt16(), b.AsInt16()).AsByte();
    public static V128 I16x8AddSatU(V128 a, V128 b) => Vector128.AddSaturate(a.AsUInt16(), b.AsUInt16()).AsByte();
    public static V128 I16x8SubSatS(V128 a, V128 b) => Vector128.SubtractSaturate(a.AsInt16(), b.AsInt16()).AsByte();
    public static V128 I16x8SubSatU(V128 a, V128 b) => Vector128.SubtractSaturate(a.AsUInt16(), b.AsUInt16()).AsByte();
    public static V128 I16x8MinS(V128 a, V128 b) => Vector128.Min(a.AsInt16(), b.AsInt16()).AsByte();
    public static V128 I16x8MinU(V128 a, V128 b) => Vector128.Min(a.AsUInt16(), b.AsUInt16()).AsByte();
    public static V128 I16x8MaxS(V128 a, V128 b) => Vector128.Max(a.AsInt16(), b.AsInt16()).AsByte();
    public static V128 I16x8MaxU(V128 a, V128 b) => Vector128.Max(a.AsUInt16(), b.AsUInt16()).AsByte();

    /// <summary><c>i16x8.avgr_u</c> : <c>[v128 v128] → [v128]</c>, the average of unsigned lanes, rounded up.</summary>
    public static V128 I16x8AvgrU(V128 a, V128 b)
    {
        if (Sse2.IsSupported) return Sse2.Average(a.AsUInt16(), b.AsUInt16()).AsByte();
        if (AdvSimd.IsSupported) return AdvSimd.FusedAddRoundedHalving(a.AsUInt16(), b.AsUInt16()).AsByte();
        return ((a.AsUInt16() | b.AsUInt16()) - ((a.AsUInt16() ^ b.AsUInt16()) >>> 1)).AsByte();
    }

    public static V128 I16x8Shl(V128 vector, int count) => (vector.AsInt16() << (count & 15)).AsByte();
    public static V128 I16x8ShrS(V128 vector, int count) => (vector.AsInt16() >> (count & 15)).AsByte();
    public static V128 I16x8ShrU(V128 vector, int count) => (vector.AsInt16() >>> (count & 15)).AsByte();

    /// <summary><c>i16x8.q15mulr_sat_s</c> : <c>[v128 v128] → [v128]</c>, the rounded product of Q15 fractions; -1 times -1 saturates.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V128 I16x8Q15mulrSatS(V128 a, V128 b)
    {
        if (Ssse3.IsSupported)
        {
            // Only -1 times -1 gives the minimum, by wrapping; flipping all its bits makes it the maximum.
            Vector128<short> product = Ssse3.MultiplyHighRoundScale(a.AsInt16(), b.AsInt16());
            return (product ^ Vector128.Equals(product, Vector128.Create(short.MinValue))).AsByte();
        }
        if (AdvSimd.IsSupported) return AdvSimd.MultiplyRoundedDoublingSaturateHigh(a.AsInt16(), b.AsInt16()).AsByte();
        Vector128<int> half = Vector128.Create(0x4000);
        Vector128<int> lower = Vector128.WidenLower(a.AsInt16()) * Vector128.WidenLower(b.AsInt16());
        Vector128<int> upper = Vector128.WidenUpper(a.AsInt16()) * Vector128.WidenUpper(b.AsInt16());
        return Vector128.NarrowWithSaturation((lower + half) >> 15, (upper + half) >> 15).AsByte();
    }
}
