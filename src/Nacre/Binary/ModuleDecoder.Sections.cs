using Nacre.Syntax;

namespace Nacre.Binary;

public sealed partial class ModuleDecoder
{
    private void ReadContents(ref BinaryCursor cursor, SectionId id)
    {
        switch (id)
        {
            case SectionId.Type: _recTypes = ReadTypes(ref cursor); break;
            case SectionId.Import: _imports = ReadImports(ref cursor); break;
            case SectionId.Function: _functionTypes = ReadFunctionTypes(ref cursor); break;
            case SectionId.Table: _tables = ReadTables(ref cursor); break;
            case SectionId.Memory: _memories = ReadMemories(ref cursor); break;
            case SectionId.Tag: _tags = ReadTags(ref cursor); break;
            case SectionId.Global: _globals = ReadGlobals(ref cursor); break;
            case SectionId.Export: _exports = ReadExports(ref cursor); break;
            case SectionId.Start: _start = new FuncIndex(cursor.ReadU32()); break;
            case SectionId.Element: _elements = ReadElements(ref cursor); break;
            case SectionId.DataCount: _dataCount = cursor.ReadU32(); break;
            case SectionId.Code: _functions = ReadCode(ref cursor); break;
            default: _data = ReadData(ref cursor); break;
        }
    }

    private RecType[] ReadTypes(ref BinaryCursor cursor)
    {
        int start = cursor.Offset, typeCount = 0;
        var reader = new CompositeTypeReader(_features);
        var types = new RecType[Limit.ReadCount(ref cursor, ImplementationLimits.Types, "types")];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = reader.ReadRecType(ref cursor);
            Limit.Check(typeCount += types[i].Members.Length, ImplementationLimits.Types, "types", start);
        }
        return types;
    }

    private Import[] ReadImports(ref BinaryCursor cursor)
    {
        var imports = new Import[Limit.ReadCount(ref cursor, ImplementationLimits.Imports, "imports")];
        for (int i = 0; i < imports.Length; i++)
        {
            string module = cursor.ReadName(), name = cursor.ReadName();
            ExternKind kind = ExternTypeReader.ReadKind(ref cursor, _features, "malformed import kind");
            imports[i] = new Import(module, name, ExternTypeReader.Read(ref cursor, kind, _features));
        }
        return imports;
    }

    private static TypeIndex[] ReadFunctionTypes(ref BinaryCursor cursor)
    {
        var types = new TypeIndex[Limit.ReadCount(ref cursor, ImplementationLimits.Functions, "functions")];
        for (int i = 0; i < types.Length; i++) types[i] = new TypeIndex(cursor.ReadU32());
        return types;
    }

    private TableDefinition[] ReadTables(ref BinaryCursor cursor)
    {
        var tables = new TableDefinition[Limit.ReadCount(ref cursor, ImplementationLimits.Tables, "tables")];
        for (int i = 0; i < tables.Length; i++) tables[i] = ReadTable(ref cursor);
        return tables;
    }

    private TableDefinition ReadTable(ref BinaryCursor cursor)
    {
        if (cursor.PeekByte() != TableWithInitializer) return new TableDefinition(ExternTypeReader.ReadTableType(ref cursor, _features), null);
        TypeReader.Require(WasmFeatures.FunctionReferences, _features, "malformed reference type", "an initializer", cursor.Offset);
        cursor.ReadByte();
        if (cursor.ReadByte() != 0) Malformed.Throw("zero byte expected", cursor.Offset - 1);
        TableType type = ExternTypeReader.ReadTableType(ref cursor, _features);
        return new TableDefinition(type, _expressions.Read(ref cursor));
    }

    private MemoryType[] ReadMemories(ref BinaryCursor cursor)
    {
        var memories = new MemoryType[Limit.ReadCount(ref cursor, ImplementationLimits.Memories, "memories")];
        for (int i = 0; i < memories.Length; i++) memories[i] = ExternTypeReader.ReadMemoryType(ref cursor, _features);
        return memories;
    }

    private static TagType[] ReadTags(ref BinaryCursor cursor)
    {
        var tags = new TagType[Limit.ReadCount(ref cursor, ImplementationLimits.Tags, "tags")];
        for (int i = 0; i < tags.Length; i++) tags[i] = ExternTypeReader.ReadTagType(ref cursor);
        return tags;
    }

    private GlobalDefinition[] ReadGlobals(ref BinaryCursor cursor)
    {
        var globals = new GlobalDefinition[Limit.ReadCount(ref cursor, ImplementationLimits.Globals, "globals")];
        for (int i = 0; i < globals.Length; i++)
        {
            GlobalType type = ExternTypeReader.ReadGlobalType(ref cursor, _features);
            globals[i] = new GlobalDefinition(type, _expressions.Read(ref cursor));
        }
        return globals;
    }

    private Export[] ReadExports(ref BinaryCursor cursor)
    {
        var exports = new Export[Limit.ReadCount(ref cursor, ImplementationLimits.Exports, "exports")];
        for (int i = 0; i < exports.Length; i++)
        {
            string name = cursor.ReadName();
            ExternKind kind = ExternTypeReader.ReadKind(ref cursor, _features, "malformed export kind");
            exports[i] = new Export(name, kind, cursor.ReadU32());
        }
        return exports;
    }
}
