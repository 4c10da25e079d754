using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>Reads value, reference, heap and block types.</summary>
/// <remarks>Spec: Binary Format, Types. A code that only a disabled feature gives a meaning is malformed.</remarks>
internal static class TypeReader
{
    // A heap type is a signed LEB128 integer of 33 bits: an index, or a negative number of one byte, 0b01xx_xxxx.
    //   0x40 empty block   0x63 (ref null ht)   0x64 (ref ht)   0x69..0x74 abstract heap types   0x7B..0x7F v128 f64 f32 i64 i32
    internal const byte EmptyBlock = 0x40;
    internal const byte RefNull = 0x63;
    internal const byte Ref = 0x64;
    private const byte FirstAbstract = (byte)AbstractHeapType.Exn;
    private const byte LastAbstract = (byte)AbstractHeapType.NoExn;

    /// <summary>Reads a value type.</summary>
    /// <exception cref="MalformedModuleException">The code is none.</exception>
    public static ValType ReadValType(ref BinaryCursor cursor, WasmFeatures features)
    {
        int start = cursor.Offset;
        byte code = cursor.PeekByte();
        if (code is >= 0x7B and <= 0x7F)
        {
            cursor.ReadByte();
            var type = new ValType((uint)code);
            if (type.IsVector) Require(WasmFeatures.Simd, features, "malformed value type", type.ToString(), start);
            return type;
        }
        if (!IsReferenceCode(code)) Malformed.Throw($"malformed value type: {code:x2}", start);
        if (code == (byte)AbstractHeapType.Func)
            Require(WasmFeatures.ReferenceTypes, features, "malformed value type", "funcref", start);
        return ReadRefType(ref cursor, features);
    }

    /// <summary>Reads a reference type. <c>funcref</c> is in the core: tables hold it.</summary>
    /// <exception cref="MalformedModuleException">The code is none.</exception>
    public static ValType ReadRefType(ref BinaryCursor cursor, WasmFeatures features)
    {
        int start = cursor.Offset;
        byte code = cursor.ReadByte();
        if (code is RefNull or Ref)
        {
            Require(WasmFeatures.FunctionReferences, features, "malformed reference type", "(ref …)", start);
            return ValType.Reference(ReadHeapType(ref cursor, features), nullable: code == RefNull);
        }
        if (!IsReferenceCode(code)) Malformed.Throw($"malformed reference type: {code:x2}", start);
        return ValType.RefNull(AbstractOf(code, features, "malformed reference type", start));
    }

    /// <summary>Reads a heap type: an abstract one, or the index of a type of the module.</summary>
    /// <exception cref="MalformedModuleException">The code is none.</exception>
    /// <exception cref="InvalidModuleException">The index is beyond what any module may have.</exception>
    public static HeapType ReadHeapType(ref BinaryCursor cursor, WasmFeatures features)
    {
        int start = cursor.Offset;
        byte code = cursor.PeekByte();
        if (code is >= FirstAbstract and <= LastAbstract)
        {
            cursor.ReadByte();
            return new HeapType(AbstractOf(code, features, "malformed heap type", start));
        }
        uint index = ReadTypeIndex(ref cursor, "malformed heap type");
        Require(WasmFeatures.FunctionReferences, features, "malformed heap type", "a type index", start);
        return DefinedType(index, start);
    }

    /// <summary>Reads the index of a type of the module.</summary>
    /// <exception cref="MalformedModuleException">It is no integer.</exception>
    /// <exception cref="InvalidModuleException">It is beyond what any module may have.</exception>
    public static HeapType ReadDefinedType(ref BinaryCursor cursor)
    {
        int start = cursor.Offset;
        return DefinedType(cursor.ReadU32(), start);
    }

    /// <summary>Reads the type of a block.</summary>
    /// <exception cref="MalformedModuleException">The code is none.</exception>
    public static BlockType ReadBlockType(ref BinaryCursor cursor, WasmFeatures features)
    {
        int start = cursor.Offset;
        byte code = cursor.PeekByte();
        if (code == EmptyBlock)
        {
            cursor.ReadByte();
            return BlockType.Empty;
        }
        if ((code & 0xC0) == 0x40) return new BlockType(ReadValType(ref cursor, features));
        uint index = ReadTypeIndex(ref cursor, "malformed block type");
        Require(WasmFeatures.MultiValue, features, "malformed block type", "a type index", start);
        return new BlockType(new TypeIndex(index));
    }

    private static bool IsReferenceCode(byte code) => code is RefNull or Ref or (>= FirstAbstract and <= LastAbstract);

    private static HeapType DefinedType(uint index, int start)
    {
        if (index >= HeapType.IndexLimit) throw new InvalidModuleException($"unknown type {index}", byteOffset: start);
        return new HeapType(index, TypeSpace.Module);
    }

    private static uint ReadTypeIndex(ref BinaryCursor cursor, string text)
    {
        int start = cursor.Offset;
        long index = cursor.ReadS33();
        if (index < 0) Malformed.Throw(text, start);
        return (uint)index;
    }

    private static AbstractHeapType AbstractOf(byte code, WasmFeatures features, string text, int start)
    {
        var type = (AbstractHeapType)code;
        WasmFeatures needed = type switch
        {
            AbstractHeapType.Func => WasmFeatures.None,
            AbstractHeapType.Extern => WasmFeatures.ReferenceTypes,
            AbstractHeapType.Exn or AbstractHeapType.NoExn => WasmFeatures.Exceptions,
            _ => WasmFeatures.Gc,
        };
        if ((needed & ~features) != 0) Require(needed, features, text, new HeapType(type).ToString(), start);
        return type;
    }

    internal static void Require(WasmFeatures needed, WasmFeatures features, string text, string what, int start)
    {
        if ((needed & ~features) != 0) Malformed.Throw($"{text}: {what} needs the feature {needed.Names()}", start);
    }
}
