namespace Nacre.Generators.Opcodes;

/// <summary>A row of <c>traps.txt</c>.</summary>
internal sealed record TrapRow(string Spelling, bool IsExhaustion, string Text)
{
    /// <summary>The kind's member of <c>TrapKind</c> or <c>ExhaustionKind</c>.</summary>
    public string Name => SpecName.Pascal(Spelling);

    /// <summary>Reads the list.</summary>
    public static SpecList<TrapRow> Parse(IEnumerable<SpecRow> rows)
    {
        var list = new SpecListBuilder<TrapRow>();
        return list.Read(rows, columnCount: 3, row =>
        {
            string spelling = row.Columns[0], family = row.Columns[1];
            if (!SpecName.IsValid(spelling, "-")) return list.Reject(row, SpecDiagnostics.BadName, spelling, "-");
            return family is "trap" or "exhaustion"
                ? new TrapRow(spelling, IsExhaustion: family == "exhaustion", row.Columns[2])
                : list.Reject(row, SpecDiagnostics.UnknownFamily, family);
        }, trap => trap.Name);
    }
}
