using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Nacre.Generators.Opcodes;

namespace Nacre.Generators.Interpreter;

/// <summary>Makes the interpreter's operations and dispatch skeletons from the opcode list and <c>spec/interpreter.txt</c>.</summary>
/// <remarks>Lists and calls are generated, never meanings: a missing meaning does not compile.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class InterpreterGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<EquatableArray<OpcodeRow>> opcodes = SpecFiles.Spec(context).Select((spec, _) => spec.Opcodes);
        IncrementalValueProvider<SpecList<InterpreterRow>> own = SpecFiles.Rows(context, "interpreter.txt").Select((rows, _) => InterpreterRow.Parse(rows));
        context.RegisterSourceOutput(opcodes.Combine(own), (production, lists) => Produce(production, lists.Left, lists.Right));
    }

    private static void Produce(SourceProductionContext context, EquatableArray<OpcodeRow> opcodes, SpecList<InterpreterRow> own)
    {
        foreach (SpecProblem problem in own.Problems) context.ReportDiagnostic(problem.ToDiagnostic());
        if (own.Rows.Count == 0) return;

        PlainOps[] plain = [.. opcodes.Select(PlainOps.Of).Where(ops => ops is not null).Select(ops => ops!)];
        InternalOp[] ops = [.. own.Rows.Select(row => row.ToOp()), .. plain.SelectMany(entry => entry.All)];
        Add("Op", OpMapEmitter.EmitOps(ops));
        Add("OpMap", OpMapEmitter.EmitMap([.. opcodes], plain, ops));
        Add("Dispatch.Loop", DispatchEmitter.EmitLoop(ops));
        Add("Handlers", DispatchEmitter.EmitHandlers(ops));

        void Add(string name, string source) => context.AddSource($"{name}.g.cs", SourceText.From(source, Encoding.UTF8));
    }
}
