using Nacre.Syntax;

namespace Nacre.Scripts;

/// <summary>Which features the scripts of a folder of the official suite are written for.</summary>
public static class SuiteFolders
{
    // The first folder that the path goes through decides.
    private static readonly (string Folder, WasmFeatures Features)[] s_table =
    [
        ("proposals/threads", (WasmFeatures.Wasm2 & ~(WasmFeatures.Simd | WasmFeatures.ReferenceTypes)) | WasmFeatures.Threads),   // forked in 2020
        ("proposals/threads-upstream", WasmFeatures.Wasm3 | WasmFeatures.Threads),
        ("proposals/custom-page-sizes", WasmFeatures.Wasm3 | WasmFeatures.CustomPageSizes),
        ("proposals/wide-arithmetic", WasmFeatures.Wasm3 | WasmFeatures.WideArithmetic),
        ("legacy", WasmFeatures.Wasm3 | WasmFeatures.LegacyExceptions),
        ("custom", WasmFeatures.Wasm3 | WasmFeatures.BranchHints),
        ("core", WasmFeatures.Wasm3),
    ];

    /// <summary>The features for a script; all there are when it is in no folder of the suite.</summary>
    public static WasmFeatures FeaturesFor(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string unified = $"/{path.Replace('\\', '/')}";
        foreach ((string folder, WasmFeatures features) in s_table)
        {
            if (unified.Contains($"/{folder}/", StringComparison.Ordinal)) return features;
        }
        return WasmFeatures.All;
    }
}
