namespace Nacre.Runtime;

// 128-bit integers as pairs of a low and a high i64. Results [low high]: the low half is returned.
internal static partial class Meanings
{
    /// <summary><c>i64.add128</c> : <c>[i64 i64 i64 i64] → [i64 i64]</c>.</summary>
    public static long I64Add128(long lowA, long highA, long lowB, long highB, out long high)
    {
        long low = lowA + lowB;
        high = highA + highB + ((ulong)low < (ulong)lowA ? 1 : 0); // A sum below an operand has wrapped.
        return low;
    }

    /// <summary><c>i64.sub128</c> : <c>[i64 i64 i64 i64] → [i64 i64]</c>.</summary>
    public static long I64Sub128(long lowA, long highA, long lowB, long highB, out long high)
    {
        high = highA - highB - ((ulong)lowA < (ulong)lowB ? 1 : 0);
        return lowA - lowB;
    }

    /// <summary><c>i64.mul_wide_s</c> : <c>[i64 i64] → [i64 i64]</c>, the whole signed product.</summary>
    public static long I64MulWideS(long a, long b, out long high)
    {
        high = Math.BigMul(a, b, out long low);
        return low;
    }

    /// <summary><c>i64.mul_wide_u</c> : <c>[i64 i64] → [i64 i64]</c>, the whole unsigned product.</summary>
    public static long I64MulWideU(long a, long b, out long high)
    {
        high = (long)Math.BigMul((ulong)a, (ulong)b, out ulong low);
        return (long)low;
    }
}
