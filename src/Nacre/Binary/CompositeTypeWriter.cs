using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>Writes recursive groups and the types they are made of, each in its shortest form.</summary>
/// <remarks>Spec: Binary Format, Types. The reverse of <see cref="CompositeTypeReader"/>.</remarks>
internal static class CompositeTypeWriter
{
    /// <summary>Writes a recursive group; one of a single member as the type itself.</summary>
    public static void WriteRecType(ByteWriter output, RecType group)
    {
        if (group.Members.Length != 1)
        {
            output.WriteByte(CompositeTypeReader.Rec);
            output.WriteU32((uint)group.Members.Length);
        }
        foreach (SubType member in group.Members) WriteSubType(output, member);
    }

    private static void WriteSubType(ByteWriter output, SubType type)
    {
        if (!type.IsFinal || type.Supertypes.Length > 0)
        {
            output.WriteByte(type.IsFinal ? CompositeTypeReader.SubFinal : CompositeTypeReader.Sub);
            output.WriteU32((uint)type.Supertypes.Length);
            foreach (HeapType supertype in type.Supertypes) output.WriteU32(supertype.Index);
        }
        WriteCompositeType(output, type.Composite);
    }

    private static void WriteCompositeType(ByteWriter output, CompositeType type)
    {
        switch (type)
        {
            case FuncType function:
                output.WriteByte(CompositeTypeReader.Func);
                WriteValTypes(output, function.Parameters);
                WriteValTypes(output, function.Results);
                break;
            case StructType structure:
                output.WriteByte(CompositeTypeReader.Struct);
                output.WriteU32((uint)structure.Fields.Length);
                foreach (FieldType field in structure.Fields) WriteFieldType(output, field);
                break;
            default:
                output.WriteByte(CompositeTypeReader.Array);
                WriteFieldType(output, ((ArrayType)type).Element);
                break;
        }
    }

    private static void WriteValTypes(ByteWriter output, ReadOnlySpan<ValType> types)
    {
        output.WriteU32((uint)types.Length);
        foreach (ValType type in types) TypeWriter.WriteValType(output, type);
    }

    private static void WriteFieldType(ByteWriter output, FieldType field)
    {
        if (field.Storage == StorageType.I8) output.WriteByte(CompositeTypeReader.I8);
        else if (field.Storage == StorageType.I16) output.WriteByte(CompositeTypeReader.I16);
        else TypeWriter.WriteValType(output, field.Storage.Unpacked);
        ExternTypeWriter.WriteIsMutable(output, field.IsMutable);
    }
}
