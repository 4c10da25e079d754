using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <remarks>Spec: Appendix, Custom Sections, Name Section. Identifiers become names; a name in an annotation goes before.</remarks>
internal sealed partial class ModuleReader
{
    private readonly Dictionary<(IndexSpace Space, uint Index), string> _annotatedNames = [];
    private string? _moduleName;

    private void TakeFieldName(Keyword word, uint index)
    {
        if (Stream.Annotations.Length > 0 && TakeNameAnnotation() is { } name) _annotatedNames[(SpaceOf(word)!, index)] = name;
    }

    private CustomSection[] AllCustomSections()
    {
        var sections = new List<CustomSection>();
        if (NamesSection() is { } names) sections.Add(names);
        if (_hints.Count > 0) sections.Add(HintsSection());
        return [.. sections, .. _customSections];
    }

    private CustomSection? NamesSection()
    {
        var output = new ByteWriter();
        if (_moduleName is not null) WriteSubsection(output, 0, contents => contents.WriteName(_moduleName));
        WriteNames(output, 1, _funcSpace);
        WriteIndirect(output, 2, _localNames);
        WriteIndirect(output, 3, _labelNames);
        WriteNames(output, 4, _typeSpace);
        WriteNames(output, 5, _tableSpace);
        WriteNames(output, 6, _memorySpace);
        WriteNames(output, 7, _globalSpace);
        WriteNames(output, 8, _elemSpace);
        WriteNames(output, 9, _dataSpace);
        WriteIndirect(output, 10, FieldNames());
        WriteNames(output, 11, _tagSpace);
        return output.Count == 0 ? null : new CustomSection(NameSection.SectionName, output.ToArray(), SectionId.Data, 0);
    }

    private List<(uint Outer, List<(uint Index, int Symbol)> Names)> FieldNames()
        => [.. _fieldNames.GroupBy(field => field.Type).Select(type => (type.Key, type.Select(field => (field.Field, field.Symbol)).ToList()))];

    private void WriteNames(ByteWriter output, byte kind, IndexSpace space)
    {
        if (_annotatedNames.Count > 0)
        {
            WriteAnnotatedNames(output, kind, space);
        }
        else if (space.Names is { } names)
        {
            WriteSubsection(output, kind, contents =>
            {
                contents.WriteU32((uint)names.Count);
                foreach ((uint index, int symbol) in names)
                {
                    contents.WriteU32(index);
                    WriteSymbol(contents, symbol);
                }
            });
        }
    }

    private void WriteAnnotatedNames(ByteWriter output, byte kind, IndexSpace space)
    {
        var names = new SortedDictionary<uint, string>();
        foreach ((uint index, int symbol) in space.Names ?? []) names[index] = Stream.Symbols.Name(symbol);
        foreach (((IndexSpace owner, uint index), string name) in _annotatedNames)
        {
            if (owner == space) names[index] = name;
        }
        if (names.Count == 0) return;
        WriteSubsection(output, kind, contents =>
        {
            contents.WriteU32((uint)names.Count);
            foreach ((uint index, string name) in names)
            {
                contents.WriteU32(index);
                contents.WriteName(name);
            }
        });
    }

    private void WriteSymbol(ByteWriter output, int symbol)
    {
        ReadOnlySpan<byte> name = Stream.Symbols.Bytes(symbol);
        output.WriteU32((uint)name.Length);
        output.WriteBytes(name);
    }

    private void WriteIndirect(ByteWriter output, byte kind, List<(uint Outer, List<(uint Index, int Symbol)> Names)> groups)
    {
        if (groups.Count == 0) return;
        WriteSubsection(output, kind, contents =>
        {
            contents.WriteU32((uint)groups.Count);
            foreach ((uint outer, List<(uint Index, int Symbol)> names) in groups)
            {
                contents.WriteU32(outer);
                contents.WriteU32((uint)names.Count);
                foreach ((uint index, int symbol) in names)
                {
                    contents.WriteU32(index);
                    WriteSymbol(contents, symbol);
                }
            }
        });
    }

    private static void WriteSubsection(ByteWriter output, byte kind, Action<ByteWriter> write)
    {
        var contents = new ByteWriter();
        write(contents);
        output.WriteByte(kind);
        output.WriteU32((uint)contents.Count);
        output.WriteBytes(contents.Written);
    }
}
