using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Nacre.Runtime;

internal static partial class Meanings
{
    public static V128 I8x16Splat(int value) => Vector128.Create((byte)value);
    public static int I8x16ExtractLaneS(V128 vector, byte lane) => vector.AsSByte().GetElement(lane);
    public static int I8x16ExtractLaneU(V128 vector, byte lane) => vector.GetElement(lane);
    public static V128 I8x16ReplaceLane(V128 vector, int value, byte lane) => vector.WithElement(lane, (byte)value);

    public static V128 I8x16Eq(V128 a, V128 b) => Vector128.Equals(a, b);
    public static V128 I8x16Ne(V128 a, V128 b) => ~Vector128.Equals(a, b);
    public static V128 I8x16LtS(V128 a, V128 b) => Vector128.LessThan(a.AsSByte(), b.AsSByte()).AsByte();
    public static V128 I8x16LtU(V128 a, V128 b) => Vector128.LessThan(a, b);
    public static V128 I8x16GtS(V128 a, V128 b) => Vector128.GreaterThan(a.AsSByte(), b.AsSByte()).AsByte();
    public static V128 I8x16GtU(V128 a, V128 b) => Vector128.GreaterThan(a, b);
    public static V128 I8x16LeS(V128 a, V128 b) => Vector128.LessThanOrEqual(a.AsSByte(), b.AsSByte()).AsByte();
    public static V128 I8x16LeU(V128 a, V128 b) => Vector128.LessThanOrEqual(a, b);
    public static V128 I8x16GeS(V128 a, V128 b) => Vector128.GreaterThanOrEqual(a.AsSByte(), b.AsSByte()).AsByte();
    public static V128 I8x16GeU(V128 a, V128 b) => Vector128.GreaterThanOrEqual(a, b);

    public static bool I8x16AllTrue(V128 vector) => !Vector128.EqualsAny(vector, V128.Zero);
    public static int I8x16Bitmask(V128 vector) => (int)Vector128.ExtractMostSignificantBits(vector);

    public static V128 I8x16Abs(V128 vector) => Absolute(vector.AsSByte()).AsByte();
    public static V128 I8x16Neg(V128 vector) => (-vector.AsSByte()).AsByte();

    /// <summary><c>i8x16.popcnt</c> : <c>[v128] → [v128]</c>, the number of bits set in each byte.</summary>
    public static V128 I8x16Popcnt(V128 vector)
    {
        if (AdvSimd.IsSupported) return AdvSimd.PopCount(vector);
        V128 ofNibble = Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
        return Vector128.ShuffleNative(ofNibble, vector & Vector128.Create((byte)0x0F)) + Vector128.ShuffleNative(ofNibble, vector >>> 4);
    }

    public static V128 I8x16Add(V128 a, V128 b) => a + b;
    public static V128 I8x16Sub(V128 a, V128 b) => a - b;
    public static V128 I8x16AddSatS(V128 a, V128 b) => Vector128.AddSaturate(a.AsSByte(), b.AsSByte()).AsByte();
    public static V128 I8x16AddSatU(V128 a, V128 b) => Vector128.AddSaturate(a, b);
    public static V128 I8x16SubSatS(V128 a, V128 b) => Vector128.SubtractSaturate(a.AsSByte(), b.AsSByte()).AsByte();
    public static V128 I8x16SubSatU(V128 a, V128 b) => Vector128.SubtractSaturate(a, b);
    public static V128 I8x16MinS(V128 a, V128 b) => Vector128.Min(a.AsSByte(), b.AsSByte()).AsByte();
    public static V128 I8x16MinU(V128 a, V128 b) => Vector128.Min(a, b);
    public static V128 I8x16MaxS(V128 a, V128 b) => Vector128.Max(a.AsSByte(), b.AsSByte()).AsByte();
    public static V128 I8x16MaxU(V128 a, V128 b) => Vector128.Max(a, b);

    /// <summary><c>i8x16.avgr_u</c> : <c>[v128 v128] → [v128]</c>, the average of unsigned lanes, rounded up.</summary>
    public static V128 I8x16AvgrU(V128 a, V128 b)
    {
        if (Sse2.IsSupported) return Sse2.Average(a, b);
        if (AdvSimd.IsSupported) return AdvSimd.FusedAddRoundedHalving(a, b);
        return (a | b) - ((a ^ b) >>> 1);
    }

    public static V128 I8x16Shl(V128 vector, int count) => vector << (count & 7);
    public static V128 I8x16ShrS(V128 vector, int count) => (vector.AsSByte() >> (count & 7)).AsByte();
    public static V128 I8x16ShrU(V128 vector, int count) => vector >>> (count & 7);
}
