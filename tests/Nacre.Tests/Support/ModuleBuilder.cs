using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Tests.Support;

/// <summary>Builds a module step by step. Imports must come before definitions of the same kind; indices count as in the module.</summary>
internal sealed class ModuleBuilder
{
    private readonly List<RecType> _types = [];
    private readonly List<Import> _imports = [];
    private readonly List<FuncDefinition> _functions = [];
    private readonly List<TableDefinition> _tables = [];
    private readonly List<MemoryType> _memories = [];
    private readonly List<GlobalDefinition> _globals = [];
    private readonly List<TagType> _tags = [];
    private readonly List<Export> _exports = [];
    private readonly List<ElementSegment> _elements = [];
    private readonly List<DataSegment> _data = [];
    private readonly List<CustomSection> _custom = [];
    private FuncIndex? _start;

    /// <summary>The index of a function type, added when it is new.</summary>
    public uint Type(ValType[] parameters, ValType[] results)
    {
        int known = _types.FindIndex(type => type.Members[0].Composite is FuncType func
            && func.Parameters.SequenceEqual(parameters) && func.Results.SequenceEqual(results));
        if (known >= 0) return (uint)known;
        _types.Add(new RecType([SubType.Plain(new FuncType(parameters, results))]));
        return (uint)_types.Count - 1;
    }

    public ModuleBuilder ImportFunc(string module, string name, ValType[] parameters, ValType[] results)
        => Import(module, name, new FuncExternType(new HeapType(Type(parameters, results), TypeSpace.Module)));

    /// <summary>An import of a table, memory or global.</summary>
    public ModuleBuilder Import(string module, string name, ExternType type) => Add(_imports, new Import(module, name, type));

    /// <summary>A function; with a name, it is exported.</summary>
    public ModuleBuilder Func(string? export, ValType[] parameters, ValType[] results, ValType[] locals, Action<CodeBuilder> body)
    {
        var code = new CodeBuilder();
        body(code);
        ExportNext(export, ExternKind.Func, _functions.Count);
        LocalRun[] runs = Array.ConvertAll(locals, type => new LocalRun(1, type));
        return Add(_functions, new FuncDefinition(new TypeIndex(Type(parameters, results)), runs, new Expr(code.End(), 0)));
    }

    /// <inheritdoc cref="Func(string?, ValType[], ValType[], ValType[], Action{CodeBuilder})"/>
    public ModuleBuilder Func(string? export, ValType[] parameters, ValType[] results, Action<CodeBuilder> body)
        => Func(export, parameters, results, [], body);

    public ModuleBuilder Memory(ulong minimum, ulong? maximum = null, string? export = "memory")
        => Memory(new MemoryType(new Limits(minimum, maximum)), export);

    public ModuleBuilder Memory(MemoryType type, string? export = "memory")
    {
        ExportNext(export, ExternKind.Memory, _memories.Count);
        return Add(_memories, type);
    }

    public ModuleBuilder Table(TableType type, string? export = null, Action<CodeBuilder>? initializer = null)
    {
        ExportNext(export, ExternKind.Table, _tables.Count);
        return Add(_tables, new TableDefinition(type, initializer is null ? null : Expression(initializer)));
    }

    public ModuleBuilder Global(ValType type, bool isMutable, Action<CodeBuilder> initializer, string? export = null)
    {
        ExportNext(export, ExternKind.Global, _globals.Count);
        return Add(_globals, new GlobalDefinition(new GlobalType(type, isMutable), Expression(initializer)));
    }

    public ModuleBuilder Tag(ValType[] parameters)
        => Add(_tags, new TagType(new HeapType(Type(parameters, []), TypeSpace.Module)));

    /// <summary>Another name for anything.</summary>
    public ModuleBuilder Export(string name, ExternKind kind, uint index) => Add(_exports, new Export(name, kind, index));

    public ModuleBuilder Start(uint function)
    {
        _start = new FuncIndex(function);
        return this;
    }

    public ModuleBuilder ActiveElements(uint table, int offset, params uint[] functions)
        => Add(_elements, new ElementSegment(
            SegmentMode.Active, new TableIndex(table), Expression(code => code.I32(offset)), ValType.Funcref, Functions(functions), null));

    public ModuleBuilder PassiveElements(params uint[] functions)
        => Add(_elements, new ElementSegment(SegmentMode.Passive, default, null, ValType.Funcref, Functions(functions), null));

    public ModuleBuilder ActiveData(int offset, params byte[] bytes)
        => Add(_data, new DataSegment(SegmentMode.Active, default, Expression(code => code.I32(offset)), bytes));

    public ModuleBuilder PassiveData(params byte[] bytes) => Add(_data, new DataSegment(SegmentMode.Passive, default, null, bytes));

    public ModuleBuilder Custom(string name, byte[] bytes) => Add(_custom, new CustomSection(name, bytes, SectionId.Data, 0));

    /// <summary>The module in the binary format.</summary>
    public byte[] Build() => ModuleEncoder.Encode(new ModuleDefinition
    {
        RecTypes = [.. _types],
        Imports = [.. _imports],
        Functions = [.. _functions],
        Tables = [.. _tables],
        Memories = [.. _memories],
        Globals = [.. _globals],
        Tags = [.. _tags],
        Exports = [.. _exports],
        Start = _start,
        Elements = [.. _elements],
        Data = [.. _data],
        DataCount = _data.Count > 0 ? (uint)_data.Count : null,
        CustomSections = [.. _custom],
    });

    private void ExportNext(string? name, ExternKind kind, int definedCount)
    {
        if (name is not null) Export(name, kind, (uint)(_imports.Count(import => import.Type.Kind == kind) + definedCount));
    }

    private static FuncIndex[] Functions(uint[] indices) => Array.ConvertAll(indices, index => new FuncIndex(index));

    private static Expr Expression(Action<CodeBuilder> build)
    {
        var code = new CodeBuilder();
        build(code);
        return new Expr(code.End(), 0);
    }

    private ModuleBuilder Add<T>(List<T> list, T item)
    {
        list.Add(item);
        return this;
    }
}
