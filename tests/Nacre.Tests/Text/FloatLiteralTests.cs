using System.Globalization;
using System.Numerics;
using System.Text;
using Nacre.Text;

namespace Nacre.Tests.Text;

public class FloatLiteralTests
{
    private const int Rounds = 20_000;

    [Theory]
    [InlineData("0", 0x00000000u)]
    [InlineData("-0", 0x80000000u)]
    [InlineData("1", 0x3F800000u)]
    [InlineData("1.", 0x3F800000u)]
    [InlineData("+1_0.2_5e-0_1", 0x3F833333u)]
    [InlineData("0x1p-149", 0x00000001u)]
    [InlineData("0x1p-150", 0x00000000u)]                                // half of the smallest: a tie, to even
    [InlineData("0x1.000001p-150", 0x00000001u)]
    [InlineData("0x1.fffffep127", 0x7F7FFFFFu)]
    [InlineData("0x1.fffffefffffff8000000p127", 0x7F7FFFFFu)]
    [InlineData("0x1.0000010000000000000000000000000001p0", 0x3F800001u)] // just above a tie, far behind
    [InlineData("0x1.00000100000000000000000000000000p0", 0x3F800000u)]
    [InlineData("0x1.000003p0", 0x3F800002u)]
    [InlineData("0x0.000000000000000000000000000001p+20", 0x0D800000u)]
    [InlineData("0x1000000000000000000000000000000p-120", 0x3F800000u)]
    [InlineData("0x0p99999999999999999999", 0x00000000u)]
    [InlineData("0e99999999999999999999", 0x00000000u)]
    [InlineData("0x1p-99999999999999999999", 0x00000000u)]
    [InlineData("1e-99999999999999999999", 0x00000000u)]
    [InlineData("inf", 0x7F800000u)]
    [InlineData("-inf", 0xFF800000u)]
    [InlineData("nan", 0x7FC00000u)]
    [InlineData("-nan:0x1", 0xFF800001u)]
    [InlineData("nan:0x7f_ffff", 0x7FFFFFFFu)]
    public void A_literal_of_32_bits_is_rounded_once(string literal, uint bits)
    {
        Assert.True(IsNumber(literal));
        Assert.True(FloatLiteral.TryReadSingle(Encoding.ASCII.GetBytes(literal), out uint read));
        Assert.Equal(bits, read);
    }

    [Theory]
    [InlineData("0x1p128")]
    [InlineData("0x1.ffffffp127")]
    [InlineData("340282356779733661637539395458142568448")]
    [InlineData("1e99999999999999999999")]
    [InlineData("0x1p99999999999999999999")]
    [InlineData("nan:0x0")]
    [InlineData("nan:0x800000")]
    [InlineData("nan:0xffffffffffffffffff")]
    public void What_32_bits_cannot_hold_is_out_of_range(string literal)
        => Assert.False(FloatLiteral.TryReadSingle(Encoding.ASCII.GetBytes(literal), out _));

    [Theory]
    [InlineData("0x1p-1074", 0x0000000000000001ul)]
    [InlineData("0x1p-1075", 0x0000000000000000ul)]
    [InlineData("0x1.8p-1075", 0x0000000000000001ul)]
    [InlineData("0x1.fffffffffffffp1023", 0x7FEFFFFFFFFFFFFFul)]
    [InlineData("0x0.fffffffffffff8p-1022", 0x0010000000000000ul)]
    [InlineData("nan:0xf_ffff_ffff_ffff", 0x7FFFFFFFFFFFFFFFul)]
    [InlineData("2.2250738585072011e-308", 0x000FFFFFFFFFFFFFul)]
    [InlineData("1.7976931348623157e308", 0x7FEFFFFFFFFFFFFFul)]
    public void A_literal_of_64_bits_is_rounded_once(string literal, ulong bits)
    {
        Assert.True(FloatLiteral.TryReadDouble(Encoding.ASCII.GetBytes(literal), out ulong read));
        Assert.Equal(bits, read);
    }

