using Nacre.Syntax;

namespace Nacre.Runtime;

/// <summary>How a field or element is kept, and how it reaches the operand stack.</summary>
internal enum FieldAccess : ushort
{
    /// <summary>A number of 32 bits.</summary>
    Number32,
    /// <summary>A number of 64 bits.</summary>
    Number64,
    /// <summary>A vector.</summary>
    Vector,
    /// <summary>A reference.</summary>
    Reference,
    /// <summary>8 bits, zero-extended when read.</summary>
    Unsigned8,
    /// <summary>8 bits, sign-extended when read.</summary>
    Signed8,
    /// <summary>16 bits, zero-extended when read.</summary>
    Unsigned16,
    /// <summary>16 bits, sign-extended when read.</summary>
    Signed16,
}

/// <summary>What follows from a storage type.</summary>
internal static class FieldAccesses
{
    /// <summary>How values of <paramref name="storage"/> are kept; packed ones are sign-extended when <paramref name="isSigned"/>.</summary>
    public static FieldAccess Of(StorageType storage, bool isSigned = false)
    {
        if (storage == StorageType.I8) return isSigned ? FieldAccess.Signed8 : FieldAccess.Unsigned8;
        if (storage == StorageType.I16) return isSigned ? FieldAccess.Signed16 : FieldAccess.Unsigned16;
        ValType type = storage.Unpacked;
        if (type.IsReference) return FieldAccess.Reference;
        if (type.IsVector) return FieldAccess.Vector;
        return type == ValType.I64 || type == ValType.F64 ? FieldAccess.Number64 : FieldAccess.Number32;
    }

    /// <summary>Bytes that a value takes in an array; 0 for references, which are kept apart.</summary>
    public static int ByteCount(this FieldAccess access) => access switch
    {
        FieldAccess.Unsigned8 or FieldAccess.Signed8 => 1,
        FieldAccess.Unsigned16 or FieldAccess.Signed16 => 2,
        FieldAccess.Number32 => 4,
        FieldAccess.Number64 => 8,
        FieldAccess.Vector => 16,
        _ => 0,
    };
}
