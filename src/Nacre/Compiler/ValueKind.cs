using System.Runtime.Intrinsics;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <summary>What compiled code knows of a value's type: all references are alike.</summary>
internal enum ValueKind : byte
{
    I32,
    I64,
    F32,
    F64,
    V128,
    Reference,
}

/// <summary>How values appear in CIL.</summary>
internal static class ValueKinds
{
    /// <summary>Number of members of <see cref="ValueKind"/>.</summary>
    public const int Count = (int)ValueKind.Reference + 1;

    /// <summary>The kind of a type's values.</summary>
    public static ValueKind Of(ValType type)
    {
        if (type == ValType.I32) return ValueKind.I32;
        if (type == ValType.I64) return ValueKind.I64;
        if (type == ValType.F32) return ValueKind.F32;
        if (type == ValType.F64) return ValueKind.F64;
        return type.IsVector ? ValueKind.V128 : ValueKind.Reference;
    }

    /// <summary>The kind of an operand that the opcode list names; addresses are of type <paramref name="address"/>.</summary>
    public static ValueKind Of(OperandType type, AddressType address) => Of(type.ToValType(address));

    /// <summary>The .NET type of a kind's values.</summary>
    public static Type ClrType(this ValueKind kind) => kind switch
    {
        ValueKind.I32 => typeof(int),
        ValueKind.I64 => typeof(long),
        ValueKind.F32 => typeof(float),
        ValueKind.F64 => typeof(double),
        ValueKind.V128 => typeof(Vector128<byte>),
        _ => typeof(object),
    };

    /// <summary>Bytes that a number or vector takes in memory.</summary>
    public static uint ByteCount(this ValueKind kind) => kind switch
    {
        ValueKind.V128 => 16,
        ValueKind.I64 or ValueKind.F64 => 8,
        _ => 4,
    };

    /// <summary>Slots that a value takes among the numbers, as <see cref="Runtime.FrameShape"/> counts them.</summary>
    public static int SlotCount(this ValueKind kind) => kind switch { ValueKind.Reference => 0, ValueKind.V128 => 2, _ => 1 };

    /// <summary>Slots that values of these kinds take together.</summary>
    public static int SlotCount(this ValueKind[] kinds) => kinds.Sum(kind => kind.SlotCount());

    /// <summary>How many of these kinds are references.</summary>
    public static int ReferenceCount(this ValueKind[] kinds) => kinds.Count(kind => kind == ValueKind.Reference);

    /// <summary>The kinds of several types.</summary>
    public static ValueKind[] Of(ReadOnlySpan<ValType> types)
    {
        var kinds = new ValueKind[types.Length];
        for (int i = 0; i < kinds.Length; i++) kinds[i] = Of(types[i]);
        return kinds;
    }
}
