using System.Globalization;

namespace Nacre.Generators.Opcodes;

/// <summary>Writes the tables behind <c>OpcodeInfo</c>: constants laid out in the assembly, so that nothing runs at start-up.</summary>
internal static class OpcodeTableEmitter
{
    private const string Illegal = "IllegalCode", Prefix = "PrefixCode", NoSignature = "NoSignature";

    /// <summary>The tables, indexed by opcode, by byte, by number after a prefix, or by shape of immediates.</summary>
    public static string Emit(Spec spec)
    {
        var code = new CodeWriter("spec/opcodes.txt");
        code.Line("namespace Nacre.Syntax;");
        code.Line();
        code.Open("public static partial class OpcodeInfo");
        code.Summary("Number of instructions.");
        code.Line($"public const int Count = {spec.Opcodes.Count};");
        code.Line();
        EmitCodes(code, spec);
        EmitMnemonics(code, spec);
        code.Table("ImmediateShape", "Shapes", spec.Opcodes.Select(row => $"ImmediateShape.{row.Immediates.ShapeName}"));
        code.Table("WasmFeatures", "FeaturesNeeded", spec.Opcodes.Select(FeaturesOf));
        EmitSignatures(code, spec);
        EmitTraps(code, spec);
        code.Table("byte", "AlignmentsByShape", spec.Shapes.Select(shape => Number(shape.ArgumentOf("memarg"))));
        code.Table("byte", "LaneCountsByShape", spec.Shapes.Select(shape => Number(shape.ArgumentOf("lane"))));
        code.Close();
        return code.ToString();
    }

    private static void EmitCodes(CodeWriter code, Spec spec)
    {
        OpcodeRow[] rows = [.. spec.Opcodes];
        byte[] prefixes = [.. rows.Where(row => row.Code.Prefix != 0).Select(row => row.Code.Prefix).Distinct()];

        code.Table("byte", "Prefixes", rows.Select(row => Number(row.Code.Prefix)));
        code.Table("ushort", "Codes", rows.Select(row => Number((int)row.Code.Number)));
        code.Table("ushort", "ByByte", Enumerable.Range(0, 256).Select(first =>
            prefixes.Contains((byte)first) ? Prefix : PositionOf(rows, new OpcodeCode(0, (uint)first))));

        code.Open("private static ReadOnlySpan<ushort> ByNumber(byte prefix) => prefix switch");
        foreach (byte prefix in prefixes) code.Line($"0x{prefix:X2} => ByNumber{prefix:X2},");
        code.Line("_ => default,");
        code.Close("};");
        code.Line();
        foreach (byte prefix in prefixes)
        {
            uint last = rows.Where(row => row.Code.Prefix == prefix).Max(row => row.Code.Number);
            code.Table("ushort", $"ByNumber{prefix:X2}",
                Enumerable.Range(0, (int)last + 1).Select(number => PositionOf(rows, new OpcodeCode(prefix, (uint)number))));
        }
    }

    private static string PositionOf(OpcodeRow[] rows, OpcodeCode wanted)
    {
        int position = Array.FindIndex(rows, row => row.Code == wanted);
        return position < 0 ? Illegal : Number(position);
    }

    private static void EmitMnemonics(CodeWriter code, Spec spec)
    {
        int end = 0;
        code.Line($"private static ReadOnlySpan<byte> MnemonicText => \"{string.Concat(spec.Opcodes.Select(row => row.Mnemonic))}\"u8;");
        code.Line();
        code.Table("ushort", "MnemonicEnds", spec.Opcodes.Select(row => Number(end += row.Mnemonic.Length)));
    }

    private static void EmitSignatures(CodeWriter code, Spec spec)
    {
        var pool = new Pool();
        string[] starts = [.. spec.Opcodes.Select(row => row.Signature is { } signature
            ? Number(pool.Place([.. signature.Operands.Concat(signature.Results).Select(word => $"OperandType.{Signature.MemberOf(word)}")]))
            : NoSignature)];
        code.Table("ushort", "SignatureStarts", starts);
        code.Table("byte", "OperandCounts", spec.Opcodes.Select(row => Number(row.Signature?.Operands.Count ?? 0)));
        code.Table("byte", "ResultCounts", spec.Opcodes.Select(row => Number(row.Signature?.Results.Count ?? 0)));
        code.Table("OperandType", "SignaturePool", pool.Items);
    }

    private static void EmitTraps(CodeWriter code, Spec spec)
    {
        var pool = new Pool();
        code.Table("ushort", "TrapStarts", spec.Opcodes.Select(row
            => Number(pool.Place([.. row.Traps.Select(trap => $"TrapKind.{SpecName.Pascal(trap)}")]))));
        code.Table("byte", "TrapCounts", spec.Opcodes.Select(row => Number(row.Traps.Count)));
        code.Table("TrapKind", "TrapPool", pool.Items);
    }

    private static string FeaturesOf(OpcodeRow row) => row.Features.Count == 0
        ? "WasmFeatures.None"
        : string.Join(" | ", row.Features.Select(feature => $"WasmFeatures.{SpecName.Pascal(feature)}"));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Runs of words laid one after another; a run that is already there is used again.</summary>
    private sealed class Pool
    {
        public List<string> Items { get; } = [];

        public int Place(string[] run)
        {
            for (int start = 0; start + run.Length <= Items.Count; start++)
            {
                if (Items.Skip(start).Take(run.Length).SequenceEqual(run)) return start;
            }
            Items.AddRange(run);
            return Items.Count - run.Length;
        }
    }
}
