using System.Numerics;
using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <summary>What is done with an integer of which a part matters afterwards: an instruction with it and perhaps a constant.</summary>
/// <param name="Opcode">The instruction.</param>
/// <param name="Type">What it takes.</param>
/// <param name="Result">What it leaves.</param>
/// <param name="Constant">Its other operand; null when there is none.</param>
/// <param name="IsConstantFirst">Whether the constant is the first operand.</param>
/// <param name="Value">What becomes of a value.</param>
internal sealed record NarrowStep(Opcode Opcode, ValType Type, ValType Result, ulong? Constant, bool IsConstantFirst, Func<ulong, ulong> Value)
{
    private enum Other { None, Count, Either, First, Divisor }

    /// <summary>An instruction on integers of either width.</summary>
    /// <param name="Weight">How frequent it is.</param>
    /// <param name="Short">On <c>i32</c>.</param>
    /// <param name="Long">On <c>i64</c>.</param>
    /// <param name="Constant">Where its other operand stands, and what that is.</param>
    /// <param name="Value">Its result, of the operands as they stand and the width; what is above the width does not count.</param>
    /// <param name="IsTest">Whether the result is an <c>i32</c> in any case.</param>
    private sealed record Row(int Weight, Opcode Short, Opcode Long, Other Constant, Func<ulong, ulong, int, ulong> Value, bool IsTest = false);

    private static readonly Row[] s_rows =
    [
        new(14, Opcode.I32And, Opcode.I64And, Other.Either, (x, y, _) => x & y),
        new(6, Opcode.I32RemU, Opcode.I64RemU, Other.Divisor, (x, y, _) => x % y),
        new(6, Opcode.I32RemS, Opcode.I64RemS, Other.Divisor, (x, y, width) => (ulong)(Signed(x, width) % Signed(y, width))),
        new(6, Opcode.I32ShrU, Opcode.I64ShrU, Other.Count, (x, y, width) => x >> (int)(y % (ulong)width)),
        new(4, Opcode.I32ShrS, Opcode.I64ShrS, Other.Count, (x, y, width) => (ulong)(Signed(x, width) >> (int)(y % (ulong)width))),
        new(5, Opcode.I32Shl, Opcode.I64Shl, Other.Count, (x, y, width) => x << (int)(y % (ulong)width)),
        new(3, Opcode.I32Shl, Opcode.I64Shl, Other.First, (x, y, width) => x << (int)(y % (ulong)width)),
        new(3, Opcode.I32ShrS, Opcode.I64ShrS, Other.First, (x, y, width) => (ulong)(Signed(x, width) >> (int)(y % (ulong)width))),
        new(3, Opcode.I32ShrU, Opcode.I64ShrU, Other.First, (x, y, width) => x >> (int)(y % (ulong)width)),
        new(2, Opcode.I32Rotl, Opcode.I64Rotl, Other.Count, Rotate),
        new(2, Opcode.I32Rotl, Opcode.I64Rotl, Other.First, Rotate),
        new(4, Opcode.I32Extend8S, Opcode.I64Extend8S, Other.None, (x, _, _) => (ulong)(sbyte)x),
        new(4, Opcode.I32Extend16S, Opcode.I64Extend16S, Other.None, (x, _, _) => (ulong)(short)x),
        new(4, Opcode.I32Eqz, Opcode.I64Eqz, Other.None, (x, _, _) => x == 0 ? 1u : 0, IsTest: true),
        new(2, Opcode.I32Eq, Opcode.I64Eq, Other.Either, (x, y, _) => x == y ? 1u : 0, IsTest: true),
        new(2, Opcode.I32Ne, Opcode.I64Ne, Other.Either, (x, y, _) => x != y ? 1u : 0, IsTest: true),
        new(2, Opcode.I32LtU, Opcode.I64LtU, Other.Either, (x, y, _) => x < y ? 1u : 0, IsTest: true),
        new(2, Opcode.I32GtS, Opcode.I64GtS, Other.Either, (x, y, width) => Signed(x, width) > Signed(y, width) ? 1u : 0, IsTest: true),
        new(3, Opcode.I32Add, Opcode.I64Add, Other.Either, (x, y, _) => x + y),
        new(3, Opcode.I32Sub, Opcode.I64Sub, Other.Either, (x, y, _) => x - y),
        new(3, Opcode.I32Mul, Opcode.I64Mul, Other.Either, (x, y, _) => x * y),
        new(3, Opcode.I32Xor, Opcode.I64Xor, Other.Either, (x, y, _) => x ^ y),
        new(2, Opcode.I32Or, Opcode.I64Or, Other.Either, (x, y, _) => x | y),
        new(2, Opcode.I32DivU, Opcode.I64DivU, Other.Divisor, (x, y, _) => x / y),
        new(2, Opcode.I32Ctz, Opcode.I64Ctz, Other.None, (x, _, width) => Math.Min((ulong)BitOperations.TrailingZeroCount(x), (ulong)width)),
    ];

