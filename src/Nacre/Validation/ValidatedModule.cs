using Nacre.Syntax;

namespace Nacre.Validation;

/// <summary>A module that keeps every rule, with its index spaces laid out, imports first.</summary>
/// <remarks>
/// All types here are in <see cref="TypeSpace.Canonical"/>; those inside <see cref="Definition"/>, instructions included, are
/// the module's own, and <see cref="Types"/> leads over. Immutable by agreement: arrays are shared, never written
/// to. Spec: Validation, Modules.
/// </remarks>
internal sealed class ValidatedModule
{
    private readonly ValidationContext _context;
    private ModuleNames? _names;

    internal ValidatedModule(ValidationContext context, ExternType[] imports)
    {
        _context = context;
        ImportTypes = imports;
        ImportedFunctionCount = Functions.Length - Definition.Functions.Length;
        ImportedTableCount = Tables.Length - Definition.Tables.Length;
        ImportedMemoryCount = Memories.Length - Definition.Memories.Length;
        ImportedGlobalCount = Globals.Length - Definition.Globals.Length;
        ImportedTagCount = Tags.Length - Definition.Tags.Length;
    }

    /// <summary>The module as it was decoded or parsed.</summary>
    public ModuleDefinition Definition => _context.Definition;
    /// <summary>What the module was allowed to use.</summary>
    public WasmFeatures Features => _context.Features;

    /// <summary>The types, by type index.</summary>
    public DefinedType[] Types => _context.Types;
    /// <summary>The type of each function; <see cref="DefinedType.Func"/> is its shape.</summary>
    public DefinedType[] Functions => _context.Functions;
    /// <summary>The type of each table.</summary>
    public TableType[] Tables => _context.Tables;
    /// <summary>The type of each memory.</summary>
    public MemoryType[] Memories => _context.Memories;
    /// <summary>The type of each global.</summary>
    public GlobalType[] Globals => _context.Globals;
    /// <summary>The type of each tag; <see cref="DefinedType.Func"/> has no results.</summary>
    public DefinedType[] Tags => _context.Tags;
    /// <summary>What each entry of the definition's <see cref="ModuleDefinition.Imports"/> wants.</summary>
    public ExternType[] ImportTypes { get; }

    /// <summary>Names for people.</summary>
    public ModuleNames Names => _names ??= new ModuleNames(Definition);

    /// <summary>How many functions are imported.</summary>
    public int ImportedFunctionCount { get; }
    /// <summary>How many tables are imported.</summary>
    public int ImportedTableCount { get; }
    /// <summary>How many memories are imported.</summary>
    public int ImportedMemoryCount { get; }
    /// <summary>How many globals are imported.</summary>
    public int ImportedGlobalCount { get; }
    /// <summary>How many tags are imported.</summary>
    public int ImportedTagCount { get; }

    /// <summary>The position among all functions of one that the module defines itself.</summary>
    public FuncIndex IndexOf(int definedIndex) => new((uint)(ImportedFunctionCount + definedIndex));

    /// <summary>The position among the functions that the module defines itself; negative for an import.</summary>
    public int DefinedIndexOf(FuncIndex function) => (int)function.Value - ImportedFunctionCount;

    /// <summary>The type of what <paramref name="export"/> stands for.</summary>
    public ExternType TypeOf(Export export) => export.Kind switch
    {
        ExternKind.Func => new FuncExternType(Functions[export.Index].HeapType),
        ExternKind.Table => Tables[export.Index],
        ExternKind.Memory => Memories[export.Index],
        ExternKind.Global => Globals[export.Index],
        _ => new TagType(Tags[export.Index].HeapType),
    };
}
