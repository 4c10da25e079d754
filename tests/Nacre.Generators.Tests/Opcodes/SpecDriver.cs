using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Nacre.Generators.Opcodes;

namespace Nacre.Generators.Tests.Opcodes;

/// <summary>Runs the generator over lists given as text.</summary>
internal static class SpecDriver
{
    public const string Traps = "broken  trap  it broke";
    public const string Features = "extra  wasm3  Something more";

    public static CSharpCompilation Compilation => CSharpCompilation.Create("Guest");

    public static GeneratorDriverRunResult Run(string opcodes, string traps = Traps, string features = Features, string folder = "spec")
        => Create(File("opcodes", opcodes, folder), traps, features, folder).RunGenerators(Compilation).GetRunResult();

    public static GeneratorDriver Create(AdditionalText opcodes, string traps = Traps, string features = Features, string folder = "spec")
        => CSharpGeneratorDriver.Create(
            [new OpcodeGenerator().AsSourceGenerator()],
            [opcodes, File("traps", traps, folder), File("features", features, folder)],
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static AdditionalText File(string name, string content, string folder = "spec") => new Text($"/x/{folder}/{name}.txt", content);

    /// <summary>The generated file <paramref name="name"/>, without its head.</summary>
    public static string Source(this GeneratorDriverRunResult result, string name)
    {
        GeneratedSourceResult file = Assert.Single(result.Results.Single().GeneratedSources, source => source.HintName == $"{name}.g.cs");
        string text = file.SourceText.ToString();
        return text[text.IndexOf("namespace", StringComparison.Ordinal)..];
    }

    public static ImmutableArray<GeneratedSourceResult> Sources(this GeneratorDriverRunResult result) => result.Results.Single().GeneratedSources;

    /// <summary>An additional file that is only in memory.</summary>
    private sealed class Text(string path, string content) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(content);
    }
}
