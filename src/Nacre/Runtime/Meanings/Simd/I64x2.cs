using System.Runtime.Intrinsics;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Nacre.Runtime;

internal static partial class Meanings
{
    public static V128 I64x2Splat(long value) => Vector128.Create(value).AsByte();
    public static long I64x2ExtractLane(V128 vector, byte lane) => vector.AsInt64().GetElement(lane);
    public static V128 I64x2ReplaceLane(V128 vector, long value, byte lane) => vector.AsInt64().WithElement(lane, value).AsByte();

    public static V128 I64x2Eq(V128 a, V128 b) => Vector128.Equals(a.AsInt64(), b.AsInt64()).AsByte();
    public static V128 I64x2Ne(V128 a, V128 b) => ~Vector128.Equals(a.AsInt64(), b.AsInt64()).AsByte();
    public static V128 I64x2LtS(V128 a, V128 b) => Vector128.LessThan(a.AsInt64(), b.AsInt64()).AsByte();
    public static V128 I64x2GtS(V128 a, V128 b) => Vector128.GreaterThan(a.AsInt64(), b.AsInt64()).AsByte();
    public static V128 I64x2LeS(V128 a, V128 b) => Vector128.LessThanOrEqual(a.AsInt64(), b.AsInt64()).AsByte();
    public static V128 I64x2GeS(V128 a, V128 b) => Vector128.GreaterThanOrEqual(a.AsInt64(), b.AsInt64()).AsByte();

    public static bool I64x2AllTrue(V128 vector) => !Vector128.EqualsAny(vector.AsUInt64(), Vector128<ulong>.Zero);
    public static int I64x2Bitmask(V128 vector) => (int)Vector128.ExtractMostSignificantBits(vector.AsUInt64());

    public static V128 I64x2Abs(V128 vector) => Absolute(vector.AsInt64()).AsByte();
    public static V128 I64x2Neg(V128 vector) => (-vector.AsInt64()).AsByte();
    public static V128 I64x2Add(V128 a, V128 b) => (a.AsInt64() + b.AsInt64()).AsByte();
    public static V128 I64x2Sub(V128 a, V128 b) => (a.AsInt64() - b.AsInt64()).AsByte();
    public static V128 I64x2Mul(V128 a, V128 b) => (a.AsInt64() * b.AsInt64()).AsByte();

    public static V128 I64x2Shl(V128 vector, int count) => (vector.AsInt64() << (count & 63)).AsByte();
    public static V128 I64x2ShrS(V128 vector, int count) => (vector.AsInt64() >> (count & 63)).AsByte();
    public static V128 I64x2ShrU(V128 vector, int count) => (vector.AsInt64() >>> (count & 63)).AsByte();
}
