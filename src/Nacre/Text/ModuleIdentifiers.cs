using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <summary>The identifiers of everything in a module.</summary>
internal sealed class ModuleIdentifiers
{
    private readonly NameSection? _names;
    private Identifiers?[]? _fields;
    private readonly int[] _importCounts = new int[(int)ExternKind.Tag + 1];

    /// <summary>Makes the identifiers of <paramref name="module"/> from its names, if they are well-formed.</summary>
    public ModuleIdentifiers(ModuleDefinition module)
    {
        _names = NameSection.Of(module) is { Defect: null } names ? names : null;
        foreach (Import import in module.Imports) _importCounts[(int)import.Type.Kind]++;
        TypeCount = module.RecTypes.Sum(group => group.Members.Length);
        if (_names is null) return;

        Types = Identifiers.Of(TypeCount, index => _names.NameOf(new TypeIndex(index)));
        Funcs = Identifiers.Of(CountOf(ExternKind.Func, module.Functions), index => _names.NameOf(new FuncIndex(index)));
        Tables = Identifiers.Of(CountOf(ExternKind.Table, module.Tables), index => _names.NameOf(new TableIndex(index)));
        Memories = Identifiers.Of(CountOf(ExternKind.Memory, module.Memories), index => _names.NameOf(new MemoryIndex(index)));
        Globals = Identifiers.Of(CountOf(ExternKind.Global, module.Globals), index => _names.NameOf(new GlobalIndex(index)));
        Tags = Identifiers.Of(CountOf(ExternKind.Tag, module.Tags), index => _names.NameOf(new TagIndex(index)));
        Elems = Identifiers.Of(module.Elements.Length, index => _names.NameOf(new ElemIndex(index)));
        Data = Identifiers.Of(module.Data.Length, index => _names.NameOf(new DataIndex(index)));
    }

    /// <summary>Whether identifiers tell what the module's first section of names tells.</summary>
    public bool HasNames => _names is not null;

    /// <summary>The name of the module; null without one.</summary>
    public string? Module => _names?.Module;

    public int TypeCount { get; }
    public Identifiers Types { get; } = Identifiers.None;
    public Identifiers Funcs { get; } = Identifiers.None;
    public Identifiers Tables { get; } = Identifiers.None;
    public Identifiers Memories { get; } = Identifiers.None;
    public Identifiers Globals { get; } = Identifiers.None;
    public Identifiers Tags { get; } = Identifiers.None;
    public Identifiers Elems { get; } = Identifiers.None;
    public Identifiers Data { get; } = Identifiers.None;

    /// <summary>How many of a kind are imported.</summary>
    public int ImportCount(ExternKind kind) => _importCounts[(int)kind];

    /// <summary>The identifiers of what can be imported and exported.</summary>
    public Identifiers Of(ExternKind kind) => kind switch
    {
        ExternKind.Func => Funcs,
        ExternKind.Table => Tables,
        ExternKind.Memory => Memories,
        ExternKind.Global => Globals,
        _ => Tags,
    };

    /// <summary>The identifiers of a function's parameters and locals.</summary>
    public Identifiers LocalsOf(uint function, int count)
        => _names is null ? Identifiers.None : Identifiers.Of(count, index => _names.NameOf(new FuncIndex(function), new LocalIndex(index)));

    /// <summary>The identifiers of a structure's fields.</summary>
    public Identifiers FieldsOf(uint type, int count)
    {
        if (_names is null || type >= TypeCount) return Identifiers.None;
        _fields ??= new Identifiers?[TypeCount];
        return _fields[type] ??= Identifiers.Of(count, index => _names.NameOfField(new TypeIndex(type), index));
    }

    /// <summary>The identifier of a label, which need not be unique; null without one.</summary>
    public string? LabelOf(uint function, uint labelNumber)
        => _names?.NameOfLabel(new FuncIndex(function), labelNumber) is { Length: > 0 } name ? Identifiers.Spell(name) : null;

    private int CountOf<T>(ExternKind kind, T[] defined) => ImportCount(kind) + defined.Length;
}
