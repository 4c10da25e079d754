using Nacre.Syntax;
using static Nacre.Runtime.Meanings;

namespace Nacre.Tests.Runtime.Meanings;

public class IntegerTests
{
    private static void Traps(TrapKind kind, Func<object> meaning) => Assert.Equal(kind, Assert.Throws<TrapException>(meaning).Kind);

    [Theory]
    [InlineData(0), InlineData(1), InlineData(-1), InlineData(int.MinValue)]
    public void Division_by_zero_traps(int dividend)
    {
        Traps(TrapKind.DivideByZero, () => I32DivS(dividend, 0));
        Traps(TrapKind.DivideByZero, () => I32DivU(dividend, 0));
        Traps(TrapKind.DivideByZero, () => I32RemS(dividend, 0));
        Traps(TrapKind.DivideByZero, () => I32RemU(dividend, 0));
        Traps(TrapKind.DivideByZero, () => I64DivS(dividend, 0));
        Traps(TrapKind.DivideByZero, () => I64DivU(dividend, 0));
        Traps(TrapKind.DivideByZero, () => I64RemS(dividend, 0));
        Traps(TrapKind.DivideByZero, () => I64RemU(dividend, 0));
    }

    [Fact]
    public void The_minimum_divided_by_minus_one_traps_with_integer_overflow()
    {
        Traps(TrapKind.IntegerOverflow, () => I32DivS(int.MinValue, -1));
        Traps(TrapKind.IntegerOverflow, () => I64DivS(long.MinValue, -1));
    }

    [Fact]
    public void The_minimum_modulo_minus_one_is_zero()
    {
        Assert.Equal(0, I32RemS(int.MinValue, -1));
        Assert.Equal(0, I64RemS(long.MinValue, -1));
        Assert.Equal(0, I32DivU(int.MinValue, -1));
        Assert.Equal(int.MinValue, I32RemU(int.MinValue, -1));
        Assert.Equal(long.MinValue, I64RemU(long.MinValue, -1));
    }

    [Theory]
    [InlineData(7, 2, 3, 1), InlineData(-7, 2, -3, -1), InlineData(7, -2, -3, 1), InlineData(-7, -2, 3, -1)]
    public void Signed_division_rounds_toward_zero_and_the_remainder_has_the_sign_of_the_dividend(int a, int b, int quotient, int remainder)
    {
        Assert.Equal((quotient, remainder), (I32DivS(a, b), I32RemS(a, b)));
        Assert.Equal((quotient, remainder), ((int)I64DivS(a, b), (int)I64RemS(a, b)));
    }

    [Fact]
    public void Unsigned_operations_take_the_sign_bit_as_a_digit()
    {
        Assert.Equal(int.MaxValue, I32DivU(-1, 2));
        Assert.Equal(long.MaxValue, I64DivU(-1, 2));
        Assert.Equal(5, I32RemU(-1, 10));
        Assert.Equal(5, I64RemU(-1, 10));
        Assert.True(I32LtU(1, -1) && I32LeU(1, -1) && I32GtU(-1, 1) && I32GeU(-1, 1));
        Assert.True(I64LtU(1, -1) && I64LeU(1, -1) && I64GtU(-1, 1) && I64GeU(-1, 1));
        Assert.True(I32GtS(1, -1) && I32GeS(1, -1) && I32LtS(-1, 1) && I32LeS(-1, 1));
        Assert.True(I64GtS(1, -1) && I64GeS(1, -1) && I64LtS(-1, 1) && I64LeS(-1, 1));
    }

    [Fact]
    public void Sums_and_products_wrap()
    {
        Assert.Equal(int.MinValue, I32Add(int.MaxValue, 1));
        Assert.Equal(int.MaxValue, I32Sub(int.MinValue, 1));
        Assert.Equal(1, I32Mul(-1, -1));
        Assert.Equal(0, I32Mul(0x10000, 0x10000));
        Assert.Equal(long.MinValue, I64Add(long.MaxValue, 1));
        Assert.Equal(long.MaxValue, I64Sub(long.MinValue, 1));
        Assert.Equal(0, I64Mul(1L << 32, 1L << 32));
    }

    [Theory]
    [InlineData(1), InlineData(33), InlineData(65), InlineData(-31)]
    public void Shift_counts_of_32_bits_are_taken_modulo_32(int count)
    {
        Assert.Equal(2, I32Shl(1, count));
        Assert.Equal(-2, I32ShrS(-4, count));
        Assert.Equal(int.MaxValue - 1, I32ShrU(-4, count));
        Assert.Equal(1, I32Rotl(int.MinValue, count));
        Assert.Equal(int.MinValue, I32Rotr(1, count));
    }

    [Theory]
    [InlineData(1), InlineData(65), InlineData(-63), InlineData((1L << 32) + 1), InlineData((1L << 40) + 1)]
    public void Shift_counts_of_64_bits_are_taken_modulo_64(long count)
    {
        Assert.Equal(2, I64Shl(1, count));
        Assert.Equal(-2, I64ShrS(-4, count));
        Assert.Equal(long.MaxValue - 1, I64ShrU(-4, count));
        Assert.Equal(1, I64Rotl(long.MinValue, count));
        Assert.Equal(long.MinValue, I64Rotr(1, count));
    }

    [Fact]
    public void Zeros_are_counted_to_the_width_when_no_bit_is_set()
    {
        Assert.Equal((32, 32, 0), (I32Clz(0), I32Ctz(0), I32Popcnt(0)));
        Assert.Equal((64L, 64L, 0L), (I64Clz(0), I64Ctz(0), I64Popcnt(0)));
        Assert.Equal((0, 0, 32), (I32Clz(-1), I32Ctz(-1), I32Popcnt(-1)));
        Assert.Equal((0L, 0L, 64L), (I64Clz(-1), I64Ctz(-1), I64Popcnt(-1)));
        Assert.Equal((23, 8), (I32Clz(0x100), I32Ctz(0x100)));
        Assert.Equal((23L, 40L), (I64Clz(1L << 40), I64Ctz(1L << 40)));
    }

    [Fact]
    public void Extension_copies_the_sign_of_the_low_bits_and_forgets_the_rest()
    {
        Assert.Equal((-128, 0x7F), (I32Extend8S(0x12345680), I32Extend8S(unchecked((int)0xFFFFFF7F))));
        Assert.Equal((-32768, 0x7FFF), (I32Extend16S(0x12348000), I32Extend16S(unchecked((int)0xFFFF7FFF))));
        Assert.Equal((-128L, 0x7FL), (I64Extend8S(0x1234567812345680), I64Extend8S(-129)));
        Assert.Equal((-32768L, 0x7FFFL), (I64Extend16S(0x8000), I64Extend16S(-32769)));
        Assert.Equal((int.MinValue, (long)int.MaxValue), (I64Extend32S(0x0123456780000000), I64Extend32S(int.MinValue - 1L)));
    }

    [Fact]
    public void Tests_for_zero_look_at_every_bit()
    {
        Assert.True(I32Eqz(0) && I64Eqz(0));
        Assert.False(I32Eqz(int.MinValue) || I64Eqz(long.MinValue) || I64Eqz(1L << 32));
    }
}
