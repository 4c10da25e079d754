using System.Globalization;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Tests.Binary;

public class InstructionReaderTests
{
    [Fact]
    public void Instructions_come_one_after_another_until_the_bytes_are_used_up()
    {
        var output = new ByteWriter();
        var writer = new InstructionWriter(output);
        writer.Write(Opcode.Block, new BlockType(ValType.I32));
        writer.WriteConst(-5);
        writer.Write(Opcode.LocalGet, 200);
        writer.Write(Opcode.I32Add);
        writer.WriteAccess(Opcode.I32Load, alignLog2: 2, offset: 16, memoryIndex: 1);
        writer.Write(Opcode.CallIndirect, 3, 4);
        writer.Write(Opcode.End);

        var reader = new InstructionReader(output.Written, originOffset: 10, WasmFeatures.All);
        var seen = new List<(int ByteOffset, Opcode Opcode)>();
        while (reader.Read()) seen.Add((reader.ByteOffset, reader.Opcode));
        Assert.Equal(
            [
                (10, Opcode.Block), (12, Opcode.I32Const), (14, Opcode.LocalGet), (17, Opcode.I32Add),
                (18, Opcode.I32Load), (22, Opcode.CallIndirect), (25, Opcode.End),
            ],
            seen);
        Assert.False(reader.Read());
    }

    [Fact]
    public void Constants_keep_every_bit()
    {
        var output = new ByteWriter();
        var writer = new InstructionWriter(output);
        writer.WriteConst(-1);
        writer.WriteConst(-1L);
        // Signalling NaNs that the JIT compiler cannot see: folding them would make them quiet.
        writer.WriteConst(BitConverter.UInt32BitsToSingle(uint.Parse("7FA00001", NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
        writer.WriteConst(BitConverter.UInt64BitsToDouble(ulong.Parse("FFF4000000000001", NumberStyles.HexNumber, CultureInfo.InvariantCulture)));

        var reader = new InstructionReader(output.Written, originOffset: 0, WasmFeatures.None);
        var bits = new List<ulong>();
        while (reader.Read()) bits.Add(reader.Bits);
        Assert.Equal([0xFFFF_FFFF, ulong.MaxValue, 0x7FA0_0001, 0xFFF4_0000_0000_0001], bits);
    }

    [Theory]
    [InlineData("FF", "illegal opcode ff", 0)]
    [InlineData("01C5", "illegal opcode c5", 1)]
    [InlineData("16", "illegal opcode 16", 0)]
    [InlineData("FD9A01", "illegal opcode fd 9a", 0)]
    [InlineData("FC12", "illegal opcode fc 12", 0)]
    [InlineData("FB1F", "illegal opcode fb 1f", 0)]
    [InlineData("FE04", "illegal opcode fe 04", 0)]
    [InlineData("FCFFFFFFFF0F", "illegal opcode fc ffffffff", 0)]
    [InlineData("FC808080808000", "integer representation too long", 6)]
    [InlineData("FC", "unexpected end", 1)]
    [InlineData("4180808080808000", "integer representation too long", 6)]
    [InlineData("418080808070", "integer too large", 5)]
    [InlineData("43000000", "unexpected end", 4)]
    [InlineData("28800100", "malformed memop flags", 1)]
    [InlineData("28FF7F00", "malformed memop flags", 1)]
    [InlineData("0E0500", "length out of bounds", 1)]
    [InlineData("0241", "malformed value type", 1)]
    [InlineData("02FF7F", "malformed block type", 1)]
    [InlineData("D041", "malformed heap type", 1)]
    [InlineData("1C0140", "malformed value type", 2)]
    [InlineData("1F40010400", "malformed catch clause", 3)]
    [InlineData("FB1804000000", "malformed br_on_cast flags", 2)]
    [InlineData("FE0301", "zero byte expected", 2)]
    public void What_is_malformed_is_said_in_the_suites_words_at_the_byte(string hex, string text, int offset)
    {
        byte[] bytes = Convert.FromHexString(hex);
        var error = Assert.Throws<MalformedModuleException>(() =>
        {
            var reader = new InstructionReader(bytes, originOffset: 500, WasmFeatures.All);
            while (reader.Read()) { }
        });
        Assert.StartsWith(text, error.Message, StringComparison.Ordinal);
        Assert.Equal(500 + offset, error.ByteOffset);
    }

    [Theory]
    [InlineData("3F01", WasmFeatures.MultiMemory, "zero byte expected")]
    [InlineData("3F8000", WasmFeatures.MultiMemory, "zero byte expected")]
    [InlineData("FC0B01", WasmFeatures.MultiMemory, "zero byte expected")]
    [InlineData("28420100", WasmFeatures.MultiMemory, "malformed memop flags")]
    [InlineData("110001", WasmFeatures.ReferenceTypes, "zero byte expected")]
    [InlineData("28028080808010", WasmFeatures.Memory64, "integer too large")]
    [InlineData("0200", WasmFeatures.MultiValue, "malformed block type: a type index needs the feature multi-value")]
    [InlineData("027B", WasmFeatures.Simd, "malformed value type: v128 needs the feature simd")]
    public void Immediates_are_narrower_without_the_feature_that_widened_them(string hex, WasmFeatures feature, string text)
    {
        byte[] bytes = Convert.FromHexString(hex);
        Assert.True(new InstructionReader(bytes, 0, WasmFeatures.All).Read());
        var error = Assert.Throws<MalformedModuleException>(() => new InstructionReader(bytes, 0, WasmFeatures.All & ~feature).Read());
        Assert.StartsWith(text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arbitrary_bytes_are_read_or_refused_and_nothing_else()
    {
        var random = new Random(7);
        byte[] bytes = new byte[64];
        for (int round = 0; round < 50_000; round++)
        {
            random.NextBytes(bytes);
            Exception? error = Record.Exception(() =>
            {
                var reader = new InstructionReader(bytes, 0, (WasmFeatures)random.NextInt64() & WasmFeatures.All);
                while (reader.Read()) { }
            });
            Assert.True(error is null or MalformedModuleException or InvalidModuleException, error?.ToString());
        }
    }
}
