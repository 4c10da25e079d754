using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <summary>Prints the instructions of a function: what flat and folded form have in common.</summary>
internal abstract class CodePrinter(ModuleIdentifiers identifiers, ModuleTypes types)
{
    private const string LikelyAnnotation = "(@metadata.code.branch_hint \"\\01\") ", UnlikelyAnnotation = "(@metadata.code.branch_hint \"\\00\") ";

    private uint _function;

    protected ModuleTypes Types { get; } = types;

    protected LabelStack Labels { get; } = new();

    /// <summary>Where the code at hand begins, in bytes from the first byte of the module.</summary>
    protected int CodeOffset { get; private set; }

    /// <summary>The writer of instructions, whose labels are those of the function at hand.</summary>
    public InstructionText Text => field ??= new InstructionText(identifiers, Types, Labels);

    /// <summary>Prints the body of a function, each line with the line break before it.</summary>
    /// <param name="output">Takes the text.</param>
    /// <param name="function">Its index.</param>
    /// <param name="definition">What it is.</param>
    /// <param name="hints">The module's branch hints, if there are some.</param>
    public void Print(TextOutput output, uint function, FuncDefinition definition, PrintedHints? hints)
    {
        (_function, CodeOffset) = (function, definition.Body.ByteOffset);
        Labels.Begin(Types.OfFunc(function)?.Results.Length ?? 0);
        Begin(output);
        ReadOnlySpan<BranchHint> pending = hints is null ? default : hints.Of(function);
        uint start = pending.IsEmpty ? 0 : hints!.CodeOffset(definition.Locals);

        var reader = new InstructionReader(definition.Body.Bytes.Span, 0, WasmFeatures.All);
        while (reader.Read())
        {
            if (reader.Opcode == Opcode.End && Labels.Depth == 0) break;
            string? annotation = null;
            if (!pending.IsEmpty && pending[0].FunctionOffset == start + (uint)reader.ByteOffset)
            {
                annotation = pending[0].IsLikely ? LikelyAnnotation : UnlikelyAnnotation;
                pending = pending[1..];
            }
            switch (reader.Opcode)
            {
                case Opcode.Block or Opcode.Loop or Opcode.If or Opcode.Try or Opcode.TryTable: Open(ref reader, annotation); break;
                case Opcode.Else or Opcode.Catch or Opcode.CatchAll when Labels.Depth > 0: Part(ref reader); break;
                case Opcode.End: Close(ref reader); break;
                case Opcode.Delegate when Labels.Depth > 0: Delegate(ref reader); break;
                default: Plain(ref reader, annotation); break;
            }
        }
        End();
    }

    /// <summary>Prints a constant expression on the line at hand, each instruction after a space.</summary>
    public void PrintConstant(TextOutput output, Expr expression)
    {
        _function = uint.MaxValue;
        Labels.Begin(resultCount: 1);
        var reader = new InstructionReader(expression.Bytes.Span, 0, WasmFeatures.All);
        while (reader.Read())
        {
            bool isEnd = reader.Opcode is Opcode.End or Opcode.Delegate;
            if (isEnd && Labels.Depth == 0) break;
            if (isEnd) Labels.Pop();
            output.Add(' ');
            if (reader.Opcode is Opcode.Block or Opcode.Loop or Opcode.If or Opcode.Try or Opcode.TryTable) OpenBlock(output, ref reader);
            else if (isEnd || reader.Opcode is Opcode.Else or Opcode.Catch or Opcode.CatchAll) Text.Write(output, ref reader);
            else PrintInParentheses(output, ref reader);
        }
    }

    private void PrintInParentheses(TextOutput output, ref InstructionReader reader)
    {
        Text.Write(output.Add('('), ref reader);
        output.Add(')');
    }

    protected abstract void Begin(TextOutput output);
    protected abstract void Plain(ref InstructionReader reader, string? annotation);
    protected abstract void Open(ref InstructionReader reader, string? annotation);
    protected abstract void Part(ref InstructionReader reader);
    protected abstract void Close(ref InstructionReader reader);
    protected abstract void Delegate(ref InstructionReader reader);
    protected abstract void End();

    /// <summary>Writes the head of the block that was read last, and opens its label.</summary>
    protected void OpenBlock(TextOutput output, ref InstructionReader reader)
    {
        string? label = identifiers.LabelOf(_function, Labels.NextNumber);
        Text.WriteBlock(output, ref reader, label);
        Labels.Push(label, reader.Opcode == Opcode.Loop ? Types.ParameterCount(reader.Block) : Types.ResultCount(reader.Block));
    }
}
