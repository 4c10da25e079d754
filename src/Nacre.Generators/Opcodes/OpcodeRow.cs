namespace Nacre.Generators.Opcodes;

/// <summary>A row of <c>opcodes.txt</c>, understood.</summary>
/// <param name="Code">The code.</param>
/// <param name="Mnemonic">The spelling in the text format.</param>
/// <param name="Name">The member of <c>Opcode</c>.</param>
/// <param name="Immediates">What follows the code.</param>
/// <param name="Signature">The fixed signature; null where a person writes the rule.</param>
/// <param name="Traps">Spellings of the traps.</param>
/// <param name="Features">Spellings of the features needed; empty for the core.</param>
/// <param name="Place">Where the row stands.</param>
internal sealed record OpcodeRow(
    OpcodeCode Code, string Mnemonic, string Name, ImmediateList Immediates, Signature? Signature,
    EquatableArray<string> Traps, EquatableArray<string> Features, RowPlace Place)
{
    /// <summary>The feature column of what every module may use.</summary>
    public const string CoreFeature = "core";

    /// <summary>Reads the list, with the spellings the last two columns may use.</summary>
    public static SpecList<OpcodeRow> Parse(IEnumerable<SpecRow> rows, ISet<string> traps, ISet<string> features)
    {
        var list = new SpecListBuilder<OpcodeRow>();
        OpcodeCode? previous = null;
        return list.Read(rows, columnCount: 6, row =>
        {
            if (OpcodeCode.Parse(row.Columns[0]) is not { } code) return list.Reject(row, SpecDiagnostics.BadCode, row.Columns[0]);
            bool inOrder = previous is not { } before || code.CompareTo(before) > 0;
            previous = code;
            return inOrder
                ? ParseAfterCode(list, row, code, traps, features)
                : list.Reject(row, SpecDiagnostics.CodeOrder, row.Columns[0]);
        }, opcode => opcode.Name);
    }

    private static OpcodeRow? ParseAfterCode(
        SpecListBuilder<OpcodeRow> list, SpecRow row, OpcodeCode code, ISet<string> traps, ISet<string> features)
    {
        string spelling = row.Columns[1], shape = row.Columns[3];
        if (!SpecName.IsValid(spelling, "._/")) return list.Reject(row, SpecDiagnostics.BadName, spelling, ". _ /");
        if (ImmediateList.Parse(row.Words(2), out string unknown) is not { } immediates)
            return list.Reject(row, SpecDiagnostics.UnknownImmediate, unknown);

        Signature? signature = shape == "*" ? null : Signature.Parse(shape);
        if (signature is null && shape != "*") return list.Reject(row, SpecDiagnostics.BadSignature, shape);
        if (row.Words(4).FirstOrDefault(trap => !traps.Contains(trap)) is { } unknownTrap)
            return list.Reject(row, SpecDiagnostics.UnknownTrap, unknownTrap);

        EquatableArray<string> needed = row.Columns[5] == CoreFeature ? default : row.Columns[5].Split(' ').ToEquatableArray();
        if (needed.FirstOrDefault(feature => !features.Contains(feature)) is { } unknownFeature)
            return list.Reject(row, SpecDiagnostics.UnknownFeature, unknownFeature);

        return new OpcodeRow(code, spelling.Split('/')[0], SpecName.Pascal(spelling), immediates, signature, row.Words(4), needed, row.Place);
    }
}
