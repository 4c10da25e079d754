namespace Nacre.Generators.Opcodes;

/// <summary>A row of <c>features.txt</c>.</summary>
internal sealed record FeatureRow(string Spelling, EquatableArray<string> Presets, string Text)
{
    /// <summary>The presets there are, in the order of the enumeration.</summary>
    public static readonly string[] KnownPresets = ["wasm1", "wasm2", "wasm3", "standard"];

    /// <summary>The feature's member of <c>WasmFeatures</c>.</summary>
    public string Name => SpecName.Pascal(Spelling);

    /// <summary>Reads the list.</summary>
    public static SpecList<FeatureRow> Parse(IEnumerable<SpecRow> rows)
    {
        var list = new SpecListBuilder<FeatureRow>();
        return list.Read(rows, columnCount: 3, row =>
        {
            string spelling = row.Columns[0];
            if (!SpecName.IsValid(spelling, "-") || spelling == OpcodeRow.CoreFeature) return list.Reject(row, SpecDiagnostics.BadName, spelling, "-");
            EquatableArray<string> presets = row.Words(1);
            return presets.FirstOrDefault(preset => !KnownPresets.Contains(preset)) is { } unknown
                ? list.Reject(row, SpecDiagnostics.UnknownPreset, unknown)
                : new FeatureRow(spelling, presets, row.Columns[2]);
        }, feature => feature.Name);
    }
}
