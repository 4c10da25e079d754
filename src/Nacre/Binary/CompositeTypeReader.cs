using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>Reads recursive groups and the types they are made of.</summary>
/// <remarks>Spec: Binary Format, Types. Codes of disabled features are malformed. Buffers are kept from type to type.</remarks>
internal sealed class CompositeTypeReader(WasmFeatures features)
{
    // Codes are negative numbers of one byte, like those of TypeReader:
    //   0x4E rec   0x4F sub final   0x50 sub   0x5E array   0x5F struct   0x60 func   0x77 i16   0x78 i8
    internal const byte Rec = 0x4E, SubFinal = 0x4F, Sub = 0x50, Array = 0x5E, Struct = 0x5F, Func = 0x60, I16 = 0x77, I8 = 0x78;

    private ValType[] _parameters = new ValType[8];
    private ValType[] _results = new ValType[4];

    /// <summary>Reads a recursive group, or a single type that stands for a group of one.</summary>
    /// <exception cref="MalformedModuleException">The bytes are no type, or end early, or a limit is exceeded.</exception>
    /// <exception cref="InvalidModuleException">A type index is beyond what any module may have.</exception>
    public RecType ReadRecType(ref BinaryCursor cursor)
    {
        if (cursor.PeekByte() != Rec) return new RecType([ReadSubType(ref cursor)]);
        Require(ref cursor, "rec");
        int count = Limit.ReadCount(ref cursor, ImplementationLimits.Types, "types");
        var members = new SubType[count];
        for (int i = 0; i < count; i++) members[i] = ReadSubType(ref cursor);
        return new RecType(members);
    }

    private SubType ReadSubType(ref BinaryCursor cursor)
    {
        byte code = cursor.PeekByte();
        if (code is not (Sub or SubFinal)) return SubType.Plain(ReadCompositeType(ref cursor));
        Require(ref cursor, "sub");
        var supertypes = new HeapType[Limit.ReadCount(ref cursor, ImplementationLimits.Types, "supertypes")];
        for (int i = 0; i < supertypes.Length; i++) supertypes[i] = TypeReader.ReadDefinedType(ref cursor);
        return new SubType(isFinal: code == SubFinal, supertypes, ReadCompositeType(ref cursor));
    }

    private CompositeType ReadCompositeType(ref BinaryCursor cursor)
    {
        int start = cursor.Offset;
        byte code = cursor.PeekByte();
        switch (code)
        {
            case Func:
                cursor.ReadByte();
                return ReadFuncType(ref cursor);
            case Struct:
                Require(ref cursor, "struct");
                return ReadStructType(ref cursor);
            case Array:
                Require(ref cursor, "array");
                return new ArrayType(ReadFieldType(ref cursor));
            default:
                Malformed.Throw(code < 0x80 ? $"malformed definition type: {code:x2}" : "integer representation too long", start);
                return null;
        }
    }

    private FuncType ReadFuncType(ref BinaryCursor cursor)
    {
        int parameterCount = ReadValTypes(ref cursor, ref _parameters, ImplementationLimits.Parameters, "parameters");
        int resultCount = ReadValTypes(ref cursor, ref _results, ImplementationLimits.Results, "results");
        return new FuncType(_parameters.AsSpan(0, parameterCount), _results.AsSpan(0, resultCount));
    }

    private int ReadValTypes(ref BinaryCursor cursor, ref ValType[] types, int limit, string what)
    {
        int count = Limit.ReadCount(ref cursor, limit, what);
        if (count > types.Length) types = new ValType[count];
        for (int i = 0; i < count; i++) types[i] = TypeReader.ReadValType(ref cursor, features);
        return count;
    }

    private StructType ReadStructType(ref BinaryCursor cursor)
    {
        int count = Limit.ReadCount(ref cursor, ImplementationLimits.Fields, "fields");
        var fields = new FieldType[count];
        for (int i = 0; i < count; i++) fields[i] = ReadFieldType(ref cursor);
        return new StructType(fields);
    }

    private FieldType ReadFieldType(ref BinaryCursor cursor)
    {
        StorageType storage = ReadStorageType(ref cursor);
        return new FieldType(storage, ExternTypeReader.ReadIsMutable(ref cursor));
    }

    private StorageType ReadStorageType(ref BinaryCursor cursor)
    {
        byte code = cursor.PeekByte();
        if (code is not (I8 or I16)) return new StorageType(TypeReader.ReadValType(ref cursor, features));
        cursor.ReadByte();
        return code == I8 ? StorageType.I8 : StorageType.I16;
    }

    private void Require(ref BinaryCursor cursor, string what)
    {
        TypeReader.Require(WasmFeatures.Gc, features, "malformed definition type", what, cursor.Offset);
        cursor.ReadByte();
    }
}
