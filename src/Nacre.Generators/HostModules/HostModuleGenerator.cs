using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Nacre.Generators.HostModules;

/// <summary>Makes classes marked with <c>[HostModule]</c> define their <c>[HostFunction]</c> methods in a linker.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class HostModuleGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<HostModuleModel> modules = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Nacre.HostModuleAttribute",
            static (node, _) => node is ClassDeclarationSyntax,
            static (context, _) => HostModuleReader.Read(context));
        context.RegisterSourceOutput(modules, Produce);
    }

    private static void Produce(SourceProductionContext context, HostModuleModel module)
    {
        foreach (HostModuleProblem problem in module.Problems) context.ReportDiagnostic(problem.ToDiagnostic());
        if (module.Problems.Count == 0)
            context.AddSource($"{module.FullName}.g.cs", SourceText.From(HostModuleEmitter.Emit(module), Encoding.UTF8));
    }
}
