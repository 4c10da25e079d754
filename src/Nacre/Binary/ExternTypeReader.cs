using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>Reads the types of what is imported and defined: tables, memories, globals, tags, functions.</summary>
/// <remarks>Spec: Binary Format, Types. Codes of disabled features are malformed.</remarks>
internal static class ExternTypeReader
{
    //  7   4   3   2   1   0
    // ┌─────┬───┬───┬───┬───┐   m: a maximum follows        s: shared (memories)
    // │  0  │ p │ a │ s │ m │   a: 64-bit addresses         p: the page size follows, as a power of two (memories)
    // └─────┴───┴───┴───┴───┘
    internal const byte HasMaximum = 1, Shared = 2, Address64 = 4, HasPageSize = 8;

    private const byte LargestPageSizeLog2 = 63;

    /// <summary>Reads the type of an import.</summary>
    /// <exception cref="MalformedModuleException">The bytes are no such type, or end early.</exception>
    /// <exception cref="InvalidModuleException">A type index is beyond what any module may have.</exception>
    public static ExternType Read(ref BinaryCursor cursor, ExternKind kind, WasmFeatures features) => kind switch
    {
        ExternKind.Func => new FuncExternType(TypeReader.ReadDefinedType(ref cursor)),
        ExternKind.Table => ReadTableType(ref cursor, features),
        ExternKind.Memory => ReadMemoryType(ref cursor, features),
        ExternKind.Global => ReadGlobalType(ref cursor, features),
        _ => ReadTagType(ref cursor),
    };

    /// <summary>Reads the kind of an import or export.</summary>
    /// <exception cref="MalformedModuleException">The code is none.</exception>
    public static ExternKind ReadKind(ref BinaryCursor cursor, WasmFeatures features, string text)
    {
        int start = cursor.Offset;
        var kind = (ExternKind)cursor.ReadByte();
        if (kind > ExternKind.Tag) Malformed.Throw($"{text}: {(byte)kind:x2}", start);
        if (kind == ExternKind.Tag) TypeReader.Require(SectionOrder.FeatureOf(SectionId.Tag), features, text, "tag", start);
        return kind;
    }

    /// <summary>Reads the type of a table: what its elements are, then limits.</summary>
    /// <exception cref="MalformedModuleException">The bytes are no such type, or end early.</exception>
    /// <exception cref="InvalidModuleException">A type index is beyond what any module may have.</exception>
    public static TableType ReadTableType(ref BinaryCursor cursor, WasmFeatures features)
    {
        ValType element = TypeReader.ReadRefType(ref cursor, features);
        byte flags = ReadFlags(ref cursor, HasMaximum | Address64, features);
        return new TableType(element, ReadLimits(ref cursor, flags, features), AddressOf(flags));
    }

    /// <summary>Reads the type of a memory: limits in pages, then the page size when it is given.</summary>
    /// <exception cref="MalformedModuleException">The bytes are no such type, or end early.</exception>
    public static MemoryType ReadMemoryType(ref BinaryCursor cursor, WasmFeatures features)
    {
        byte flags = ReadFlags(ref cursor, HasMaximum | Shared | Address64 | HasPageSize, features);
        Limits limits = ReadLimits(ref cursor, flags, features);
        bool isShared = (flags & Shared) != 0;
        return (flags & HasPageSize) != 0
            ? new MemoryType(limits, AddressOf(flags), isShared, ReadPageSizeLog2(ref cursor))
            : new MemoryType(limits, AddressOf(flags), isShared);
    }

    /// <summary>Reads the type of a global: what it holds, then whether that can change.</summary>
    /// <exception cref="MalformedModuleException">The bytes are no such type, or end early.</exception>
    /// <exception cref="InvalidModuleException">A type index is beyond what any module may have.</exception>
    public static GlobalType ReadGlobalType(ref BinaryCursor cursor, WasmFeatures features)
    {
        ValType value = TypeReader.ReadValType(ref cursor, features);
        return new GlobalType(value, ReadIsMutable(ref cursor));
    }

    /// <summary>Reads the type of a tag: a reserved byte, then a function type.</summary>
    /// <exception cref="MalformedModuleException">The byte is not 0, or the bytes end early.</exception>
    /// <exception cref="InvalidModuleException">The type index is beyond what any module may have.</exception>
    public static TagType ReadTagType(ref BinaryCursor cursor)
    {
        if (cursor.ReadByte() != 0) Malformed.Throw("zero byte expected: the attribute of a tag", cursor.Offset - 1);
        return new TagType(TypeReader.ReadDefinedType(ref cursor));
    }

    /// <summary>Reads whether a global or field can change.</summary>
    /// <exception cref="MalformedModuleException">The byte is neither 0 nor 1.</exception>
    public static bool ReadIsMutable(ref BinaryCursor cursor)
    {
        byte mutability = cursor.ReadByte();
        if (mutability > 1) Malformed.Throw($"malformed mutability: {mutability:x2}", cursor.Offset - 1);
        return mutability == 1;
    }

    private static byte ReadFlags(ref BinaryCursor cursor, int known, WasmFeatures features)
    {
        const string Text = "malformed limits flags";
        int start = cursor.Offset;
        byte flags = cursor.ReadByte();
        if ((flags & ~known) != 0) Malformed.Throw($"{Text}: {flags:x2}", start);
        if ((flags & Shared) != 0) TypeReader.Require(WasmFeatures.Threads, features, Text, "shared", start);
        if ((flags & Address64) != 0) TypeReader.Require(WasmFeatures.Memory64, features, Text, "i64", start);
        if ((flags & HasPageSize) != 0) TypeReader.Require(WasmFeatures.CustomPageSizes, features, Text, "pagesize", start);
        return flags;
    }

    private static AddressType AddressOf(byte flags) => (flags & Address64) != 0 ? AddressType.I64 : AddressType.I32;

    private static Limits ReadLimits(ref BinaryCursor cursor, byte flags, WasmFeatures features)
    {
        ulong minimum = ReadBound(ref cursor, features);
        return new Limits(minimum, (flags & HasMaximum) != 0 ? ReadBound(ref cursor, features) : null);
    }

    // Bounds that are too large for the address type are for validation to say.
    private static ulong ReadBound(ref BinaryCursor cursor, WasmFeatures features)
        => (features & WasmFeatures.Memory64) != 0 ? cursor.ReadU64() : cursor.ReadU32();

    private static byte ReadPageSizeLog2(ref BinaryCursor cursor)
    {
        int start = cursor.Offset;
        uint log2 = cursor.ReadU32();
        if (log2 > LargestPageSizeLog2) Malformed.Throw($"invalid custom page size: 2 to the power of {log2}", start);
        return (byte)log2;
    }
}
