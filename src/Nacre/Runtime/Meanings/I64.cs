using System.Numerics;
using Nacre.Syntax;

namespace Nacre.Runtime;

internal static partial class Meanings
{
    public static bool I64Eqz(long value) => value == 0;
    public static bool I64Eq(long a, long b) => a == b;
    public static bool I64Ne(long a, long b) => a != b;
    public static bool I64LtS(long a, long b) => a < b;
    public static bool I64LtU(long a, long b) => (ulong)a < (ulong)b;
    public static bool I64GtS(long a, long b) => a > b;
    public static bool I64GtU(long a, long b) => (ulong)a > (ulong)b;
    public static bool I64LeS(long a, long b) => a <= b;
    public static bool I64LeU(long a, long b) => (ulong)a <= (ulong)b;
    public static bool I64GeS(long a, long b) => a >= b;
    public static bool I64GeU(long a, long b) => (ulong)a >= (ulong)b;

    public static long I64Clz(long value) => BitOperations.LeadingZeroCount((ulong)value);
    public static long I64Ctz(long value) => BitOperations.TrailingZeroCount(value);
    public static long I64Popcnt(long value) => BitOperations.PopCount((ulong)value);

    public static long I64Add(long a, long b) => unchecked(a + b);
    public static long I64Sub(long a, long b) => unchecked(a - b);
    public static long I64Mul(long a, long b) => unchecked(a * b);

    /// <summary><c>i64.div_s</c> : <c>[i64 i64] → [i64]</c>, quotient rounded toward zero.</summary>
    /// <exception cref="TrapException">The divisor is 0, or the quotient is 2⁶³.</exception>
    public static long I64DivS(long dividend, long divisor)
    {
        if (divisor == 0) Trap.Throw(TrapKind.DivideByZero);
        if (dividend == long.MinValue && divisor == -1) Trap.Throw(TrapKind.IntegerOverflow);
        return dividend / divisor;
    }

    /// <summary><c>i64.div_u</c> : <c>[i64 i64] → [i64]</c>, quotient rounded toward zero.</summary>
    /// <exception cref="TrapException">The divisor is 0.</exception>
    public static long I64DivU(long dividend, long divisor)
    {
        if (divisor == 0) Trap.Throw(TrapKind.DivideByZero);
        return (long)((ulong)dividend / (ulong)divisor);
    }

    /// <summary><c>i64.rem_s</c> : <c>[i64 i64] → [i64]</c>, remainder with the sign of the dividend.</summary>
    /// <exception cref="TrapException">The divisor is 0.</exception>
    public static long I64RemS(long dividend, long divisor)
    {
        if (divisor == 0) Trap.Throw(TrapKind.DivideByZero);
        return divisor == -1 ? 0 : dividend % divisor; // The machine's division overflows on the minimum by -1.
    }

    /// <summary><c>i64.rem_u</c> : <c>[i64 i64] → [i64]</c>, remainder.</summary>
    /// <exception cref="TrapException">The divisor is 0.</exception>
    public static long I64RemU(long dividend, long divisor)
    {
        if (divisor == 0) Trap.Throw(TrapKind.DivideByZero);
        return (long)((ulong)dividend % (ulong)divisor);
    }

    public static long I64And(long a, long b) => a & b;
    public static long I64Or(long a, long b) => a | b;
    public static long I64Xor(long a, long b) => a ^ b;

    // Shift counts are taken modulo 64, by WebAssembly and C# alike.
    public static long I64Shl(long value, long count) => value << (int)count;
    public static long I64ShrS(long value, long count) => value >> (int)count;
    public static long I64ShrU(long value, long count) => value >>> (int)count;
    public static long I64Rotl(long value, long count) => (long)BitOperations.RotateLeft((ulong)value, (int)count & 63);    // See I32Rotl.
    public static long I64Rotr(long value, long count) => (long)BitOperations.RotateRight((ulong)value, (int)count & 63);

    public static long I64Extend8S(long value) => (sbyte)value;
    public static long I64Extend16S(long value) => (short)value;
    public static long I64Extend32S(long value) => (int)value;
}
