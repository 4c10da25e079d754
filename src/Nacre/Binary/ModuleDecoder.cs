using System.Buffers.Binary;
using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>Reads a module from its binary format.</summary>
/// <remarks>
/// Spec: Binary Format, Modules. The bytes are read once, front to back. A section and a function are read on even past the
/// size they declare, and the sizes are compared afterwards: that is where the suite's wordings come from. Nothing
/// is allocated for a count before it was held against the bytes that are left and against <see cref="ImplementationLimits"/>.
/// </remarks>
public sealed partial class ModuleDecoder
{
    // 0        4     6     8
    // ┌────────┬─────┬─────┬─ ─ ─     layer 0: a module, of version 1
    // │ \0asm  │ ver │layer│ sections layer 1: a component
    // └────────┴─────┴─────┴─ ─ ─
    internal const uint Magic = 0x6D73_6100, Version = 1;
    private const uint ComponentLayer = 1;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly WasmFeatures _features;
    private readonly ExprReader _expressions;
    private GrowingArray<CustomSection> _customSections;

    private RecType[] _recTypes = [];
    private Import[] _imports = [];
    private TypeIndex[] _functionTypes = Empty<TypeIndex>.Array;
    private FuncDefinition[] _functions = [];
    private TableDefinition[] _tables = [];
    private MemoryType[] _memories = [];
    private TagType[] _tags = [];
    private GlobalDefinition[] _globals = [];
    private Export[] _exports = Empty<Export>.Array;
    private FuncIndex? _start;
    private ElementSegment[] _elements = [];
    private DataSegment[] _data = [];
    private uint? _dataCount;
    private int? _firstDataMention;
    private SectionSpan[] _sections = new SectionSpan[SectionOrder.All.Length];
    private int _sectionCount;

    private ModuleDecoder(ReadOnlyMemory<byte> bytes, WasmFeatures features)
    {
        _bytes = bytes;
        _features = features;
        _expressions = new ExprReader(bytes, features);
    }

    /// <summary>Reads a module. Every instruction is checked to be one, and blocks to be balanced; nothing else is validated.</summary>
    /// <param name="bytes">The whole module. The definition keeps slices of it: it must not be written to any more.</param>
    /// <param name="features">What the module may use; everything else is malformed.</param>
    /// <returns>The module, its code as bytes.</returns>
    /// <exception cref="MalformedModuleException">The bytes are no module in binary format, or exceed
    /// <see cref="ImplementationLimits"/>. <see cref="MalformedModuleException.IsComponent"/> tells when they are a component.</exception>
    /// <exception cref="InvalidModuleException">A type index is beyond what any module may have.</exception>
    public static ModuleDefinition Decode(ReadOnlyMemory<byte> bytes, WasmFeatures features = WasmFeatures.Standard)
    {
        Limit.Check(bytes.Length, ImplementationLimits.ModuleByteCount, "bytes", byteOffset: 0);
        return new ModuleDecoder(bytes, features).Decode();
    }

    private ModuleDefinition Decode()
    {
        var cursor = new BinaryCursor(_bytes.Span, originOffset: 0);
        ReadHeader(ref cursor);
        ReadSections(ref cursor);
        CheckConsistency(cursor.Offset);
        ResizeSections(_sectionCount);
        return new ModuleDefinition
        {
            RecTypes = _recTypes,
            Imports = _imports,
            Functions = _functions,
            Tables = _tables,
            Memories = _memories,
            Tags = _tags,
            Globals = _globals,
            Exports = _exports,
            Start = _start,
            Elements = _elements,
            Data = _data,
            DataCount = _dataCount,
            CustomSections = _customSections.ToArray(),
            Sections = _sections,
        };
    }

    private static void ReadHeader(ref BinaryCursor cursor)
    {
        if (cursor.ReadFixed32() != Magic) Malformed.Throw("magic header not detected: this is no WebAssembly module", byteOffset: 0);
        int start = cursor.Offset;
        uint version = cursor.ReadFixed32();
        if (version >> 16 == ComponentLayer)
            throw new MalformedModuleException("unknown binary version: this is a component, not a module", start) { IsComponent = true };
        if (version != Version) Malformed.Throw($"unknown binary version {BinaryPrimitives.ReverseEndianness(version):x8}", start);
    }

    private void ReadSections(ref BinaryCursor cursor)
    {
        SectionId? last = null;
        while (!cursor.IsAtEnd)
        {
            int start = cursor.Offset;
            SectionId id = ReadSectionId(ref cursor);
            if (id != SectionId.Custom)
            {
                if (last is { } before && SectionOrder.PlaceOf(id) <= SectionOrder.PlaceOf(before))
                    Malformed.Throw($"unexpected content after last section: section {(byte)id} after section {(byte)before}", start);
                last = id;
            }
            ReadSection(ref cursor, id, last);
        }
    }

    private SectionId ReadSectionId(ref BinaryCursor cursor)
    {
        const string Text = "malformed section id";
        int start = cursor.Offset;
        var id = (SectionId)cursor.ReadByte();
        if (id > SectionId.Tag) Malformed.Throw($"{Text}: {(byte)id:x2}", start);
        TypeReader.Require(SectionOrder.FeatureOf(id), _features, Text, id == SectionId.Tag ? "the tag section" : "the data count section", start);
        return id;
    }

    private void ReadSection(ref BinaryCursor cursor, SectionId id, SectionId? last)
    {
        int byteCount = cursor.ReadCount(), start = cursor.Offset;
        if (id == SectionId.Custom)
        {
            CustomSection section = ReadCustomSection(ref cursor, byteCount, last);
            _customSections.Add(section);
            AddSection(new SectionSpan(id, section.Name, start, byteCount));
            return;
        }
        ReadContents(ref cursor, id);
        if (cursor.Offset - start != byteCount)
            Malformed.Throw($"section size mismatch: section {(byte)id} declares {byteCount} bytes and has {cursor.Offset - start}", start);
        AddSection(new SectionSpan(id, null, start, byteCount));
    }

    private void AddSection(SectionSpan section)
    {
        if (_sectionCount == _sections.Length) ResizeSections(_sectionCount * 2);
        _sections[_sectionCount++] = section;
    }

    // Generic methods of the framework over own structures are not compiled ahead of time, and this is on the path of start-up.
    private void ResizeSections(int length)
    {
        var resized = new SectionSpan[length];
        Array.Copy(_sections, resized, _sectionCount);
        _sections = resized;
    }

    private CustomSection ReadCustomSection(ref BinaryCursor cursor, int byteCount, SectionId? last)
    {
        int start = cursor.Offset;
        string name = cursor.ReadName();
        int nameByteCount = cursor.Offset - start;
        if (nameByteCount > byteCount) Malformed.Throw(Malformed.UnexpectedEnd, start + byteCount);
        int contents = cursor.Offset;
        cursor.Skip(byteCount - nameByteCount);
        return new CustomSection(name, _bytes[contents..cursor.Offset], last, contents);
    }

    private void CheckConsistency(int end)
    {
        if (_functions.Length != _functionTypes.Length)
            Malformed.Throw($"function and code section have inconsistent lengths: {_functionTypes.Length} and {_functions.Length}", end);
        if (_dataCount is { } count && count != _data.Length)
            Malformed.Throw($"data count and data section have inconsistent lengths: {count} and {_data.Length}", end);
        if (_dataCount is null && _firstDataMention is { } mention) Malformed.Throw("data count section required", mention);
    }
}
