using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <content>Arrays.</content>
internal static unsafe partial class Steps
{
    public static void ArrayNew(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        ArrayInstance array = NewArray(pc, fp, thread, (uint)fp[pc->C]);
        Fill(array, 0, (uint)array.Count, pc->B, (FieldAccess)pc->X, fp, thread);
        thread.Reference(pc->A) = array;
    }

    public static void ArrayNewDefault(Instr* pc, ulong* fp, InterpreterThread thread)
        => thread.Reference(pc->A) = NewArray(pc, fp, thread, (uint)fp[pc->C]);

    public static void ArrayNewFixed(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        ArrayInstance array = NewArray(pc, fp, thread, pc->C);
        var access = (FieldAccess)pc->X;
        if (access == FieldAccess.Reference) thread.References(pc->B, array.Count).CopyTo(array.References);
        else
        {
            int slotsPerElement = access == FieldAccess.Vector ? 2 : 1;
            for (int i = 0; i < array.Count; i++) Store(array.BytesOf((uint)i, 1, access), fp + pc->B + (i * slotsPerElement));
        }
        thread.Reference(pc->A) = array;
    }

    public static void ArrayNewData(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        uint count = (uint)fp[pc->C];
        ReadOnlySpan<byte> bytes = thread.Instance.DataBytes(pc[1].B, (uint)fp[pc->B], count, (FieldAccess)pc->X);
        ArrayInstance array = NewArray(pc, fp, thread, count);
        bytes.CopyTo(array.BytesOf(0, count, (FieldAccess)pc->X));
        thread.Reference(pc->A) = array;
    }

    public static void ArrayNewElem(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        uint count = (uint)fp[pc->C];
        ReadOnlySpan<object?> elements = thread.Instance.SegmentElements(pc[1].B, (uint)fp[pc->B], count);
        ArrayInstance array = NewArray(pc, fp, thread, count);
        elements.CopyTo(array.References);
        thread.Reference(pc->A) = array;
    }

    public static void ArrayGet32(Instr* pc, ulong* fp, InterpreterThread thread) => fp[pc->A] = (uint)Element<int>(pc, fp, thread);

    public static void ArrayGet64(Instr* pc, ulong* fp, InterpreterThread thread) => fp[pc->A] = (ulong)Element<long>(pc, fp, thread);

    public static void ArrayGetPacked(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        var access = (FieldAccess)pc->X;
        bool isByte = access is FieldAccess.Unsigned8 or FieldAccess.Signed8;
        fp[pc->A] = Extend(isByte ? Element<byte>(pc, fp, thread) : Element<ushort>(pc, fp, thread), access);
    }

    public static void ArrayGetVector(Instr* pc, ulong* fp, InterpreterThread thread)
        => *(Vector128<byte>*)(fp + pc->A) = Element<Vector128<byte>>(pc, fp, thread);

    public static void ArrayGetRef(Instr* pc, ulong* fp, InterpreterThread thread)
        => thread.Reference(pc->A) = ReferenceElement(pc, fp, thread);

    public static void ArraySet32(Instr* pc, ulong* fp, InterpreterThread thread) => Element<int>(pc, fp, thread) = (int)fp[pc->A];

    public static void ArraySet64(Instr* pc, ulong* fp, InterpreterThread thread) => Element<long>(pc, fp, thread) = (long)fp[pc->A];

    public static void ArraySetPacked(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        if ((FieldAccess)pc->X == FieldAccess.Unsigned8) Element<byte>(pc, fp, thread) = (byte)fp[pc->A];
        else Element<ushort>(pc, fp, thread) = (ushort)fp[pc->A];
    }

    public static void ArraySetVector(Instr* pc, ulong* fp, InterpreterThread thread)
        => Element<Vector128<byte>>(pc, fp, thread) = *(Vector128<byte>*)(fp + pc->A);

