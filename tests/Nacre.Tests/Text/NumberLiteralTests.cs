using System.Text;
using Nacre.Text;

namespace Nacre.Tests.Text;

public class NumberLiteralTests
{
    [Theory]
    [InlineData("0", TokenKind.Nat)]
    [InlineData("1_000", TokenKind.Nat)]
    [InlineData("0xFfF_0", TokenKind.Nat)]
    [InlineData("+1", TokenKind.Int)]
    [InlineData("-0x1", TokenKind.Int)]
    [InlineData("1.", TokenKind.Float)]
    [InlineData("1e1_0", TokenKind.Float)]
    [InlineData("1E+1", TokenKind.Float)]
    [InlineData("0x.1", TokenKind.Error)]
    [InlineData("0x1.p-3", TokenKind.Float)]
    [InlineData("inf", TokenKind.Float)]
    [InlineData("-nan:0x1", TokenKind.Float)]
    [InlineData("nan:1", TokenKind.Error)]
    [InlineData("nan:0x", TokenKind.Error)]
    [InlineData("_1", TokenKind.Error)]
    [InlineData("1_", TokenKind.Error)]
    [InlineData("1__0", TokenKind.Error)]
    [InlineData("0x", TokenKind.Error)]
    [InlineData("0X1", TokenKind.Error)]
    [InlineData("1e", TokenKind.Error)]
    [InlineData("1e0x1", TokenKind.Error)]
    [InlineData("0x1e1", TokenKind.Nat)]
    [InlineData("1.e1_", TokenKind.Error)]
    [InlineData("+", TokenKind.Error)]
    [InlineData("+-1", TokenKind.Error)]
    [InlineData("1a", TokenKind.Error)]
    internal void A_word_is_a_number_when_its_grammar_says_so(string word, TokenKind kind)
        => Assert.Equal(kind, NumberLiteral.Classify(Encoding.ASCII.GetBytes(word)));

    [Theory]
    [InlineData("255", 8, 0xFFul)]
    [InlineData("-128", 8, 0x80ul)]
    [InlineData("+127", 8, 0x7Ful)]
    [InlineData("-0x8000_0000", 32, 0x8000_0000ul)]
    [InlineData("4294967295", 32, 0xFFFF_FFFFul)]
    [InlineData("-1", 32, 0xFFFF_FFFFul)]
    [InlineData("18446744073709551615", 64, 0xFFFF_FFFF_FFFF_FFFFul)]
    [InlineData("-9223372036854775808", 64, 0x8000_0000_0000_0000ul)]
    [InlineData("0000000000000000000000000000000000001", 64, 1ul)]
    public void An_integer_is_read_signed_or_unsigned(string literal, int bitCount, ulong bits)
    {
        Assert.True(NumberLiteral.TryReadInt(Encoding.ASCII.GetBytes(literal), bitCount, out ulong read));
        Assert.Equal(bits, read);
    }

    [Theory]
    [InlineData("256", 8)]
    [InlineData("-129", 8)]
    [InlineData("4294967296", 32)]
    [InlineData("-2147483649", 32)]
    [InlineData("18446744073709551616", 64)]
    [InlineData("-9223372036854775809", 64)]
    [InlineData("0x1_0000_0000_0000_0000", 64)]
    [InlineData("99999999999999999999999999999999", 64)]
    public void An_integer_that_does_not_fit_is_out_of_range(string literal, int bitCount)
        => Assert.False(NumberLiteral.TryReadInt(Encoding.ASCII.GetBytes(literal), bitCount, out _));

    [Fact]
    public void Every_keyword_is_found_by_its_spelling()
    {
        foreach (Keyword keyword in Enum.GetValues<Keyword>())
        {
            if (keyword == Keyword.None) continue;
            Assert.Equal((int)keyword, Words.Find(Encoding.ASCII.GetBytes(Words.Spelling(keyword))));
        }
        Assert.Equal("datacount", Words.Spelling(Keyword.DataCount));
    }
}
