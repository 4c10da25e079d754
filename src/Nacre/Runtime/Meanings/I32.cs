using System.Numerics;
using Nacre.Syntax;

namespace Nacre.Runtime;

/// <summary>
/// The meanings of plain instructions: one method for each opcode, named as the opcode, with its operands in order as
/// parameters. Interpreter, compiler and constant expressions call the same methods.
/// </summary>
/// <remarks>
/// A comparison or test returns <see cref="bool"/> where the specification says <c>i32</c> 0 or 1: the caller converts, or
/// branches on it directly. Lane immediates follow the operands.
/// Spec: Execution, Numerics.
/// </remarks>
internal static partial class Meanings
{
    public static bool I32Eqz(int value) => value == 0;
    public static bool I32Eq(int a, int b) => a == b;
    public static bool I32Ne(int a, int b) => a != b;
    public static bool I32LtS(int a, int b) => a < b;
    public static bool I32LtU(int a, int b) => (uint)a < (uint)b;
    public static bool I32GtS(int a, int b) => a > b;
    public static bool I32GtU(int a, int b) => (uint)a > (uint)b;
    public static bool I32LeS(int a, int b) => a <= b;
    public static bool I32LeU(int a, int b) => (uint)a <= (uint)b;
    public static bool I32GeS(int a, int b) => a >= b;
    public static bool I32GeU(int a, int b) => (uint)a >= (uint)b;

    public static int I32Clz(int value) => BitOperations.LeadingZeroCount((uint)value);
    public static int I32Ctz(int value) => BitOperations.TrailingZeroCount(value);
    public static int I32Popcnt(int value) => BitOperations.PopCount((uint)value);

    public static int I32Add(int a, int b) => unchecked(a + b);
    public static int I32Sub(int a, int b) => unchecked(a - b);
    public static int I32Mul(int a, int b) => unchecked(a * b);

    /// <summary><c>i32.div_s</c> : <c>[i32 i32] → [i32]</c>, quotient rounded toward zero.</summary>
    /// <exception cref="TrapException">The divisor is 0, or the quotient is 2³¹.</exception>
    public static int I32DivS(int dividend, int divisor)
    {
        if (divisor == 0) Trap.Throw(TrapKind.DivideByZero);
        if (dividend == int.MinValue && divisor == -1) Trap.Throw(TrapKind.IntegerOverflow);
        return dividend / divisor;
    }

    /// <summary><c>i32.div_u</c> : <c>[i32 i32] → [i32]</c>, quotient rounded toward zero.</summary>
    /// <exception cref="TrapException">The divisor is 0.</exception>
    public static int I32DivU(int dividend, int divisor)
    {
        if (divisor == 0) Trap.Throw(TrapKind.DivideByZero);
        return (int)((uint)dividend / (uint)divisor);
    }

    /// <summary><c>i32.rem_s</c> : <c>[i32 i32] → [i32]</c>, remainder with the sign of the dividend.</summary>
    /// <exception cref="TrapException">The divisor is 0.</exception>
    public static int I32RemS(int dividend, int divisor)
    {
        if (divisor == 0) Trap.Throw(TrapKind.DivideByZero);
        return divisor == -1 ? 0 : dividend % divisor; // The machine's division overflows on the minimum by -1.
    }

    /// <summary><c>i32.rem_u</c> : <c>[i32 i32] → [i32]</c>, remainder.</summary>
    /// <exception cref="TrapException">The divisor is 0.</exception>
    public static int I32RemU(int dividend, int divisor)
    {
        if (divisor == 0) Trap.Throw(TrapKind.DivideByZero);
        return (int)((uint)dividend % (uint)divisor);
    }

    public static int I32And(int a, int b) => a & b;
    public static int I32Or(int a, int b) => a | b;
    public static int I32Xor(int a, int b) => a ^ b;

    // Shift counts are taken modulo 32, by WebAssembly and C# alike.
    public static int I32Shl(int value, int count) => value << count;
    public static int I32ShrS(int value, int count) => value >> count;
    public static int I32ShrU(int value, int count) => value >>> count;
    // RyuJIT writes a count that it knows into the instruction as it is, and one beyond 127 takes more bytes than belong to the instruction.
    public static int I32Rotl(int value, int count) => (int)BitOperations.RotateLeft((uint)value, count & 31);
    public static int I32Rotr(int value, int count) => (int)BitOperations.RotateRight((uint)value, count & 31);

    public static int I32Extend8S(int value) => (sbyte)value;
    public static int I32Extend16S(int value) => (short)value;
}
