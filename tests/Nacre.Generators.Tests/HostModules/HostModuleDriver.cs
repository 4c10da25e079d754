using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Nacre.Generators.HostModules;

namespace Nacre.Generators.Tests.HostModules;

/// <summary>Runs the generator over a source file that may use the embedding API.</summary>
internal static class HostModuleDriver
{
    private static readonly CSharpParseOptions s_parsing = new(LanguageVersion.Latest);

    /// <summary>The compilation with what was generated, and what the generator reports.</summary>
    public static (Compilation Compilation, GeneratorDriverRunResult Result) Run(string source)
    {
        CSharpCompilation compilation = Compile(source);
        GeneratorDriver driver = Driver().RunGeneratorsAndUpdateCompilation(compilation, out Compilation complete, out _);
        return (complete, driver.GetRunResult());
    }

    /// <summary>The reasons of the last step when a line is added to the source after a first run.</summary>
    public static ImmutableArray<IncrementalStepRunReason> ReasonsAfterEdit(string source, string addition)
    {
        CSharpCompilation before = Compile(source);
        GeneratorDriver driver = Driver().RunGenerators(before);
        SyntaxTree edited = CSharpSyntaxTree.ParseText(source + addition, s_parsing);
        driver = driver.RunGenerators(before.ReplaceSyntaxTree(before.SyntaxTrees[0], edited));
        return [.. driver.GetRunResult().Results[0].TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(step => step.Outputs).Select(output => output.Reason)];
    }

    private static CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new HostModuleGenerator().AsSourceGenerator()], parseOptions: s_parsing,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "Sample", [CSharpSyntaxTree.ParseText(source, s_parsing, "Sample.cs")],
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Append(typeof(Engine).Assembly.Location).Distinct()
            .Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
}
