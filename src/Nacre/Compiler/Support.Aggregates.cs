using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Compiler;

/// <content>Structures, arrays, <c>i31</c> and casts. Spec: Execution, Instructions, Reference Instructions and Aggregate Instructions.</content>
internal static unsafe partial class Support
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAbstract(object? value, AbstractHeapType heapType, bool nullPasses)
        => ReferenceTyping.MatchesAbstract(value, heapType, nullPasses);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAggregate(object? value, DefinedType wanted, int depth, bool nullPasses)
        => ReferenceTyping.MatchesAggregate(value, wanted, depth, nullPasses);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFinal(object? value, DefinedType wanted, bool nullPasses) => ReferenceTyping.MatchesFinal(value, wanted, nullPasses);

    public static bool IsFunction(object? value, DefinedType wanted, bool nullPasses)
        => ReferenceTyping.MatchesFunction(value, wanted, nullPasses);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static object? CastAbstract(object? value, AbstractHeapType heapType, bool nullPasses)
    {
        if (!ReferenceTyping.MatchesAbstract(value, heapType, nullPasses)) Trap.Throw(TrapKind.CastFailure);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static object? CastAggregate(object? value, DefinedType wanted, int depth, bool nullPasses)
    {
        if (!ReferenceTyping.MatchesAggregate(value, wanted, depth, nullPasses)) Trap.Throw(TrapKind.CastFailure);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static object? CastFinal(object? value, DefinedType wanted, bool nullPasses)
    {
        if (!ReferenceTyping.MatchesFinal(value, wanted, nullPasses)) Trap.Throw(TrapKind.CastFailure);
        return value;
    }

    public static object? CastFunction(object? value, DefinedType wanted, bool nullPasses)
    {
        if (!ReferenceTyping.MatchesFunction(value, wanted, nullPasses)) Trap.Throw(TrapKind.CastFailure);
        return value;
    }

    public static object? AnyConvertExtern(object? value) => HostObject.Internalize(value);

    public static object? ExternConvertAny(object? value) => HostObject.Externalize(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool RefEq(object? left, object? right) => ReferenceTyping.AreEqual(left, right);

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

    // A structure with fields that have no room in its class.
    public static StructInstance NewStruct(DefinedType type) => StructLayout.Of(type).New();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StructInstance Struct(object? value)
    {
        if (value is null) Trap.Throw(TrapKind.NullStructureReference);
        return Unsafe.As<StructInstance>(value);
    }

    public static ref byte NumberInRest(StructInstance structure, int place) => ref structure.NumberAt(place);

    public static ref object? ReferenceInRest(StructInstance structure, int place) => ref structure.ReferenceAt(place);

    public static long LowHalf(Vector128<byte> value) => value.AsInt64()[0];

    public static long HighHalf(Vector128<byte> value) => value.AsInt64()[1];

    public static ArrayInstance NewArray(int count, InstanceContext context, int type, FieldAccess access)
        => ArrayInstance.Create(context.Instance.Module.Types[type], access, (uint)count);

    public static ArrayInstance NewArrayFromData(int offset, int count, InstanceContext context, int type, FieldAccess access, int segment)
    {
        ReadOnlySpan<byte> bytes = context.Instance.DataBytes((uint)segment, (uint)offset, (uint)count, access);
        ArrayInstance array = NewArray(count, context, type, access);
        bytes.CopyTo(array.BytesOf(0, (uint)count, access));
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T Element<T>(object? array, int index) where T : unmanaged
    {
        T[] elements = Array(array).Elements<T>();
        if ((uint)index >= (uint)elements.Length) Trap.Throw(TrapKind.ArrayOutOfBounds);
        return ref elements[index];
    }

    // As a place in memory, so that nobody asks whether the array of .NET admits what is stored: it is one of objects.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref object? ReferenceElement(object? array, int index)
    {
        object?[] elements = Array(array).References;
        if ((uint)index >= (uint)elements.Length) Trap.Throw(TrapKind.ArrayOutOfBounds);
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(elements), index);
    }

    public static int ArrayLength(object? array) => Array(array).Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte ArrayGet8(object? array, int index) => Element<byte>(array, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ushort ArrayGet16(object? array, int index) => Element<ushort>(array, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ArrayGet32(object? array, int index) => Element<int>(array, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ArrayGet64(object? array, int index) => Element<long>(array, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> ArrayGetVector(object? array, int index) => Element<Vector128<byte>>(array, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static object? ArrayGetReference(object? array, int index) => ReferenceElement(array, index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ArraySet8(object? array, int index, int value) => Element<byte>(array, index) = (byte)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ArraySet16(object? array, int index, int value) => Element<ushort>(array, index) = (ushort)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ArraySet32(object? array, int index, int value) => Element<int>(array, index) = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ArraySet64(object? array, int index, long value) => Element<long>(array, index) = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ArraySetVector(object? array, int index, Vector128<byte> value) => Element<Vector128<byte>>(array, index) = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ArraySetReference(object? array, int index, object? value) => ReferenceElement(array, index) = value;

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
