using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Structures, arrays, <c>i31</c> and casts. Spec: Execution, Instructions, Reference Instructions and Aggregate Instructions.</content>
internal static unsafe partial class Support
{
    public static bool RefTest(object? value, InstanceContext context, uint heapType, bool nullPasses)
        => ReferenceTests.Matches(value, new HeapType(heapType), nullPasses, context.Instance.Module.Types);

    public static object? RefCast(object? value, InstanceContext context, uint heapType, bool nullPasses)
    {
        if (!RefTest(value, context, heapType, nullPasses)) Trap.Throw(TrapKind.CastFailure);
        return value;
    }

    public static bool RefEq(object? left, object? right) => ReferenceTests.AreEqual(left, right);

    public static object RefAsNonNull(object? value)
    {
        if (value is null) Trap.Throw(TrapKind.NullReference);
        return value;
    }

    public static object RefI31(int value) => I31Reference.Of(value);

    public static int I31GetS(object? value) => I31(value).Value;

    public static int I31GetU(object? value) => (int)I31(value).UnsignedValue;

    private static I31Reference I31(object? value)
    {
        if (value is null) Trap.Throw(TrapKind.NullI31Reference);
        return Unsafe.As<I31Reference>(value);
    }

    public static StructInstance NewStruct(InstanceContext context, int type, int slotCount, int referenceCount)
        => new(context.Instance.Module.Types[type], slotCount, referenceCount);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static StructInstance Struct(object? value)
    {
        if (value is null) Trap.Throw(TrapKind.NullStructureReference);
        return Unsafe.As<StructInstance>(value);
    }

    public static ulong StructSlot(object? structure, int slot) => Struct(structure).Slots[slot];

    public static Vector128<byte> StructVector(object? structure, int slot)
    {
        ulong[] slots = Struct(structure).Slots;
        return Vector128.Create(slots[slot], slots[slot + 1]).AsByte();
    }

    public static object? StructReference(object? structure, int index) => Struct(structure).References[index];

    public static void SetStructSlot(object? structure, ulong value, int slot) => Struct(structure).Slots[slot] = value;

    public static void SetStructVector(object? structure, Vector128<byte> value, int slot)
    {
        ulong[] slots = Struct(structure).Slots;
        (slots[slot], slots[slot + 1]) = (value.AsUInt64()[0], value.AsUInt64()[1]);
    }

    public static void SetStructReference(object? structure, object? value, int index) => Struct(structure).References[index] = value;

    public static ArrayInstance NewArray(int count, InstanceContext context, int type, FieldAccess access)
        => ArrayInstance.Create(context.Instance.Module.Types[type], access, (uint)count);

    public static ArrayInstance NewArrayFromData(int offset, int count, InstanceContext context, int type, FieldAccess access, int segment)
    {
        ReadOnlySpan<byte> bytes = context.Instance.DataBytes((uint)segment, (uint)offset, (uint)count, access);
        ArrayInstance array = NewArray(count, context, type, access);
        bytes.CopyTo(array.Bytes);
        return array;
    }

    public static ArrayInstance NewArrayFromElements(int index, int count, InstanceContext context, int type, int segment)
    {
        ReadOnlySpan<object?> elements = context.Instance.SegmentElements((uint)segment, (uint)index, (uint)count);
        ArrayInstance array = NewArray(count, context, type, FieldAccess.Reference);
        elements.CopyTo(array.References);
        return array;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ArrayInstance Array(object? value)
    {
        if (value is null) Trap.Throw(TrapKind.NullArrayReference);
        return Unsafe.As<ArrayInstance>(value);
    }

    // The element's first byte. Every element is inside the array's bytes when its index is below the count.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte Element(object? array, int index, int byteCount)
    {
        ArrayInstance instance = Array(array);
        if ((uint)index >= (uint)instance.Count) Trap.Throw(TrapKind.ArrayOutOfBounds);
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(instance.Bytes), (nint)(uint)index * byteCount);
    }

