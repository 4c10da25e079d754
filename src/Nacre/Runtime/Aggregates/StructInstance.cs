using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>A structure. Its class has room for the fields of its type, in blocks of numbers and blocks of references.</summary>
/// <remarks>
/// This is the class of structures without fields. The class of a subtype's structures is the same or derives from that of the supertype,
/// because a field's place depends only on those before it (<see cref="StructLayout"/>); so code for the supertype finds its fields.
/// Safe because a place comes from the layout of the structure's type or of a supertype, where it was measured on such an object.
/// Spec: Execution, Runtime Structure, Structure Instances.
/// </remarks>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicConstructors)]
internal partial class StructInstance(DefinedType type) : AnyInstance(type)
{
    /// <summary>Another structure of this type, its fields zero and null.</summary>
    public virtual StructInstance New() => new(Type!);

    /// <summary>The beginning of the block that this class adds.</summary>
    public virtual ref byte LastBlock => throw new UnreachableException("a structure without blocks");

    /// <summary>Where those fields are that have no room in blocks; only the classes with most blocks have such a place.</summary>
    public virtual ref StructRest? Rest => throw new UnreachableException("a structure with room for more blocks");

    /// <summary>The first byte of a number at <paramref name="place"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref byte NumberAt(int place) => ref place >= 0 ? ref At(place) : ref Rest!.Bytes[~place];

    /// <summary>The reference at <paramref name="place"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref object? ReferenceAt(int place)
        => ref place >= 0 ? ref Unsafe.As<byte, object?>(ref At(place)) : ref Rest!.References[~place];

    /// <summary>Writes the low bits of <paramref name="bits"/>, as many as a number of this kind has; of a vector a half.</summary>
    public void SetNumber(int place, ulong bits, FieldAccess access)
    {
        ref byte number = ref NumberAt(place);
        switch (access)
        {
            case FieldAccess.Number32: Unsafe.WriteUnaligned(ref number, (uint)bits); break;
            case FieldAccess.Unsigned8: number = (byte)bits; break;
            case FieldAccess.Unsigned16: Unsafe.WriteUnaligned(ref number, (ushort)bits); break;
            default: Unsafe.WriteUnaligned(ref number, bits); break;
        }
    }

    /// <summary>The number at <paramref name="place"/>, extended as its kind asks; of a vector a half.</summary>
    public ulong GetNumber(int place, FieldAccess access)
    {
        ref byte number = ref NumberAt(place);
        return access switch
        {
            FieldAccess.Number32 => Unsafe.ReadUnaligned<uint>(ref number),
            FieldAccess.Unsigned8 => number,
            FieldAccess.Signed8 => (uint)(sbyte)number,
            FieldAccess.Unsigned16 => Unsafe.ReadUnaligned<ushort>(ref number),
            FieldAccess.Signed16 => (uint)Unsafe.ReadUnaligned<short>(ref number),
            _ => Unsafe.ReadUnaligned<ulong>(ref number),
        };
    }

    /// <summary>How far the last block is from where <see cref="At"/> counts.</summary>
    public int MeasureLastBlock() => (int)Unsafe.ByteOffset(ref At(0), ref LastBlock);

    // The fields of derived classes lie behind those of their bases.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref byte At(int byteOffset)
        => ref Unsafe.AddByteOffset(ref Unsafe.As<DefinedType?, byte>(ref Unsafe.AsRef(in Type)), byteOffset);
}

/// <summary>Fields that have no room in the blocks of a structure.</summary>
internal sealed class StructRest(int byteCount, int referenceCount)
{
    /// <summary>Numbers, each at a multiple of its size.</summary>
    public byte[] Bytes { get; } = new byte[byteCount];

    /// <summary>References.</summary>
    public object?[] References { get; } = new object?[referenceCount];
}
