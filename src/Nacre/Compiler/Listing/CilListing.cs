using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection.Emit;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <summary>Writes the CIL of one function for people, with the instructions that it comes from.</summary>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal static class CilListing
{
    private const string Indent = "    ";

    /// <summary>Lowers a defined function as it is when nothing else of the module is compiled, and writes what came out.</summary>
    /// <param name="code">Where the code would go. Nothing is compiled.</param>
    /// <param name="function">The function.</param>
    /// <param name="output">Where the text goes.</param>
    public static void Write(CodeVariant code, FuncIndex function, TextWriter output)
    {
        var signature = new ClrSignature(code.Module.Functions[function.Value].Func!);
        MethodBuilder method = code.Define(function, signature);
        var recorder = new CilRecorder(method.GetILGenerator());
        var lowering = new FunctionLowering(new ListingTarget(code, recorder), function, signature, method, recorder);
        OffsetMap offsets = lowering.Lower();
        string head = $"// func {function.Value}{(code.IsGuarded ? ", memory 0 is guarded" : "")}";
        if (code.SplitPlanOf(lowering, signature, code.Module.DefinedIndexOf(function)) is { } plan)
        {
            WritePieces(code, function, signature, code.Cut(function, signature, plan), head, output);
            return;
        }
        output.WriteLine(head);
        output.WriteLine(CilText.Signature(method.Name, signature.ClrResult, signature.ClrParameters));
        WriteBody(recorder, method, Sources(code, function, offsets), output);
    }

    private static void WritePieces(
        CodeVariant code, FuncIndex function, ClrSignature signature, SplitFunction split, string head, TextWriter output)
    {
        foreach (Piece piece in split.Plan.Pieces)
        {
            MethodBuilder method = split.Define(piece);
            var recorder = new CilRecorder(method.GetILGenerator());
            var target = new ListingTarget(code, recorder);
            OffsetMap offsets = new FunctionLowering(target, function, signature, method, recorder, split, piece).LowerPiece();
            output.WriteLine($"{head}, piece {piece.Index} of {split.Plan.Pieces.Length}");
            output.WriteLine(CilText.Signature(method.Name, typeof(int), SplitFunction.PieceParameters));
            WriteBody(recorder, method, Sources(code, function, offsets), output);
            output.WriteLine();
        }
    }

    private static void WriteBody(CilRecorder recorder, MethodBuilder method, Queue<(int IlOffset, string Text)> sources, TextWriter output)
    {
        WriteLocals(recorder, method.InitLocals, output);
        WriteLines(recorder, sources, output);
    }

    private static void WriteLocals(CilRecorder recorder, bool areCleared, TextWriter output)
    {
        if (recorder.Locals.Count == 0) return;
        output.WriteLine(areCleared ? ".locals init" : ".locals");
        for (int i = 0; i < recorder.Locals.Count; i++) output.WriteLine($"{Indent}{i}: {CilText.Of(recorder.Locals[i])}");
    }

    private static void WriteLines(CilRecorder recorder, Queue<(int IlOffset, string Text)> sources, TextWriter output)
    {
        foreach (CilRecorder.Line line in recorder.Lines)
        {
            string indent = string.Concat(Enumerable.Repeat(Indent, line.Depth));
            int reached = IsLabel(line) ? line.IlOffset - 1 : line.IlOffset;     // instructions stand after the labels before them
            while (sources.TryPeek(out (int IlOffset, string Text) source) && source.IlOffset <= reached)
                output.WriteLine($"{Indent}{indent}// {sources.Dequeue().Text}");
            if (IsLabel(line)) output.WriteLine(indent + line.Text);
            else output.WriteLine($"{Indent}{indent}{(line.Operand is { } operand ? $"{line.Text} {operand()}" : line.Text)}");
        }
    }

    private static bool IsLabel(CilRecorder.Line line) => line.Text[^1] == ':';

    // One text for each place, though several instructions may share it.
    private static Queue<(int IlOffset, string Text)> Sources(CodeVariant code, FuncIndex function, OffsetMap offsets)
    {
        var sources = new Queue<(int, string)>();
        Expr body = code.Module.Definition.Functions[code.Module.DefinedIndexOf(function)].Body;
        foreach ((int ilOffset, int byteOffset) in offsets.Places)
        {
            var reader = new InstructionReader(body.Bytes.Span[(byteOffset - body.ByteOffset)..], byteOffset, WasmFeatures.All);
            reader.Read();
            sources.Enqueue((ilOffset, Describe(ref reader)));
        }
        return sources;
    }

    private static string Describe(ref InstructionReader reader)
    {
        string place = reader.ByteOffset.ToString("x4", CultureInfo.InvariantCulture);
        string immediate = OpcodeInfo.Shape(reader.Opcode) switch
        {
            _ when OpcodeInfo.NaturalAlignment(reader.Opcode) > 0 => reader.Offset == 0 ? "" : $" offset={reader.Offset}",
            ImmediateShape.S32 => " " + CilText.Of((int)reader.Bits),
            ImmediateShape.S64 => " " + CilText.Of((long)reader.Bits),
            ImmediateShape.Local or ImmediateShape.Global or ImmediateShape.Func or ImmediateShape.Label or ImmediateShape.Tag
                or ImmediateShape.Type => " " + CilText.Of(reader.Index),
            ImmediateShape.TypeField => $" {reader.Index} {reader.Index2}",
            _ => "",
        };
        return $"{place} {OpcodeInfo.Mnemonic(reader.Opcode)}{immediate}";
    }
}
