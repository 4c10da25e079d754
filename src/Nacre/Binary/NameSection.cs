using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>The names that a module gives to what it defines, for people.</summary>
/// <remarks>
/// Spec: Appendix, Custom Sections, Name Section. Nothing about names is ever an error of the module: what is malformed is told
/// by <see cref="Defect"/>, and names before the defect can still be looked up. Each kind of names is read when the first of them
/// is asked for; a look-up is a binary search. Safe for several threads.
/// </remarks>
public sealed class NameSection
{
    /// <summary>The name of the custom section.</summary>
    public const string SectionName = "name";

    private enum Kind : byte { Module, Function, Local, Label, Type, Table, Memory, Global, Element, Data, Field, Tag }

    private const int KindCount = (int)Kind.Tag + 1;

    private readonly SectionSpan?[] _subsections = new SectionSpan?[KindCount];
    private readonly NameMap?[] _maps = new NameMap?[KindCount];
    private readonly CustomSection _section;
    private readonly MalformedModuleException? _layoutDefect;

    private NameSection(CustomSection section)
    {
        _section = section;
        try
        {
            ReadSubsections();
            Module = ReadModuleName();
        }
        catch (MalformedModuleException defect)
        {
            _layoutDefect = defect;
        }
    }

    /// <summary>Finds out which kinds of names <paramref name="section"/> has, and the name of the module.</summary>
    public static NameSection Parse(CustomSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return new NameSection(section);
    }

    /// <summary>The names of <paramref name="module"/>, from the first section that holds some; null without one.</summary>
    public static NameSection? Of(ModuleDefinition module)
    {
        ArgumentNullException.ThrowIfNull(module);
        foreach (CustomSection section in module.CustomSections)
        {
            if (section.Name == SectionName) return Parse(section);
        }
        return null;
    }

    /// <summary>What is malformed about the section, the first such thing; null when nothing is. Reads all of it.</summary>
    public MalformedModuleException? Defect
    {
        get
        {
            for (Kind kind = Kind.Function; kind <= Kind.Tag; kind++)
            {
                if (Map(kind).Defect is { } defect) return defect;
            }
            return _layoutDefect;
        }
    }

    /// <summary>The name of the module; null without one.</summary>
    public string? Module { get; }

    /// <summary>The name of a function, or null.</summary>
    public string? NameOf(FuncIndex function) => Map(Kind.Function).Find(function.Value);

    /// <summary>The name of a type, or null.</summary>
    public string? NameOf(TypeIndex type) => Map(Kind.Type).Find(type.Value);

    /// <summary>The name of a table, or null.</summary>
    public string? NameOf(TableIndex table) => Map(Kind.Table).Find(table.Value);

    /// <summary>The name of a memory, or null.</summary>
    public string? NameOf(MemoryIndex memory) => Map(Kind.Memory).Find(memory.Value);

    /// <summary>The name of a global, or null.</summary>
    public string? NameOf(GlobalIndex global) => Map(Kind.Global).Find(global.Value);

    /// <summary>The name of a tag, or null.</summary>
    public string? NameOf(TagIndex tag) => Map(Kind.Tag).Find(tag.Value);

    /// <summary>The name of an element segment, or null.</summary>
    public string? NameOf(ElemIndex segment) => Map(Kind.Element).Find(segment.Value);

    /// <summary>The name of a data segment, or null.</summary>
    public string? NameOf(DataIndex segment) => Map(Kind.Data).Find(segment.Value);

    /// <summary>The name of a parameter or local of a function, or null.</summary>
    public string? NameOf(FuncIndex function, LocalIndex local) => Map(Kind.Local).Find(Key(function.Value, local.Value));

    /// <summary>The name of a label of a function, or null. Labels are counted from 0 as their blocks open.</summary>
    public string? NameOfLabel(FuncIndex function, uint labelNumber) => Map(Kind.Label).Find(Key(function.Value, labelNumber));

    /// <summary>The name of a field of a structure type, or null.</summary>
    public string? NameOfField(TypeIndex type, uint fieldIndex) => Map(Kind.Field).Find(Key(type.Value, fieldIndex));

    private static ulong Key(uint outer, uint inner) => ((ulong)outer << 32) | inner;

    // Threads that come at once read the same names twice and agree on the result.
    private NameMap Map(Kind kind) => _maps[(int)kind] ??= ReadMap(kind);

    private NameMap ReadMap(Kind kind) => _subsections[(int)kind] is { } span
        ? NameMap.Read(BytesOf(span), span.ByteOffset, isIndirect: kind is Kind.Local or Kind.Label or Kind.Field)
        : NameMap.Empty;

    private ReadOnlyMemory<byte> BytesOf(SectionSpan span)
        => _section.Bytes.Slice(span.ByteOffset - _section.ByteOffset, span.ByteCount);

    // A subsection: its kind, its size in bytes, its contents. Kinds come in order, each at most once; unknown ones are passed over.
    private void ReadSubsections()
    {
        var cursor = new BinaryCursor(_section.Bytes.Span, _section.ByteOffset);
        int last = -1;
        while (!cursor.IsAtEnd)
        {
            int start = cursor.Offset;
            byte kind = cursor.ReadByte();
            if (kind <= last) Malformed.Throw($"names out of order: subsection {kind} after {last}", start);
            last = kind;
            int byteCount = cursor.ReadCount(), contents = cursor.Offset;
            cursor.Skip(byteCount);
            if (kind < KindCount) _subsections[kind] = new SectionSpan(SectionId.Custom, null, contents, byteCount);
        }
    }

    private string? ReadModuleName()
    {
        if (_subsections[(int)Kind.Module] is not { } span) return null;
        var cursor = new BinaryCursor(BytesOf(span).Span, span.ByteOffset);
        string name = cursor.ReadName();
        if (!cursor.IsAtEnd) Malformed.Throw("section size mismatch: bytes follow the name of the module", cursor.Offset);
        return name;
    }
}
