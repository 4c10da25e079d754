using System.Runtime.Intrinsics;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Nacre.Runtime;

internal static partial class Meanings
{
    public static V128 I32x4Splat(int value) => Vector128.Create(value).AsByte();
    public static int I32x4ExtractLane(V128 vector, byte lane) => vector.AsInt32().GetElement(lane);
    public static V128 I32x4ReplaceLane(V128 vector, int value, byte lane) => vector.AsInt32().WithElement(lane, value).AsByte();

    public static V128 I32x4Eq(V128 a, V128 b) => Vector128.Equals(a.AsInt32(), b.AsInt32()).AsByte();
    public static V128 I32x4Ne(V128 a, V128 b) => ~Vector128.Equals(a.AsInt32(), b.AsInt32()).AsByte();
    public static V128 I32x4LtS(V128 a, V128 b) => Vector128.LessThan(a.AsInt32(), b.AsInt32()).AsByte();
    public static V128 I32x4LtU(V128 a, V128 b) => Vector128.LessThan(a.AsUInt32(), b.AsUInt32()).AsByte();
    public static V128 I32x4GtS(V128 a, V128 b) => Vector128.GreaterThan(a.AsInt32(), b.AsInt32()).AsByte();
    public static V128 I32x4GtU(V128 a, V128 b) => Vector128.GreaterThan(a.AsUInt32(), b.AsUInt32()).AsByte();
    public static V128 I32x4LeS(V128 a, V128 b) => Vector128.LessThanOrEqual(a.AsInt32(), b.AsInt32()).AsByte();
    public static V128 I32x4LeU(V128 a, V128 b) => Vector128.LessThanOrEqual(a.AsUInt32(), b.AsUInt32()).AsByte();
    public static V128 I32x4GeS(V128 a, V128 b) => Vector128.GreaterThanOrEqual(a.AsInt32(), b.AsInt32()).AsByte();
    public static V128 I32x4GeU(V128 a, V128 b) => Vector128.GreaterThanOrEqual(a.AsUInt32(), b.AsUInt32()).AsByte();

    public static bool I32x4AllTrue(V128 vector) => !Vector128.EqualsAny(vector.AsUInt32(), Vector128<uint>.Zero);
    public static int I32x4Bitmask(V128 vector) => (int)Vector128.ExtractMostSignificantBits(vector.AsUInt32());

    public static V128 I32x4Abs(V128 vector) => Absolute(vector.AsInt32()).AsByte();
    public static V128 I32x4Neg(V128 vector) => (-vector.AsInt32()).AsByte();
    public static V128 I32x4Add(V128 a, V128 b) => (a.AsInt32() + b.AsInt32()).AsByte();
    public static V128 I32x4Sub(V128 a, V128 b) => (a.AsInt32() - b.AsInt32()).AsByte();
    public static V128 I32x4Mul(V128 a, V128 b) => (a.AsInt32() * b.AsInt32()).AsByte();
    public static V128 I32x4MinS(V128 a, V128 b) => Vector128.Min(a.AsInt32(), b.AsInt32()).AsByte();
    public static V128 I32x4MinU(V128 a, V128 b) => Vector128.Min(a.AsUInt32(), b.AsUInt32()).AsByte();
    public static V128 I32x4MaxS(V128 a, V128 b) => Vector128.Max(a.AsInt32(), b.AsInt32()).AsByte();
    public static V128 I32x4MaxU(V128 a, V128 b) => Vector128.Max(a.AsUInt32(), b.AsUInt32()).AsByte();

    public static V128 I32x4Shl(V128 vector, int count) => (vector.AsInt32() << (count & 31)).AsByte();
    public static V128 I32x4ShrS(V128 vector, int count) => (vector.AsInt32() >> (count & 31)).AsByte();
    public static V128 I32x4ShrU(V128 vector, int count) => (vector.AsInt32() >>> (count & 31)).AsByte();
}
