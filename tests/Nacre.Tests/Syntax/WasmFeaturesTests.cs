using Nacre.Syntax;

namespace Nacre.Tests.Syntax;

public class WasmFeaturesTests
{
    public static TheoryData<int> Rows => [.. Enumerable.Range(0, SpecFile.Features.Count)];

    [Theory, MemberData(nameof(Rows))]
    public void Each_column_of_a_feature_is_what_the_look_ups_answer(int row)
    {
        string[] columns = SpecFile.Features[row];
        var feature = (WasmFeatures)(1UL << row);
        Assert.True(WasmFeaturesInfo.TryParse(columns[0], out WasmFeatures parsed));
        Assert.Equal(feature, parsed);
        Assert.Equal(feature, WasmFeaturesInfo.Each[row]);
        Assert.Equal(columns[0], feature.Names());
        Assert.Equal(columns[2], feature.Text());
        foreach (string preset in new[] { "wasm1", "wasm2", "wasm3", "standard" })
        {
            Assert.True(WasmFeaturesInfo.TryParse(preset, out WasmFeatures all));
            Assert.Equal(columns[1].Split(' ').Contains(preset), (all & feature) != 0);
        }
        Assert.True((WasmFeatures.All & feature) != 0);
    }

    [Fact]
    public void Each_edition_has_what_the_one_before_it_has()
    {
        Assert.Equal(WasmFeatures.Wasm1, WasmFeatures.Wasm1 & WasmFeatures.Wasm2);
        Assert.Equal(WasmFeatures.Wasm2, WasmFeatures.Wasm2 & WasmFeatures.Wasm3);
        Assert.Equal(WasmFeatures.Wasm3, WasmFeatures.Wasm3 & WasmFeatures.Standard);
        Assert.Equal(WasmFeatures.All, (WasmFeatures)((1UL << SpecFile.Features.Count) - 1));
    }

    [Fact]
    public void A_set_of_features_is_spelled_name_by_name()
    {
        Assert.Equal("tail-calls gc", (WasmFeatures.Gc | WasmFeatures.TailCalls).Names());
        Assert.Equal("core", WasmFeatures.None.Names());
        Assert.Null((WasmFeatures.Gc | WasmFeatures.TailCalls).Text());
    }

    [Fact]
    public void An_unknown_name_is_no_feature()
    {
        Assert.False(WasmFeaturesInfo.TryParse("GC", out _));
        Assert.True(WasmFeaturesInfo.TryParse("all", out WasmFeatures all));
        Assert.Equal(WasmFeatures.All, all);
    }
}
