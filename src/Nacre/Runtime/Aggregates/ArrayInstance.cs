using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>An array.</summary>
/// <remarks>
/// Its elements are an array of .NET, of <see cref="byte"/>, <see cref="ushort"/>, <see cref="int"/>, <see cref="long"/>, vectors of
/// bytes, or <see cref="object"/>: what is as wide as they are. Floats are kept as their bits. Safe because
/// <see cref="FieldAccess"/>, which is the same in all supertypes, tells which of these it is. Spec: Execution, Runtime Structure, Array Instances.
/// </remarks>
internal sealed class ArrayInstance : AnyInstance
{
    private readonly Array _elements;

    private ArrayInstance(DefinedType type, Array elements) : base(type) => _elements = elements;

    /// <summary>Number of elements.</summary>
    public int Count => Unsafe.As<byte[]>(_elements).Length;

    /// <summary>The elements of an array of references.</summary>
    public object?[] References => Unsafe.As<object?[]>(_elements);

    /// <summary>The elements of an array of numbers or vectors, which <typeparamref name="T"/> is as wide as.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T[] Elements<T>() where T : unmanaged => Unsafe.As<T[]>(_elements);

    /// <summary>Creates an array whose elements are zero or null.</summary>
    /// <exception cref="ExhaustionException">There is no room for so many elements.</exception>
    public static ArrayInstance Create(DefinedType type, FieldAccess access, uint count)
    {
        ulong byteCount = (ulong)count * (ulong)access.ByteCount();
        if (count > Array.MaxLength || byteCount > (ulong)Array.MaxLength) throw new ExhaustionException(ExhaustionKind.Heap);
        try
        {
            return new ArrayInstance(type, CreateElements(access, (int)count));
        }
        catch (OutOfMemoryException)    // the process goes on: only this array was refused
        {
            throw new ExhaustionException(ExhaustionKind.Heap);
        }
    }

    /// <summary>The bytes of elements <c>[index, index + count)</c>, little-endian.</summary>
    /// <exception cref="TrapException">They are not all inside the array.</exception>
    public Span<byte> BytesOf(uint index, uint count, FieldAccess access)
    {
        Check(index, count);
        int size = access.ByteCount();
        ref byte first = ref MemoryMarshal.GetArrayDataReference(_elements);
        return MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref first, (nint)index * size), (int)count * size);
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
        FieldAccess access = FieldAccesses.Of(Type!.Array!.Element.Storage);
        if (access == FieldAccess.Reference)
        {
            References[index] = value.Reference;
            return;
        }
        Span<byte> bits = stackalloc byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bits, value.Low);
        BinaryPrimitives.WriteUInt64LittleEndian(bits[sizeof(ulong)..], value.High);
        bits[..access.ByteCount()].CopyTo(BytesOf((uint)index, 1, access));
    }

    private static Array CreateElements(FieldAccess access, int count) => access switch
    {
        FieldAccess.Reference => new object?[count],
        FieldAccess.Unsigned8 or FieldAccess.Signed8 => new byte[count],
        FieldAccess.Unsigned16 or FieldAccess.Signed16 => new ushort[count],
        FieldAccess.Number32 => new int[count],
        FieldAccess.Number64 => new long[count],
        _ => new Vector128<byte>[count],
    };

    private void Check(uint index, uint count)
    {
        if (index > (uint)Count || count > (uint)Count - index) Trap.Throw(TrapKind.ArrayOutOfBounds);
    }
}
