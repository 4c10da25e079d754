namespace Nacre.Generators.Opcodes;

/// <summary>Writes which immediates <c>InstructionReader</c> reads and <c>InstructionWriter</c> writes, shape by shape.</summary>
/// <remarks>How each one is read or written is a method written by a person.</remarks>
internal static class ImmediateEmitter
{
    /// <summary>The reader's half.</summary>
    public static string EmitReader(Spec spec)
        => Emit(spec, "public ref partial struct InstructionReader", "private void ReadImmediates(ImmediateShape shape)", Read);

    /// <summary>The writer's half.</summary>
    public static string EmitWriter(Spec spec)
        => Emit(spec, "internal readonly partial struct InstructionWriter", "private void WriteImmediates(ImmediateShape shape, in Immediates immediates)", Write);

    private static string Emit(Spec spec, string type, string method, Func<Immediate, bool, string> statement)
    {
        var code = new CodeWriter("spec/opcodes.txt");
        code.Line("using Nacre.Syntax;");
        code.Line();
        code.Line("namespace Nacre.Binary;");
        code.Line();
        code.Open(type);
        code.Open(method);
        code.Open("switch (shape)");
        foreach (IGrouping<string, ImmediateList> alike in spec.Shapes.GroupBy(shape => string.Join(" ", Statements(shape, statement))))
        {
            foreach (ImmediateList shape in alike) code.Line($"case ImmediateShape.{shape.ShapeName}:");
            foreach (string line in Statements(alike.First(), statement)) code.Line($"    {line}");
            code.Line("    break;");
        }
        code.Close();
        code.Close();
        code.Close();
        return code.ToString();
    }

    private static IEnumerable<string> Statements(ImmediateList shape, Func<Immediate, bool, string> statement)
    {
        var seen = new HashSet<string>();
        foreach (Immediate immediate in shape.Items)
        {
            bool isSecond = !seen.Add(ImmediateList.IsIndex(immediate.Kind) ? "index" : immediate.Kind);
            yield return statement(immediate, isSecond);
        }
    }

    private static string Read(Immediate immediate, bool isSecond) => immediate.Kind switch
    {
        "table" => $"Index{Second(isSecond)} = ReadTableIndex();",
        "memory" => $"Index{Second(isSecond)} = ReadMemoryIndex();",
        "heap" => $"Heap{Second(isSecond)} = TypeReader.ReadHeapType(ref _cursor, _features);",
        string kind when ImmediateList.IsIndex(kind) => $"Index{Second(isSecond)} = _cursor.ReadU32();",
        string kind => $"Read{SpecName.Pascal(kind)}();",
    };

    private static string Write(Immediate immediate, bool isSecond) => immediate.Kind switch
    {
        "heap" => $"TypeWriter.WriteHeapType(_output, immediates.Heap{Second(isSecond)});",
        string kind when ImmediateList.IsIndex(kind) => $"_output.WriteU32(immediates.Index{Second(isSecond)});",
        string kind => $"Write{SpecName.Pascal(kind)}(immediates);",
    };

    private static string Second(bool isSecond) => isSecond ? "2" : "";
}
