using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>Writes a module in the binary format, everything in its shortest form. Code is copied as it is.</summary>
/// <remarks>Spec: Binary Format, Modules. The reverse of <see cref="ModuleDecoder"/>: decoding what was encoded gives an equal
/// module, and bytes that were in shortest form come back as they were.</remarks>
public sealed partial class ModuleEncoder
{
    private readonly ModuleDefinition _module;
    private readonly ByteWriter _output;
    private readonly ByteWriter _section = new();
    private readonly ByteWriter _item = new();

    private ModuleEncoder(ModuleDefinition module)
    {
        _module = module;
        _output = new ByteWriter();
    }

    /// <summary>Writes <paramref name="module"/>, which need not be valid.</summary>
    public static byte[] Encode(ModuleDefinition module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return new ModuleEncoder(module).Encode();
    }

    private byte[] Encode()
    {
        _output.WriteFixed32(ModuleDecoder.Magic);
        _output.WriteFixed32(ModuleDecoder.Version);
        WriteCustomSections(after: null);
        foreach (SectionId id in SectionOrder.All)
        {
            if (IsWritten(id))
            {
                WriteContents(id);
                WriteSection(id);
            }
            WriteCustomSections(after: id);
        }
        return _output.ToArray();
    }

    // A section without contents can be left out; one that was there stays, since custom sections tell their place by it.
    private bool IsWritten(SectionId id) => id switch
    {
        SectionId.Type => _module.RecTypes.Length > 0,
        SectionId.Import => _module.Imports.Length > 0,
        SectionId.Function or SectionId.Code => _module.Functions.Length > 0,
        SectionId.Table => _module.Tables.Length > 0,
        SectionId.Memory => _module.Memories.Length > 0,
        SectionId.Tag => _module.Tags.Length > 0,
        SectionId.Global => _module.Globals.Length > 0,
        SectionId.Export => _module.Exports.Length > 0,
        SectionId.Start => _module.Start is not null,
        SectionId.Element => _module.Elements.Length > 0,
        SectionId.DataCount => _module.DataCount is not null,
        _ => _module.Data.Length > 0,
    } || (id is not (SectionId.Start or SectionId.DataCount) && WasThere(id));

    private bool WasThere(SectionId id)
    {
        foreach (SectionSpan section in _module.Sections)
        {
            if (section.Id == id) return true;
        }
        return false;
    }

    private void WriteCustomSections(SectionId? after)
    {
        foreach (CustomSection section in _module.CustomSections)
        {
            if (section.After != after) continue;
            _section.WriteName(section.Name);
            _section.WriteBytes(section.Bytes.Span);
            WriteSection(SectionId.Custom);
        }
    }

    private void WriteSection(SectionId id)
    {
        _output.WriteByte((byte)id);
        WriteSized(_output, _section);
    }

    private static void WriteSized(ByteWriter output, ByteWriter contents)
    {
        output.WriteU32((uint)contents.Count);
        output.WriteBytes(contents.Written);
        contents.Clear();
    }
}
