using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <remarks>Spec: Text Format, Modules; Appendix, Custom Sections, Custom Annotation.</remarks>
internal sealed partial class ModuleTextWriter
{
    private const int BytesPerLine = 64;

    private void WriteImports()
    {
        Span<uint> counts = stackalloc uint[(int)ExternKind.Tag + 1];
        foreach (Import import in _module.Imports)
        {
            StringText.Write(BeginField("import "), import.Module);
            StringText.Write(_output.Add(' '), import.Name);
            ExternKind kind = import.Type.Kind;
            _output.Add(" (").Add(WordOf(kind));
            WriteDefinition(_identifiers.Of(kind), counts[(int)kind]++);
            WriteExternType(import.Type);
            _output.Add("))");
        }
    }

    private void WriteExternType(ExternType type)
    {
        switch (type)
        {
            case FuncExternType func: WriteTypeUse(func.Type.Index, Identifiers.None); break;
            case TableType table: WriteTableType(table); break;
            case MemoryType memory: WriteMemoryType(memory); break;
            case GlobalType global: WriteGlobalType(global); break;
            default: WriteTypeUse(((TagType)type).Type.Index, Identifiers.None); break;
        }
    }

    private void WriteElement(int number)
    {
        ElementSegment segment = _module.Elements[number];
        BeginField("elem");
        WriteDefinition(_identifiers.Elems, (uint)number, canBeAnnotated: false);
        if (segment.Mode == SegmentMode.Declarative) _output.Add(" declare");
        if (segment.Mode == SegmentMode.Active)
        {
            WriteTarget("table", _identifiers.Tables, segment.Table.Value);
            WriteExpression("offset", segment.Offset!.Value);
        }
        if (segment.Functions is { } functions)
        {
            _output.Add(" func");
            foreach (FuncIndex function in functions) _identifiers.Funcs.Use(_output.Add(' '), function.Value);
        }
        else
        {
            WriteValType(segment.Type);
            foreach (Expr initializer in segment.Initializers!) WriteExpression("item", initializer);
        }
        EndField();
    }

    private void WriteData(int number)
    {
        DataSegment segment = _module.Data[number];
        BeginField("data");
        WriteDefinition(_identifiers.Data, (uint)number, canBeAnnotated: false);
        if (segment.Mode == SegmentMode.Active)
        {
            WriteTarget("memory", _identifiers.Memories, segment.Memory.Value);
            WriteExpression("offset", segment.Offset!.Value);
        }
        WriteBytes(segment.Bytes.Span);
        EndField();
    }

    private void WriteTarget(string word, Identifiers space, uint index)
    {
        if (index == 0) return;
        space.Use(_output.Add(" (").Add(word).Add(' '), index);
        _output.Add(')');
    }

    // A single instruction needs no word before it.
    private void WriteExpression(string word, Expr expression)
    {
        bool isSingle = IsSingle(expression);
        if (!isSingle) _output.Add(" (").Add(word);
        _code.PrintConstant(_output, expression);
        if (!isSingle) _output.Add(')');
    }

    private static bool IsSingle(Expr expression)
    {
        var reader = new InstructionReader(expression.Bytes.Span, 0, WasmFeatures.All);
        return reader.Read() && reader.Opcode is not (Opcode.End or Opcode.Block or Opcode.Loop or Opcode.If or Opcode.Try or Opcode.TryTable)
            && reader.Read() && reader.Opcode == Opcode.End;
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= BytesPerLine)
        {
            StringText.Write(_output.Add(' '), bytes);
            return;
        }
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(BytesPerLine, bytes.Length)..])
        {
            if (_output.Count > 1 << 16) _output.FlushTo(_target);
            StringText.Write(_output.Line(FieldLevel + 1), bytes[..Math.Min(BytesPerLine, bytes.Length)]);
        }
    }

    private void WriteCustomSections()
    {
        bool hasNames = _identifiers.HasNames;
        foreach (CustomSection section in _module.CustomSections)
        {
            if (section.Name == NameSection.SectionName && hasNames)
            {
                hasNames = false;       // the first is told by identifiers
                continue;
            }
            if (!ReferenceEquals(section, _hintSection) || _hints is null) WriteCustomSection(section);
        }
    }

    private void WriteCustomSection(CustomSection section)
    {
        StringText.Write(BeginField("@custom "), section.Name);
        if (section.After is { } after) _output.Add(" (after ").Add(WordOf(after)).Add(')');
        else _output.Add(" (before first)");
        WriteBytes(section.Bytes.Span);
        EndField();
    }

    private static string WordOf(SectionId section) => section switch
    {
        SectionId.Type => "type",
        SectionId.Import => "import",
        SectionId.Function => "func",
        SectionId.Table => "table",
        SectionId.Memory => "memory",
        SectionId.Tag => "tag",
        SectionId.Global => "global",
        SectionId.Export => "export",
        SectionId.Start => "start",
        SectionId.Element => "elem",
        SectionId.DataCount => "datacount",
        SectionId.Code => "code",
        _ => "data",
    };
}
