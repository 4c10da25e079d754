using System.Globalization;
using Nacre.Binary;

namespace Nacre.Tests.Binary;

public class BinaryCursorTests
{
    private delegate object Read(ref BinaryCursor cursor);

    private static readonly Dictionary<string, Read> s_reads = new()
    {
        ["u32"] = (ref BinaryCursor cursor) => (decimal)cursor.ReadU32(),
        ["u64"] = (ref BinaryCursor cursor) => (decimal)cursor.ReadU64(),
        ["s32"] = (ref BinaryCursor cursor) => (decimal)cursor.ReadS32(),
        ["s33"] = (ref BinaryCursor cursor) => (decimal)cursor.ReadS33(),
        ["s64"] = (ref BinaryCursor cursor) => (decimal)cursor.ReadS64(),
        ["name"] = (ref BinaryCursor cursor) => cursor.ReadName(),
        ["count"] = (ref BinaryCursor cursor) => (decimal)cursor.ReadCount(),
    };

    [Theory]
    [InlineData("u32", "00", "0")]
    [InlineData("u32", "7F", "127")]
    [InlineData("u32", "8001", "128")]
    [InlineData("u32", "8080808000", "0")]
    [InlineData("u32", "FFFFFFFF0F", "4294967295")]
    [InlineData("u64", "7F", "127")]
    [InlineData("u64", "FFFFFFFFFFFFFFFFFF01", "18446744073709551615")]
    [InlineData("u64", "80808080808080808000", "0")]
    [InlineData("s32", "00", "0")]
    [InlineData("s32", "3F", "63")]
    [InlineData("s32", "40", "-64")]
    [InlineData("s32", "7F", "-1")]
    [InlineData("s32", "FF00", "127")]
    [InlineData("s32", "FFFFFFFF07", "2147483647")]
    [InlineData("s32", "8080808078", "-2147483648")]
    [InlineData("s32", "FFFFFFFF7F", "-1")]
    [InlineData("s33", "FFFFFFFF0F", "4294967295")]
    [InlineData("s33", "8080808070", "-4294967296")]
    [InlineData("s33", "70", "-16")]
    [InlineData("s64", "7F", "-1")]
    [InlineData("s64", "FFFFFFFFFFFFFFFFFF00", "9223372036854775807")]
    [InlineData("s64", "8080808080808080807F", "-9223372036854775808")]
    public void An_integer_is_read_whatever_its_length(string kind, string hex, string expected)
    {
        var cursor = new BinaryCursor(Convert.FromHexString(hex), originOffset: 0);
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), s_reads[kind](ref cursor));
        Assert.True(cursor.IsAtEnd);
    }

    [Theory]
    [InlineData("u32", "", "unexpected end", 0)]
    [InlineData("u32", "80", "unexpected end", 1)]
    [InlineData("u32", "808080808000", "integer representation too long", 5)]
    [InlineData("u32", "8080808010", "integer too large", 4)]
    [InlineData("u32", "8080808070", "integer too large", 4)]
    [InlineData("u64", "8080808080808080808000", "integer representation too long", 10)]
    [InlineData("u64", "80808080808080808002", "integer too large", 9)]
    [InlineData("s32", "808080808000", "integer representation too long", 5)]
    [InlineData("s32", "FFFFFFFF0F", "integer too large", 4)]
    [InlineData("s32", "8080808070", "integer too large", 4)]
    [InlineData("s33", "8080808010", "integer too large", 4)]
    [InlineData("s33", "FFFFFFFFFF7F", "integer representation too long", 5)]
    [InlineData("s64", "FFFFFFFFFFFFFFFFFFFF7F", "integer representation too long", 10)]
    [InlineData("s64", "8080808080808080807E", "integer too large", 9)]
    [InlineData("s64", "80808080808080808001", "integer too large", 9)]
    [InlineData("name", "026162", null, 0)]
    [InlineData("name", "0461", "length out of bounds", 0)]
    [InlineData("name", "0361", "length out of bounds", 0)]
    [InlineData("name", "0261", "unexpected end", 2)]
    [InlineData("name", "01FF", "malformed UTF-8 encoding", 1)]
    [InlineData("name", "03EDA080", "malformed UTF-8 encoding", 1)]
    [InlineData("name", "02C080", "malformed UTF-8 encoding", 1)]
    [InlineData("count", "FFFFFFFF0F", "length out of bounds", 0)]
    [InlineData("count", "020000", null, 0)]
    public void What_is_malformed_is_said_in_the_suites_words_at_the_byte(string kind, string hex, string? text, int offset)
    {
        const int origin = 1000;
        byte[] bytes = Convert.FromHexString(hex);
        Exception? error = Record.Exception(() =>
        {
            var cursor = new BinaryCursor(bytes, origin);
            s_reads[kind](ref cursor);
        });
        if (text is null)
        {
            Assert.Null(error);
            return;
        }
        var malformed = Assert.IsType<MalformedModuleException>(error);
        Assert.StartsWith(text, malformed.Message, StringComparison.Ordinal);
        Assert.Equal(origin + offset, malformed.ByteOffset);
    }

    [Fact]
    public void Integers_written_are_read_back()
    {
        var random = new Random(20240611);
        var writer = new ByteWriter(capacity: 1);
        for (int round = 0; round < 20_000; round++)
        {
            long value = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            writer.Clear();
            writer.WriteU32((uint)value);
            writer.WriteU64((ulong)value);
            writer.WriteS32((int)value);
            writer.WriteS64(value);
            writer.WriteFixed32((uint)value);
            writer.WriteFixed64((ulong)value);

            var cursor = new BinaryCursor(writer.Written, originOffset: 0);
            Assert.Equal((uint)value, cursor.ReadU32());
            Assert.Equal((ulong)value, cursor.ReadU64());
            Assert.Equal((int)value, cursor.ReadS32());
            Assert.Equal(value, cursor.ReadS64());
            Assert.Equal((uint)value, cursor.ReadFixed32());
            Assert.Equal((ulong)value, cursor.ReadFixed64());
            Assert.True(cursor.IsAtEnd);
        }
    }

    [Fact]
    public void A_name_written_is_read_back()
    {
        var writer = new ByteWriter(capacity: 1);
        writer.WriteName("Perlmutt 🐚\0");
        var cursor = new BinaryCursor(writer.ToArray(), originOffset: 0);
        Assert.Equal("Perlmutt 🐚\0", cursor.ReadName());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public void Bytes_beyond_the_end_are_refused(int count)
    {
        var error = Assert.Throws<MalformedModuleException>(() => new BinaryCursor([1, 2], originOffset: 5).ReadBytes(count));
        Assert.Equal(7, error.ByteOffset);
    }
}
