using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Nacre.Generators.Opcodes;

/// <summary>Makes the opcode, trap and feature lists of the runtime from the three files in <c>spec/</c>.</summary>
/// <remarks>Without these files among the additional files it makes nothing.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class OpcodeGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterSourceOutput(SpecFiles.Spec(context), Produce);
    }

    private static void Produce(SourceProductionContext context, Spec spec)
    {
        foreach (SpecProblem problem in spec.Problems) context.ReportDiagnostic(problem.ToDiagnostic());
        if (spec.Opcodes.Count == 0) return;

        Add("Opcode", OpcodeEnumEmitter.Emit(spec));
        Add("ImmediateShape", OpcodeEnumEmitter.EmitShapes(spec));
        Add("OperandType", OpcodeEnumEmitter.EmitOperandTypes());
        Add("OpcodeInfo.Tables", OpcodeTableEmitter.Emit(spec));
        Add("WasmFeatures", FeatureEmitter.Emit(spec));
        Add("TrapKind", TrapEmitter.Emit(spec));
        Add("InstructionReader.Immediates", ImmediateEmitter.EmitReader(spec));
        Add("InstructionWriter.Immediates", ImmediateEmitter.EmitWriter(spec));

        void Add(string name, string source) => context.AddSource($"{name}.g.cs", SourceText.From(source, Encoding.UTF8));
    }
}