    public static int ArrayLength(object? array) => Array(array).Count;

    public static byte ArrayGet8(object? array, int index) => Element(array, index, sizeof(byte));

    public static ushort ArrayGet16(object? array, int index) => Unsafe.ReadUnaligned<ushort>(ref Element(array, index, sizeof(ushort)));

    public static int ArrayGet32(object? array, int index) => Unsafe.ReadUnaligned<int>(ref Element(array, index, sizeof(int)));

    public static long ArrayGet64(object? array, int index) => Unsafe.ReadUnaligned<long>(ref Element(array, index, sizeof(long)));

    public static Vector128<byte> ArrayGetVector(object? array, int index)
        => Unsafe.ReadUnaligned<Vector128<byte>>(ref Element(array, index, sizeof(Vector128<byte>)));

    public static object? ArrayGetReference(object? array, int index) => Array(array).ReferencesOf((uint)index, 1)[0];

    public static void ArraySet8(object? array, int index, int value) => Element(array, index, sizeof(byte)) = (byte)value;

    public static void ArraySet16(object? array, int index, int value)
        => Unsafe.WriteUnaligned(ref Element(array, index, sizeof(ushort)), (ushort)value);

    public static void ArraySet32(object? array, int index, int value)
        => Unsafe.WriteUnaligned(ref Element(array, index, sizeof(int)), value);

    public static void ArraySet64(object? array, int index, long value)
        => Unsafe.WriteUnaligned(ref Element(array, index, sizeof(long)), value);

    public static void ArraySetVector(object? array, int index, Vector128<byte> value)
        => Unsafe.WriteUnaligned(ref Element(array, index, sizeof(Vector128<byte>)), value);

    public static void ArraySetReference(object? array, int index, object? value) => Array(array).ReferencesOf((uint)index, 1)[0] = value;

    public static void ArrayFill8(object? array, int index, int value, int count)
        => Array(array).BytesOf((uint)index, (uint)count, FieldAccess.Unsigned8).Fill((byte)value);

    public static void ArrayFill16(object? array, int index, int value, int count)
        => Elements<ushort>(array, index, count, FieldAccess.Unsigned16).Fill((ushort)value);

    public static void ArrayFill32(object? array, int index, int value, int count)
        => Elements<int>(array, index, count, FieldAccess.Number32).Fill(value);

    public static void ArrayFill64(object? array, int index, long value, int count)
        => Elements<long>(array, index, count, FieldAccess.Number64).Fill(value);

    public static void ArrayFillVector(object? array, int index, Vector128<byte> value, int count)
        => Elements<Vector128<byte>>(array, index, count, FieldAccess.Vector).Fill(value);

    public static void ArrayFillReference(object? array, int index, object? value, int count)
        => Array(array).ReferencesOf((uint)index, (uint)count).Fill(value);

    private static Span<T> Elements<T>(object? array, int index, int count, FieldAccess access) where T : unmanaged
        => MemoryMarshal.Cast<byte, T>(Array(array).BytesOf((uint)index, (uint)count, access));

    public static void ArrayCopy(object? target, int targetIndex, object? source, int sourceIndex, int count, FieldAccess access)
    {
        ArrayInstance to = Array(target), from = Array(source);
        ArrayInstance.Copy(to, (uint)targetIndex, from, (uint)sourceIndex, (uint)count, access);
    }

    public static void ArrayInitData(object? array, int index, int offset, int count, InstanceContext context, FieldAccess access, int segment)
    {
        Span<byte> room = Array(array).BytesOf((uint)index, (uint)count, access);
        context.Instance.DataBytes((uint)segment, (uint)offset, (uint)count, access).CopyTo(room);
    }

    public static void ArrayInitElem(object? array, int index, int first, int count, InstanceContext context, int segment)
    {
        Span<object?> room = Array(array).ReferencesOf((uint)index, (uint)count);
        context.Instance.SegmentElements((uint)segment, (uint)first, (uint)count).CopyTo(room);
    }
}
