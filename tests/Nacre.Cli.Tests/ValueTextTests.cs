using Nacre.Syntax;

namespace Nacre.Cli.Tests;

public sealed class ValueTextTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("18446744073709551615", -1L)]
    [InlineData("0xFFFF_FFFF_FFFF_FFFF", -1L)]
    public void I64_is_read_signed_or_unsigned(string text, long expected)
        => Assert.Equal(expected, ValueText.Parse(text, ValType.I64).AsInt64());

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+-1")]
    [InlineData("0x")]
    [InlineData("-9223372036854775809")]
    [InlineData("18446744073709551616")]
    [InlineData("1e3")]
    public void What_is_no_i64_is_refused(string text)
        => Assert.Throws<UsageException>(() => ValueText.Parse(text, ValType.I64));

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("-1e-3", -0.001)]
    [InlineData("0x1.8p3", 12.0)]
    [InlineData("-0x0.8", -0.5)]
    [InlineData("0x1p-1074", double.Epsilon)]
    [InlineData("0x1.fffffffffffffp1023", double.MaxValue)]
    [InlineData("0x1.00000000000008p0", 1.0)]
    [InlineData("0x1.00000000000018p0", 1.0000000000000004)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-inf", double.NegativeInfinity)]
    public void F64_is_read_to_the_nearest_number(string text, double expected)
        => Assert.Equal(expected, ValueText.Parse(text, ValType.F64).AsDouble());

    [Theory]
    [InlineData("nan", 0x7FC00000u)]
    [InlineData("-nan", 0xFFC00000u)]
    [InlineData("nan:0x1", 0x7F800001u)]
    [InlineData("-nan:0x7fffff", 0xFFFFFFFFu)]
    [InlineData("-0", 0x80000000u)]
    [InlineData("0x1p-149", 1u)]
    [InlineData("16777217", 0x4B800000u)]
    public void F32_is_read_bit_for_bit(string text, uint expected)
        => Assert.Equal(expected, BitConverter.SingleToUInt32Bits(ValueText.Parse(text, ValType.F32).AsSingle()));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("--1")]
    [InlineData("1e999")]
    [InlineData("0x1p1024")]
    [InlineData("nan:0x0")]
    [InlineData("nan:0x10000000000000")]
    [InlineData("Infinity")]
    [InlineData("NaN")]
    [InlineData("0xp1")]
    [InlineData("0x.8")]
    public void What_is_no_f64_is_refused(string text)
        => Assert.Throws<UsageException>(() => ValueText.Parse(text, ValType.F64));

    [Theory]
    [InlineData(0x7FF8000000000000UL, "nan")]
    [InlineData(0xFFF0000000000001UL, "-nan:0x1")]
    [InlineData(0xFFF0000000000000UL, "-inf")]
    [InlineData(0x3FF8000000000000UL, "1.5")]
    [InlineData(0x8000000000000000UL, "-0")]
    public void F64_is_printed_as_it_is_read(ulong bits, string text)
    {
        Assert.Equal(text, Value.FromDouble(BitConverter.UInt64BitsToDouble(bits)).ToString());
        Assert.Equal(bits, BitConverter.DoubleToUInt64Bits(ValueText.Parse(text, ValType.F64).AsDouble()));
    }

    [Fact]
    public void A_null_reference_can_be_given_and_a_vector_cannot()
    {
        Assert.Null(ValueText.Parse("null", ValType.Externref).AsReference());
        Assert.Throws<UsageException>(() => ValueText.Parse("0", ValType.V128));
    }
}