    private static readonly int[] s_weights = [.. s_rows.Select(row => row.Weight)];

    /// <summary>A step from a value of <paramref name="type"/>, <c>i32</c> or <c>i64</c>.</summary>
    public static NarrowStep Any(Dice dice, ValType type)
    {
        bool isLong = type == ValType.I64;
        if (dice.Once(8)) return Conversion(dice, isLong);
        int width = isLong ? 64 : 32;
        Row row = s_rows[dice.Weighted(s_weights)];
        bool isFirst = row.Constant == Other.First || (row.Constant == Other.Either && dice.Once(2));
        ulong mask = ulong.MaxValue >> (64 - width);
        ulong constant = row.Constant switch
        {
            Other.Count => (ulong)dice.Between(1, width - 1),
            Other.Divisor => Divisor(Number(dice, width), mask),
            _ => Number(dice, width),
        };
        return new(isLong ? row.Long : row.Short, type, row.IsTest ? ValType.I32 : type, row.Constant == Other.None ? null : constant, isFirst,
            x => mask & (isFirst ? row.Value(constant, x & mask, width) : row.Value(x & mask, constant, width)));
    }

    /// <summary>The step to <paramref name="type"/> from the other of <c>i32</c> and <c>i64</c>, without a sign.</summary>
    public static NarrowStep To(ValType type)
        => type == ValType.I32 ? new(Opcode.I32WrapI64, ValType.I64, type, null, false, x => (uint)x)
        : new(Opcode.I64ExtendI32U, ValType.I32, type, null, false, x => (uint)x);

    private static NarrowStep Conversion(Dice dice, bool isLong)
        => isLong && dice.Percent(80) ? To(ValType.I32)
        : isLong ? new(Opcode.I64Extend32S, ValType.I64, ValType.I64, null, false, x => (ulong)(int)x)
        : dice.Once(2) ? new(Opcode.I64ExtendI32S, ValType.I32, ValType.I64, null, false, x => (ulong)(int)x)
        : To(ValType.I64);

    // What cuts values: low masks, single bits, powers of two, a few bits on top, small numbers.
    private static ulong Number(Dice dice, int width) => dice.Below(8) switch
    {
        0 => 0xFF,
        1 => 0xFFFF,
        2 => (1ul << dice.Between(1, width - 1)) - 1,
        3 or 4 => 1ul << dice.Below(width),
        5 => (ulong)dice.Between(1, 12),
        6 => (ulong)-(long)dice.Between(1, 300) & (ulong.MaxValue >> (64 - width)),
        _ => dice.Next() >> (64 - width),
    };

    // Neither 1 nor −1, of which nothing remains or which overflows.
    private static ulong Divisor(ulong number, ulong mask) => number < 2 || number == mask ? 4 : number;

    private static long Signed(ulong x, int width) => width == 32 ? (int)x : (long)x;

    private static ulong Rotate(ulong x, ulong y, int width)
        => width == 32 ? BitOperations.RotateLeft((uint)x, (int)(y % 32)) : BitOperations.RotateLeft(x, (int)(y % 64));
}
