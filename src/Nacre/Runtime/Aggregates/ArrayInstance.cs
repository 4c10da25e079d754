using System.Buffers.Binary;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>An array: the elements' bytes, little-endian, or references.</summary>
internal sealed class ArrayInstance : AggregateInstance
{
    private ArrayInstance(DefinedType type, byte[] bytes, object?[] references, int count) : base(type)
    {
        Bytes = bytes;
        References = references;
        Count = count;
    }

    /// <summary>The elements of an array of numbers or vectors.</summary>
    public byte[] Bytes { get; }

    /// <summary>The elements of an array of references.</summary>
    public object?[] References { get; }

    /// <summary>Number of elements.</summary>
    public int Count { get; }

    /// <summary>Creates an array whose elements are zero or null.</summary>
    /// <exception cref="ExhaustionException">There is no room for so many elements.</exception>
    public static ArrayInstance Create(DefinedType type, FieldAccess access, uint count)
    {
        ulong byteCount = (ulong)count * (ulong)access.ByteCount();
        if (count > Array.MaxLength || byteCount > (ulong)Array.MaxLength) throw new ExhaustionException(ExhaustionKind.Heap);
        try
        {
            return access == FieldAccess.Reference
                ? new ArrayInstance(type, [], new object?[count], (int)count)
                : new ArrayInstance(type, new byte[byteCount], [], (int)count);
        }
        catch (OutOfMemoryException)    // the process goes on: only this array was refused
        {
            throw new ExhaustionException(ExhaustionKind.Heap);
        }
    }

    /// <summary>The bytes of elements <c>[index, index + count)</c>.</summary>
    /// <exception cref="TrapException">They are not all inside the array.</exception>
    public Span<byte> BytesOf(uint index, uint count, FieldAccess access)
    {
        Check(index, count);
        int size = access.ByteCount();
        return Bytes.AsSpan((int)index * size, (int)count * size);
    }

    /// <summary>The references <c>[index, index + count)</c>.</summary>
    /// <exception cref="TrapException">They are not all inside the array.</exception>
    public Span<object?> ReferencesOf(uint index, uint count)
    {
        Check(index, count);
        return References.AsSpan((int)index, (int)count);
    }

    /// <summary><c>array.copy</c>; the ranges may overlap.</summary>
    /// <exception cref="TrapException">A range is not all inside its array; nothing was written.</exception>
    public static void Copy(ArrayInstance target, uint targetIndex, ArrayInstance source, uint sourceIndex, uint count, FieldAccess access)
    {
        if (access == FieldAccess.Reference)
        {
            Span<object?> room = target.ReferencesOf(targetIndex, count);
            source.ReferencesOf(sourceIndex, count).CopyTo(room);
        }
        else
        {
            Span<byte> room = target.BytesOf(targetIndex, count, access);
            source.BytesOf(sourceIndex, count, access).CopyTo(room);
        }
    }

    /// <summary>Sets element <paramref name="index"/>, which is inside the array, while it is being made.</summary>
    public void SetInitial(int index, RawValue value)
    {
        FieldAccess access = FieldAccesses.Of(Type.Array!.Element.Storage);
        if (access == FieldAccess.Reference)
        {
            References[index] = value.Reference;
            return;
        }
        Span<byte> bits = stackalloc byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bits, value.Low);
        BinaryPrimitives.WriteUInt64LittleEndian(bits[sizeof(ulong)..], value.High);
        int size = access.ByteCount();
        bits[..size].CopyTo(Bytes.AsSpan(index * size));
    }

    private void Check(uint index, uint count)
    {
        if (index > (uint)Count || count > (uint)Count - index) Trap.Throw(TrapKind.ArrayOutOfBounds);
    }
}
