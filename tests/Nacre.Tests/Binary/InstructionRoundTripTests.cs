using Nacre.Binary;
using Nacre.Syntax;
using Nacre.Tests.Syntax;

namespace Nacre.Tests.Binary;

/// <summary>What <see cref="InstructionWriter"/> writes for a row, <see cref="InstructionReader"/> reads.</summary>
public class InstructionRoundTripTests
{
    private const int Rounds = 20, CutRounds = 3;

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, SpecFile.Opcodes.Count)];

    [Theory, MemberData(nameof(Rows))]
    public void Immediates_written_are_read_back(int row)
    {
        var random = new RandomImmediates(new Random(row));
        var output = new ByteWriter();
        for (int round = 0; round < Rounds; round++)
        {
            output.Clear();
            Immediates expected = random.Next();
            new InstructionWriter(output).Write((Opcode)row, expected);

            var reader = new InstructionReader(output.Written, originOffset: 77, WasmFeatures.All);
            Assert.True(reader.Read());
            Assert.Equal((Opcode)row, reader.Opcode);
            Assert.Equal(77, reader.ByteOffset);
            Assert.Equal(77 + output.Count, reader.NextByteOffset);
            Assert.Equal(output.ToArray(), reader.Encoded.ToArray());
            AssertEqual(SpecFile.Words(SpecFile.Opcodes[row][2]), expected, reader);
            Assert.False(reader.Read());
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void An_instruction_cut_short_at_any_byte_is_malformed(int row)
    {
        var random = new RandomImmediates(new Random(row));
        var output = new ByteWriter();
        for (int round = 0; round < CutRounds; round++)
        {
            output.Clear();
            new InstructionWriter(output).Write((Opcode)row, random.Next());
            byte[] whole = output.ToArray();
            for (int count = 1; count < whole.Length; count++)
            {
                int cut = count;
                var error = Assert.Throws<MalformedModuleException>(() => new InstructionReader(whole.AsSpan(0, cut), 0, WasmFeatures.All).Read());
                Assert.Matches("^(unexpected end|length out of bounds)", error.Message);
            }
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void An_instruction_whose_features_are_off_is_illegal(int row)
    {
        WasmFeatures needed = OpcodeInfo.Feature((Opcode)row);
        foreach (WasmFeatures feature in WasmFeaturesInfo.Each.ToArray().Where(feature => (needed & feature) != 0))
        {
            var output = new ByteWriter();
            new InstructionWriter(output).Write((Opcode)row);
            var error = Assert.Throws<MalformedModuleException>(
                () => new InstructionReader(output.Written, originOffset: 5, WasmFeatures.All & ~feature).Read());
            Assert.StartsWith("illegal opcode ", error.Message, StringComparison.Ordinal);
            Assert.Contains($"{OpcodeInfo.Mnemonic((Opcode)row)} needs the feature {feature.Names()}", error.Message, StringComparison.Ordinal);
            Assert.Equal(5, error.ByteOffset);
        }
    }

    private static void AssertEqual(string[] words, in Immediates expected, InstructionReader actual)
    {
        int indices = 0, heaps = 0;
        foreach (string word in words)
        {
            switch (word.Split('.')[0])
            {
                case "block": Assert.Equal(expected.Block, actual.Block); break;
                case "labels": Assert.Equal(expected.Labels.ToArray(), LabelsOf(actual)); break;
                case "types": Assert.Equal(expected.Types.ToArray(), TypesOf(actual)); break;
                case "catches": Assert.Equal(expected.Catches.ToArray(), CatchesOf(actual)); break;
                case "heap" when heaps++ == 0: Assert.Equal(expected.Heap, actual.Heap); break;
                case "heap": Assert.Equal(expected.Heap2, actual.Heap2); break;
                case "castflags": Assert.Equal(expected.CastFlags, actual.CastFlags); break;
                case "lane": Assert.Equal(expected.Lane, actual.Lane); break;
                case "s32" or "f32": Assert.Equal((uint)expected.Bits, actual.Bits); break;
                case "s64" or "f64": Assert.Equal(expected.Bits, actual.Bits); break;
                case "v128" or "lanes": Assert.Equal((expected.Bits, expected.BitsHigh), (actual.Bits, actual.BitsHigh)); break;
                case "zero": break;
                case "memarg":
                    Assert.Equal((expected.AlignLog2, expected.MemoryIndex, expected.Offset), (actual.AlignLog2, actual.MemoryIndex, actual.Offset));
                    break;
                default: Assert.Equal(indices++ == 0 ? expected.Index : expected.Index2, indices == 1 ? actual.Index : actual.Index2); break;
            }
        }
    }

    private static List<uint> LabelsOf(InstructionReader reader)
    {
        var labels = new List<uint>();
        foreach (uint label in reader.Labels) labels.Add(label);
        return labels;
    }

    private static List<ValType> TypesOf(InstructionReader reader)
    {
        var types = new List<ValType>();
        foreach (ValType type in reader.Types) types.Add(type);
        return types;
    }

    private static List<CatchClause> CatchesOf(InstructionReader reader)
    {
        var clauses = new List<CatchClause>();
        foreach (CatchClause clause in reader.Catches) clauses.Add(clause);
        return clauses;
    }
}
