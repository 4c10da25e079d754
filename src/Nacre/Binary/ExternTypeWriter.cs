using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>Writes the types of what is imported and defined.</summary>
/// <remarks>Spec: Binary Format, Types. The reverse of <see cref="ExternTypeReader"/>.</remarks>
internal static class ExternTypeWriter
{
    private const byte CommonPageSizeLog2 = 16;

    /// <summary>Writes the type of an import, without its kind.</summary>
    public static void Write(ByteWriter output, ExternType type)
    {
        switch (type)
        {
            case FuncExternType function: output.WriteU32(function.Type.Index); break;
            case TableType table: WriteTableType(output, table); break;
            case MemoryType memory: WriteMemoryType(output, memory); break;
            case GlobalType global: WriteGlobalType(output, global); break;
            default: WriteTagType(output, (TagType)type); break;
        }
    }

    /// <summary>Writes the type of a table.</summary>
    public static void WriteTableType(ByteWriter output, TableType type)
    {
        TypeWriter.WriteValType(output, type.Element);
        WriteLimits(output, type.Limits, type.Address);
    }

    /// <summary>Writes the type of a memory.</summary>
    public static void WriteMemoryType(ByteWriter output, MemoryType type)
    {
        bool hasPageSize = type.PageSizeLog2 != CommonPageSizeLog2;
        int flags = (type.IsShared ? ExternTypeReader.Shared : 0) | (hasPageSize ? ExternTypeReader.HasPageSize : 0);
        WriteLimits(output, type.Limits, type.Address, flags);
        if (hasPageSize) output.WriteU32(type.PageSizeLog2);
    }

    /// <summary>Writes the type of a global.</summary>
    public static void WriteGlobalType(ByteWriter output, GlobalType type)
    {
        TypeWriter.WriteValType(output, type.Value);
        WriteIsMutable(output, type.IsMutable);
    }

    /// <summary>Writes the type of a tag.</summary>
    public static void WriteTagType(ByteWriter output, TagType type)
    {
        output.WriteByte(0);
        output.WriteU32(type.Type.Index);
    }

    /// <summary>Writes whether a global or field can change.</summary>
    public static void WriteIsMutable(ByteWriter output, bool isMutable) => output.WriteByte((byte)(isMutable ? 1 : 0));

    private static void WriteLimits(ByteWriter output, Limits limits, AddressType address, int flags = 0)
    {
        if (limits.Maximum is not null) flags |= ExternTypeReader.HasMaximum;
        if (address == AddressType.I64) flags |= ExternTypeReader.Address64;
        output.WriteByte((byte)flags);
        output.WriteU64(limits.Minimum);
        if (limits.Maximum is { } maximum) output.WriteU64(maximum);
    }
}
