using System.Numerics;

namespace Nacre.Syntax;

/// <summary>Names and texts of features, as <c>spec/features.txt</c> lists them.</summary>
public static partial class WasmFeaturesInfo
{
    /// <summary>Every feature, one by one, in the order of their bits.</summary>
    public static ReadOnlySpan<WasmFeatures> Each => Singles;

    /// <summary>The names of all features in <paramref name="features"/>, as <c>tail-calls gc</c>; <c>core</c> when there is none.</summary>
    public static string Names(this WasmFeatures features)
    {
        var names = new List<string>(BitOperations.PopCount((ulong)features));
        foreach (WasmFeatures feature in Singles)
        {
            if ((features & feature) != 0) names.Add(SpellingOf(feature)!);
        }
        return names.Count == 0 ? "core" : string.Join(' ', names);
    }

    /// <summary>One line about a single feature; null when <paramref name="feature"/> is not a single one.</summary>
    public static string? Text(this WasmFeatures feature) => TextOf(feature);

    /// <summary>Finds a feature or preset (<c>wasm1</c>, <c>wasm2</c>, <c>wasm3</c>, <c>standard</c>, <c>all</c>) by its name.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TryParse(string name, out WasmFeatures features)
    {
        features = ByName(name);
        return features != WasmFeatures.None;
    }
}
