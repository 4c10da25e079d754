using System.Diagnostics;
using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>Writes value, reference, heap and block types, each in its shortest form.</summary>
/// <remarks>Spec: Binary Format, Types. Type indices are those of the module.</remarks>
internal static class TypeWriter
{
    /// <summary>Writes a value or reference type.</summary>
    public static void WriteValType(ByteWriter output, ValType type)
    {
        if (!type.IsReference)
        {
            output.WriteByte((byte)type.Bits);
            return;
        }
        bool isShort = type.IsNullable && !type.HeapType.IsDefined;
        if (!isShort) output.WriteByte(type.IsNullable ? TypeReader.RefNull : TypeReader.Ref);
        WriteHeapType(output, type.HeapType);
    }

    /// <summary>Writes a heap type.</summary>
    public static void WriteHeapType(ByteWriter output, HeapType type)
    {
        Debug.Assert(!type.IsDefined || type.Space == TypeSpace.Module, "Only the module's own type indices can be written.");
        if (type.IsDefined) output.WriteS64(type.Index);
        else output.WriteByte((byte)type.Abstract);
    }

    /// <summary>Writes the type of a block.</summary>
    public static void WriteBlockType(ByteWriter output, BlockType type)
    {
        if (type.IsEmpty) output.WriteByte(TypeReader.EmptyBlock);
        else if (type.IsValue) WriteValType(output, type.Result);
        else output.WriteS64(type.Type.Value);
    }
}
