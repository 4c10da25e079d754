using Nacre.Syntax;

namespace Nacre.Binary;

public sealed partial class ModuleEncoder
{
    private void WriteContents(SectionId id)
    {
        switch (id)
        {
            case SectionId.Type: WriteVector(_module.RecTypes, CompositeTypeWriter.WriteRecType); break;
            case SectionId.Import: WriteVector(_module.Imports, WriteImport); break;
            case SectionId.Function: WriteVector(_module.Functions, WriteFunctionType); break;
            case SectionId.Table: WriteVector(_module.Tables, WriteTable); break;
            case SectionId.Memory: WriteVector(_module.Memories, ExternTypeWriter.WriteMemoryType); break;
            case SectionId.Tag: WriteVector(_module.Tags, ExternTypeWriter.WriteTagType); break;
            case SectionId.Global: WriteVector(_module.Globals, WriteGlobal); break;
            case SectionId.Export: WriteVector(_module.Exports, WriteExport); break;
            case SectionId.Start: _section.WriteU32(_module.Start!.Value.Value); break;
            case SectionId.Element: WriteVector(_module.Elements, WriteElementSegment); break;
            case SectionId.DataCount: _section.WriteU32(_module.DataCount!.Value); break;
            case SectionId.Code: WriteVector(_module.Functions, WriteFunction); break;
            default: WriteVector(_module.Data, WriteDataSegment); break;
        }
    }

    private void WriteVector<T>(T[] items, Action<ByteWriter, T> write)
    {
        _section.WriteU32((uint)items.Length);
        foreach (T item in items) write(_section, item);
    }

    private static void WriteImport(ByteWriter output, Import import)
    {
        output.WriteName(import.Module);
        output.WriteName(import.Name);
        output.WriteByte((byte)import.Type.Kind);
        ExternTypeWriter.Write(output, import.Type);
    }

    private static void WriteFunctionType(ByteWriter output, FuncDefinition function) => output.WriteU32(function.Type.Value);

    private static void WriteTable(ByteWriter output, TableDefinition table)
    {
        if (table.Initializer is not null)
        {
            output.WriteByte(ModuleDecoder.TableWithInitializer);
            output.WriteByte(0);
        }
        ExternTypeWriter.WriteTableType(output, table.Type);
        if (table.Initializer is { } initializer) WriteExpr(output, initializer);
    }

    private static void WriteGlobal(ByteWriter output, GlobalDefinition global)
    {
        ExternTypeWriter.WriteGlobalType(output, global.Type);
        WriteExpr(output, global.Initializer);
    }

    private static void WriteExport(ByteWriter output, Export export)
    {
        output.WriteName(export.Name);
        output.WriteByte((byte)export.Kind);
        output.WriteU32(export.Index);
    }

    private void WriteFunction(ByteWriter output, FuncDefinition function)
    {
        _item.WriteU32((uint)function.Locals.Length);
        foreach (LocalRun run in function.Locals)
        {
            _item.WriteU32(run.Count);
            TypeWriter.WriteValType(_item, run.Type);
        }
        WriteExpr(_item, function.Body);
        WriteSized(output, _item);
    }

    private static void WriteExpr(ByteWriter output, Expr expression) => output.WriteBytes(expression.Bytes.Span);
}
