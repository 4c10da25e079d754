using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Tests.Binary;

public class CustomSectionViewTests
{
    [Fact]
    public void Producers_are_read()
    {
        string hex = "02" + ModuleBytes.Name("language") + "01" + ModuleBytes.Name("C11") + ModuleBytes.Name("")
            + ModuleBytes.Name("processed-by") + "02" + ModuleBytes.Name("clang") + ModuleBytes.Name("19.1.7") + ModuleBytes.Name("a") + ModuleBytes.Name("b");
        ProducersSection section = ProducersSection.Parse(Section(hex));

        Assert.Equal(["language", "processed-by"], section.Fields.Select(field => field.Name));
        Assert.Equal([new Producer("C11", "")], section.Fields[0].Producers);
        Assert.Equal([new Producer("clang", "19.1.7"), new Producer("a", "b")], section.Fields[1].Producers);
    }

    [Fact]
    public void Target_features_are_read()
    {
        string hex = "03 2B" + ModuleBytes.Name("bulk-memory") + "2D" + ModuleBytes.Name("atomics") + "3D" + ModuleBytes.Name("simd128");
        Assert.Equal(
            [
                new TargetFeature(TargetFeatureUse.Used, "bulk-memory"),
                new TargetFeature(TargetFeatureUse.Disallowed, "atomics"),
                new TargetFeature(TargetFeatureUse.Required, "simd128"),
            ],
            TargetFeaturesSection.Parse(Section(hex)).Features);
    }

    [Fact]
    public void Branch_hints_are_read()
    {
        BranchHintSection section = BranchHintSection.Parse(Section("02 01 02 05 01 00 80 01 01 01 03 00"));
        Assert.Equal([new FuncIndex(1), new FuncIndex(3)], section.Functions.Select(function => function.Function));
        Assert.Equal([new BranchHint(5, false), new BranchHint(128, true)], section.Functions[0].Hints);
        Assert.Empty(section.Functions[1].Hints);
    }

    [Theory]
    [InlineData("01 01 01 05 02 00 00", "malformed branch hint: it is one byte")]
    [InlineData("01 01 01 05 01 02", "malformed branch hint: 02")]
    [InlineData("01 01 02 05 01 00 05 01 00", "branch hints out of order: 5 after 5")]
    [InlineData("02 01 00 00 00", "branch hints out of order: 0 after 1")]
    [InlineData("01 01 00 00", "section size mismatch")]
    [InlineData("7F", "length out of bounds")]
    public void Malformed_branch_hints_are_refused(string hex, string expected)
        => AssertMalformed(expected, () => BranchHintSection.Parse(Section(hex)));

    [Theory]
    [InlineData("01 2A 00", "malformed use of a feature: 2a")]
    [InlineData("01 2B 05", "length out of bounds")]
    [InlineData("00 00", "section size mismatch")]
    public void Malformed_target_features_are_refused(string hex, string expected)
        => AssertMalformed(expected, () => TargetFeaturesSection.Parse(Section(hex)));

    [Theory]
    [InlineData("01 01 FF 00", "malformed UTF-8 encoding")]
    [InlineData("01 00 01 00", "unexpected end")]
    [InlineData("00 00", "section size mismatch")]
    public void Malformed_producers_are_refused(string hex, string expected)
        => AssertMalformed(expected, () => ProducersSection.Parse(Section(hex)));

    [Fact]
    public void The_sections_a_compiler_writes_are_read()
    {
        ModuleDefinition module = ModuleDecoder.Decode(SampleModules.Read("samples/hello.wasm"));
        foreach (CustomSection section in module.CustomSections)
        {
            if (section.Name == ProducersSection.SectionName) Assert.NotEmpty(ProducersSection.Parse(section).Fields);
            if (section.Name == TargetFeaturesSection.SectionName) Assert.NotEmpty(TargetFeaturesSection.Parse(section).Features);
        }
    }

    private static void AssertMalformed(string expected, Func<object> parse)
        => Assert.StartsWith(expected, Assert.Throws<MalformedModuleException>(parse).Message, StringComparison.Ordinal);

    private static CustomSection Section(string hex) => new("", ModuleBytes.Of(hex), null, ByteOffset: 0);
}
