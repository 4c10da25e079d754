using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Tests.Binary;

public class ExprReaderTests
{
    // Integers of every length, at and beyond what fits; alignments with and without a memory index; constants.
    private static readonly string[] s_immediates =
    [
        "", "00", "3F", "40", "7F", "80 00", "80 40", "C0 00", "BF 01", "FF 7F", "80 80 00", "FF FF 7F", "80 80 80 00", "FF FF FF 7F",
        "80 80 80 80 00", "80 80 80 80 07", "80 80 80 80 08", "80 80 80 80 0F", "80 80 80 80 10", "80 80 80 80 78", "80 80 80 80 80 00",
        "80 80 80 80 80 80 80 00", "80 80 80 80 80 80 80 80 00", "FF FF FF FF FF FF FF FF FF 00", "FF FF FF FF FF FF FF FF FF 01", "80 80 80 80 80 80 80 80 80 80 00",
        "02 00", "02 80 01", "02 80 80 80 80 00", "02 80 80 80 80 80 00", "02 FF FF FF FF 0F", "02 FF FF FF FF 1F", "40 00", "42 01 03", "42 80 01 80 02", "82 00 03", "80 80 80",
        "FF FF FF FF FF FF FF FF",
    ];

    public static TheoryData<WasmFeatures> FeatureSets =>
        [WasmFeatures.Standard, WasmFeatures.Wasm1, WasmFeatures.Standard & ~WasmFeatures.Memory64, WasmFeatures.Standard & ~WasmFeatures.MultiMemory];

    [Theory, MemberData(nameof(FeatureSets))]
    public void Passing_over_instructions_agrees_with_reading_them(WasmFeatures features)
    {
        for (int first = 0; first <= byte.MaxValue; first++)
        {
            if (OpcodeInfo.TryFromByte((byte)first, out Opcode opcode) && opcode == Opcode.Else) continue;
            foreach (string immediates in s_immediates)
            {
                // Far from the end, where instructions are passed over, and at the end, where they are read.
                foreach (string rest in new[] { string.Concat(Enumerable.Repeat("01", 24)) + "0B", "0B" })
                {
                    byte[] bytes = ModuleBytes.Of($"{first:X2}{immediates}{rest}");
                    string expected = Outcome(() => EndOf(bytes, features)), actual = Outcome(() => PassOver(bytes, features));
                    Assert.True(expected == actual, $"{Convert.ToHexString(bytes)}: read {expected}, passed over {actual}");
                }
            }
        }
    }

    [Fact]
    public void The_first_mention_of_a_data_segment_is_told_for_each_expression()
    {
        byte[] mentions = ModuleBytes.Of("01 FC 09 00 FC 09 00 0B"), none = ModuleBytes.Of("01 0B");
        Assert.Equal(1, DataMention(new ExprReader(mentions, WasmFeatures.All), mentions));
        Assert.Null(DataMention(new ExprReader(none, WasmFeatures.All), none));
    }

    private static int? DataMention(ExprReader reader, byte[] bytes)
    {
        var cursor = new BinaryCursor(bytes, originOffset: 0);
        reader.Read(ref cursor);
        return reader.DataMention;
    }

    private static int PassOver(byte[] bytes, WasmFeatures features)
    {
        var cursor = new BinaryCursor(bytes, originOffset: 0);
        new ExprReader(bytes, features).Read(ref cursor);
        return cursor.Offset;
    }

    private static int EndOf(byte[] bytes, WasmFeatures features)
    {
        var reader = new InstructionReader(bytes, originOffset: 0, features);
        for (int depth = 1; depth > 0;)
        {
            if (!reader.Read()) Malformed.Throw(Malformed.UnexpectedEnd, bytes.Length);
            if (reader.Opcode == Opcode.End) depth--;
            if (OpcodeInfo.Shape(reader.Opcode) is ImmediateShape.Block or ImmediateShape.BlockCatches) depth++;
        }
        return reader.NextByteOffset;
    }

    private static string Outcome(Func<int> end)
    {
        try
        {
            return $"to {end()}";
        }
        catch (WasmException exception)
        {
            return exception.Message;
        }
    }
}