    [Fact]
    public void Random_numbers_come_back_from_decimal_and_hexadecimal()
    {
        var random = new Random(20261121);
        for (int round = 0; round < Rounds; round++)
        {
            double number = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (!double.IsFinite(number)) continue;
            Check(number.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant(), number);
            Check(Hexadecimal(number), number);
        }
    }

    [Fact]
    public void Random_hexadecimal_literals_are_rounded_as_exact_arithmetic_rounds_them()
    {
        var random = new Random(3);
        for (int round = 0; round < Rounds; round++)
        {
            // Up to 30 digits, so that most do not fit, with runs of zeros and of ones that make ties.
            string digits = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(3) == 0 ? "0" : random.Next(2) == 0 ? "8" : random.Next(16).ToString("x", CultureInfo.InvariantCulture)));
            int point = random.Next(digits.Length + 1), exponent = random.Next(-160, 140);
            string literal = $"0x{(point == 0 ? "0" : digits[..point])}.{digits[point..]}p{exponent}";
            var exact = BigInteger.Parse("0" + digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            int scale = exponent - (4 * (digits.Length - point));
            uint expected = Rounded(exact, scale);
            bool isInRange = FloatLiteral.TryReadSingle(Encoding.ASCII.GetBytes(literal), out uint bits);
            Assert.Equal(expected != 0x7F800000, isInRange);
            if (isInRange) Assert.True(expected == bits, $"{literal}: {expected:x8} expected, {bits:x8} read");
        }
    }

    // The f32 nearest to mantissa × 2^scale, by integer arithmetic alone: ties to even.
    private static uint Rounded(BigInteger mantissa, int scale)
    {
        if (mantissa.IsZero) return 0;
        int top = (int)(mantissa.GetBitLength() - 1) + scale;
        int unit = Math.Max(top, -126) - 23;                                       // of the last place
        int shift = unit - scale;
        BigInteger kept, rest, half;
        if (shift <= 0) (kept, rest, half) = (mantissa << -shift, BigInteger.Zero, BigInteger.One);
        else (kept, rest, half) = (mantissa >> shift, mantissa & ((BigInteger.One << shift) - 1), BigInteger.One << (shift - 1));
        if (rest > half || (rest == half && !kept.IsEven)) kept++;
        if (kept.IsZero) return 0;
        double value = Math.ScaleB((double)kept, unit);                             // exact: 25 bits at most
        return value > float.MaxValue ? 0x7F800000 : BitConverter.SingleToUInt32Bits((float)value);
    }

    private static void Check(string literal, double number)
    {
        byte[] utf8 = Encoding.ASCII.GetBytes(literal);
        Assert.True(IsNumber(literal), literal);
        Assert.True(FloatLiteral.TryReadDouble(utf8, out ulong bits), literal);
        Assert.True(BitConverter.DoubleToUInt64Bits(number) == bits, literal);
        bool fits = float.IsFinite((float)number) || double.IsInfinity(number);
        Assert.Equal(fits, FloatLiteral.TryReadSingle(utf8, out uint single));
        if (fits && literal.Contains('x')) Assert.True(BitConverter.SingleToUInt32Bits((float)number) == single, literal);
    }

    private static string Hexadecimal(double number)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(number);
        int exponent = (int)(bits >> 52) & 0x7FF;
        ulong fraction = bits & 0xF_FFFF_FFFF_FFFF;
        string sign = (bits >> 63) != 0 ? "-" : "";
        return exponent == 0 ? $"{sign}0x0.{fraction:x13}p-1022" : $"{sign}0x1.{fraction:x13}p{exponent - 1023}";
    }

    private static bool IsNumber(string literal) => NumberLiteral.Classify(Encoding.ASCII.GetBytes(literal)) != TokenKind.Error;
}