    public static void ArraySetRef(Instr* pc, ulong* fp, InterpreterThread thread)
        => ReferenceElement(pc, fp, thread) = thread.Reference(pc->A);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref T Element<T>(Instr* pc, ulong* fp, InterpreterThread thread) where T : unmanaged
    {
        T[] elements = Array(pc, fp, thread, pc->B).Elements<T>();
        uint index = (uint)fp[pc->C];
        if (index >= (uint)elements.Length) Trap.Throw(TrapKind.ArrayOutOfBounds);
        return ref elements[index];
    }

    // As a place in memory, so that nobody asks whether the array of .NET admits what is stored: it is one of objects.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref object? ReferenceElement(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        object?[] elements = Array(pc, fp, thread, pc->B).References;
        uint index = (uint)fp[pc->C];
        if (index >= (uint)elements.Length) Trap.Throw(TrapKind.ArrayOutOfBounds);
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(elements), index);
    }

    public static void ArrayLen(Instr* pc, ulong* fp, InterpreterThread thread) => fp[pc->A] = (uint)Array(pc, fp, thread, pc->B).Count;

    public static void ArrayFill(Instr* pc, ulong* fp, InterpreterThread thread)
        => Fill(Array(pc, fp, thread, pc->B), (uint)fp[pc->C], (uint)fp[pc[1].A], pc->A, (FieldAccess)pc->X, fp, thread);

    public static void ArrayCopy(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        ArrayInstance target = Array(pc, fp, thread, pc->A);
        ArrayInstance source = Array(pc, fp, thread, pc->C);
        ArrayInstance.Copy(target, (uint)fp[pc->B], source, (uint)fp[pc[1].A], (uint)fp[pc[1].B], (FieldAccess)pc->X);
    }

    public static void ArrayInitData(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        ArrayInstance array = Array(pc, fp, thread, pc->A);
        uint count = (uint)fp[pc[1].A];
        var access = (FieldAccess)pc->X;
        Span<byte> room = array.BytesOf((uint)fp[pc->B], count, access);
        thread.Instance.DataBytes(pc[1].B, (uint)fp[pc->C], count, access).CopyTo(room);
    }

    public static void ArrayInitElem(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        ArrayInstance array = Array(pc, fp, thread, pc->A);
        uint count = (uint)fp[pc[1].A];
        Span<object?> room = array.ReferencesOf((uint)fp[pc->B], count);
        thread.Instance.SegmentElements(pc[1].B, (uint)fp[pc->C], count).CopyTo(room);
    }

    private static ArrayInstance NewArray(Instr* pc, ulong* fp, InterpreterThread thread, uint count)
    {
        thread.Mark(pc, fp);
        return ArrayInstance.Create(TypeAt(thread, pc[1].A), (FieldAccess)pc->X, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ArrayInstance Array(Instr* pc, ulong* fp, InterpreterThread thread, uint slot)
    {
        thread.Mark(pc, fp);
        object? reference = thread.Reference(slot);
        if (reference is null) Trap.Throw(TrapKind.NullArrayReference);
        return Unsafe.As<ArrayInstance>(reference);
    }

    private static void Fill(ArrayInstance array, uint index, uint count, uint value, FieldAccess access, ulong* fp, InterpreterThread thread)
    {
        if (access == FieldAccess.Reference)
        {
            array.ReferencesOf(index, count).Fill(thread.Reference(value));
            return;
        }
        Span<byte> room = array.BytesOf(index, count, access);
        if (room.IsEmpty) return;

        // One element, then the filled part doubles.
        int filled = access.ByteCount();
        Store(room[..filled], fp + value);
        for (; filled < room.Length; filled *= 2) room[..Math.Min(filled, room.Length - filled)].CopyTo(room[filled..]);
    }

    /// <summary>Keeps the low bytes of a value, as many as an element has.</summary>
    private static void Store(Span<byte> element, ulong* value) => new ReadOnlySpan<byte>(value, element.Length).CopyTo(element);
}
