namespace Nacre.Generators.Opcodes;

/// <summary>Writes the flags <c>WasmFeatures</c> and the look-ups by name.</summary>
internal static class FeatureEmitter
{
    /// <summary>A bit for each feature, then the presets; names and texts beside them.</summary>
    public static string Emit(Spec spec)
    {
        var code = new CodeWriter("spec/features.txt");
        code.Line("namespace Nacre.Syntax;");
        code.Line();
        EmitFlags(code, spec);
        code.Line();
        EmitInfo(code, spec);
        return code.ToString();
    }

    private static void EmitFlags(CodeWriter code, Spec spec)
    {
        code.Summary("What modules may use beyond the core that every module may use.");
        code.Line("[Flags]");
        code.Open("public enum WasmFeatures : ulong");
        code.Summary("The core alone.");
        code.Line("None = 0,");
        for (int bit = 0; bit < spec.Features.Count; bit++)
        {
            code.Summary($"{spec.Features[bit].Text}.");
            code.Line($"{spec.Features[bit].Name} = 1UL << {bit},");
        }
        foreach (string preset in FeatureRow.KnownPresets)
        {
            code.Summary($"The preset {preset}.");
            code.Line($"{SpecName.Pascal(preset)} = {Union(spec.Features.Where(feature => feature.Presets.Contains(preset)))},");
        }
        code.Summary("Everything there is.");
        code.Line($"All = {Union(spec.Features)},");
        code.Close();
    }

    private static void EmitInfo(CodeWriter code, Spec spec)
    {
        code.Open("public static partial class WasmFeaturesInfo");
        code.Table("WasmFeatures", "Singles", spec.Features.Select(feature => $"WasmFeatures.{feature.Name}"));
        Switch("private static string? SpellingOf(WasmFeatures feature) => feature switch",
            feature => $"WasmFeatures.{feature.Name} => \"{feature.Spelling}\"", "_ => null");
        Switch("private static string? TextOf(WasmFeatures feature) => feature switch",
            feature => $"WasmFeatures.{feature.Name} => \"{feature.Text}\"", "_ => null");
        Switch("private static WasmFeatures ByName(string name) => name switch",
            feature => $"\"{feature.Spelling}\" => WasmFeatures.{feature.Name}",
            [.. FeatureRow.KnownPresets.Select(preset => $"\"{preset}\" => WasmFeatures.{SpecName.Pascal(preset)}"), "\"all\" => WasmFeatures.All", "_ => WasmFeatures.None"]);
        code.Close();

        void Switch(string head, Func<FeatureRow, string> arm, params string[] rest)
        {
            code.Open(head);
            foreach (FeatureRow feature in spec.Features) code.Line($"{arm(feature)},");
            foreach (string line in rest) code.Line($"{line},");
            code.Close("};");
            code.Line();
        }
    }

    private static string Union(IEnumerable<FeatureRow> features)
    {
        string[] names = [.. features.Select(feature => feature.Name)];
        return names.Length == 0 ? "0" : string.Join(" | ", names);
    }
}
