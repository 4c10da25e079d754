using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Nacre.Generators.Opcodes;

namespace Nacre.Generators.Structures;

/// <summary>Makes the classes of structures from <c>spec/structures.txt</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class StructureGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
        => context.RegisterSourceOutput(
            SpecFiles.Rows(context, "structures.txt").Select((rows, _) => StructureRow.Parse(rows)), Produce);

    private static void Produce(SourceProductionContext context, SpecList<StructureRow> levels)
    {
        foreach (SpecProblem problem in levels.Problems) context.ReportDiagnostic(problem.ToDiagnostic());
        if (levels.Rows.Count == 0) return;
        context.AddSource("Structures.g.cs", SourceText.From(StructureEmitter.Emit([.. levels.Rows]), Encoding.UTF8));
    }
}
