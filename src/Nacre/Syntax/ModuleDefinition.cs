namespace Nacre.Syntax;

/// <summary>A sequence of instructions in the binary format, its final <c>end</c> included.</summary>
/// <param name="Bytes">The encoded instructions. They belong to the module and are never written to.</param>
/// <param name="ByteOffset">Where <paramref name="Bytes"/> begins, in bytes from the first byte of the module.</param>
/// <remarks>Spec: Structure, Instructions, Expressions. Bytes are the one representation of code: reading them is as fast
/// as walking a tree, and they take a tenth of its space.</remarks>
public readonly record struct Expr(ReadOnlyMemory<byte> Bytes, int ByteOffset);

/// <summary>An import: two names and what is wanted under them.</summary>
public sealed record Import(string Module, string Name, ExternType Type);

/// <summary>An export: a name, and which item of which index space it stands for.</summary>
public readonly record struct Export(string Name, ExternKind Kind, uint Index);

/// <summary>A run of <paramref name="Count"/> locals of the same type.</summary>
public readonly record struct LocalRun(uint Count, ValType Type);

/// <summary>A function defined by a module.</summary>
/// <param name="Type">Its function type.</param>
/// <param name="Locals">The declared locals, run by run, without the parameters.</param>
/// <param name="Body">Its instructions.</param>
public sealed record FuncDefinition(TypeIndex Type, LocalRun[] Locals, Expr Body)
{
    /// <summary>How many locals are declared.</summary>
    internal long LocalCount
    {
        get
        {
            long count = 0;
            foreach (LocalRun run in Locals) count += run.Count;
            return count;
        }
    }
}

/// <summary>A table defined by a module; without an initializer its elements start as null.</summary>
public sealed record TableDefinition(TableType Type, Expr? Initializer);

/// <summary>A global defined by a module.</summary>
public sealed record GlobalDefinition(GlobalType Type, Expr Initializer);

/// <summary>How a segment is used. Spec: Structure, Modules, Element Segments and Data Segments.</summary>
public enum SegmentMode : byte
{
    /// <summary>Copied during instantiation, then dropped.</summary>
    Active,
    /// <summary>Kept until an instruction copies or drops it.</summary>
    Passive,
    /// <summary>Only declares that its functions may be referred to (elements alone).</summary>
    Declarative,
}

/// <summary>An element segment. Either <see cref="Functions"/> or <see cref="Initializers"/> is given.</summary>
/// <param name="Mode">How the segment is used.</param>
/// <param name="Table">The table an active segment is copied to.</param>
/// <param name="Offset">Where in the table an active segment goes.</param>
/// <param name="Type">The type of every element.</param>
/// <param name="Functions">Function indices, for the short forms of the binary format.</param>
/// <param name="Initializers">Constant expressions, for the long forms.</param>
public sealed record ElementSegment(
    SegmentMode Mode, TableIndex Table, Expr? Offset, ValType Type, FuncIndex[]? Functions, Expr[]? Initializers)
{
    /// <summary>Number of elements.</summary>
    public int Count => Functions?.Length ?? Initializers!.Length;
}

/// <summary>A data segment: bytes, and for an active one where they go.</summary>
public sealed record DataSegment(SegmentMode Mode, MemoryIndex Memory, Expr? Offset, ReadOnlyMemory<byte> Bytes);

/// <summary>A custom section, kept byte for byte.</summary>
/// <param name="Name">The section's name.</param>
/// <param name="Bytes">Everything after the name.</param>
/// <param name="After">The last section other than a custom one that came before it; null at the very beginning.</param>
/// <param name="ByteOffset">Where <paramref name="Bytes"/> begins, in bytes from the first byte of the module.</param>
public sealed record CustomSection(string Name, ReadOnlyMemory<byte> Bytes, SectionId? After, int ByteOffset);

/// <summary>The sections of a module. Values are the codes of the binary format, which are not the order of appearance.</summary>
/// <remarks>Spec: Binary Format, Modules, Sections.</remarks>
public enum SectionId : byte
{
    /// <summary>Anything a tool wants to attach.</summary>
    Custom = 0,
    /// <summary>Recursive types.</summary>
    Type = 1,
    /// <summary>Imports.</summary>
    Import = 2,
    /// <summary>Types of the defined functions.</summary>
    Function = 3,
    /// <summary>Tables.</summary>
    Table = 4,
    /// <summary>Memories.</summary>
    Memory = 5,
    /// <summary>Globals.</summary>
    Global = 6,
    /// <summary>Exports.</summary>
    Export = 7,
    /// <summary>The start function.</summary>
    Start = 8,
    /// <summary>Element segments.</summary>
    Element = 9,
    /// <summary>Bodies of the defined functions.</summary>
    Code = 10,
    /// <summary>Data segments.</summary>
    Data = 11,
    /// <summary>How many data segments there are, told before the code.</summary>
    DataCount = 12,
    /// <summary>Exception tags.</summary>
    Tag = 13,
}

/// <summary>A section as it lies in the bytes: what it is, where its contents begin, and how long they are (bytes).</summary>
public readonly record struct SectionSpan(SectionId Id, string? Name, int ByteOffset, int ByteCount);

/// <summary>A module as the specification's abstract syntax describes it: decoded or parsed, not yet validated.</summary>
/// <remarks>Spec: Structure, Modules. Immutable by agreement once built: arrays are shared, never written to.</remarks>
public sealed class ModuleDefinition
{
    /// <summary>The recursive groups, in order.</summary>
    public RecType[] RecTypes { get; init; } = [];
    /// <summary>Imports, in order.</summary>
    public Import[] Imports { get; init; } = [];
    /// <summary>Defined functions, in order.</summary>
    public FuncDefinition[] Functions { get; init; } = [];
    /// <summary>Defined tables, in order.</summary>
    public TableDefinition[] Tables { get; init; } = [];
    /// <summary>Defined memories, in order.</summary>
    public MemoryType[] Memories { get; init; } = [];
    /// <summary>Defined tags, in order.</summary>
    public TagType[] Tags { get; init; } = [];
    /// <summary>Defined globals, in order.</summary>
    public GlobalDefinition[] Globals { get; init; } = [];
    /// <summary>Exports, in order.</summary>
    public Export[] Exports { get; init; } = Empty<Export>.Array;
    /// <summary>The function called at the end of instantiation.</summary>
    public FuncIndex? Start { get; init; }
    /// <summary>Element segments, in order.</summary>
    public ElementSegment[] Elements { get; init; } = [];
    /// <summary>Data segments, in order.</summary>
    public DataSegment[] Data { get; init; } = [];
    /// <summary>The announced number of data segments, when the section is there.</summary>
    public uint? DataCount { get; init; }
    /// <summary>Custom sections, in order.</summary>
    public CustomSection[] CustomSections { get; init; } = [];
    /// <summary>The sections as they lay in the bytes; empty for a module that was not decoded.</summary>
    public SectionSpan[] Sections { get; init; } = Empty<SectionSpan>.Array;
}
