using System.Runtime.CompilerServices;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Interpreter;

/// <content>Structures, arrays, <c>i31</c> and casts. Spec: Execution, Instructions, Reference Instructions and Aggregate Instructions.</content>
internal static unsafe partial class Steps
{
    public static void RefEq(Instr* pc, ulong* fp, InterpreterThread thread)
        => *(int*)(fp + pc->A) = ReferenceTyping.AreEqual(thread.Reference(pc->B), thread.Reference(pc->C)) ? 1 : 0;

    public static void RefTest(Instr* pc, ulong* fp, InterpreterThread thread) => *(int*)(fp + pc->A) = Matches(pc, thread) ? 1 : 0;

    public static void RefCast(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        if (Matches(pc, thread)) return;
        thread.Mark(pc, fp);
        Trap.Throw(TrapKind.CastFailure);
    }

    public static Instr* BrOnCast(Instr* pc, ulong* fp, InterpreterThread thread) => Matches(pc, thread) ? pc + (int)pc->A : pc + 2;

    public static Instr* BrOnCastFail(Instr* pc, ulong* fp, InterpreterThread thread) => Matches(pc, thread) ? pc + 2 : pc + (int)pc->A;

    private static bool Matches(Instr* pc, InterpreterThread thread)
        => ReferenceTyping.Matches(thread.Reference(pc->B), new HeapType(pc[1].A), pc[1].X != 0, thread.Instance.Module.Types);

    public static void RefI31(Instr* pc, ulong* fp, InterpreterThread thread) => thread.Reference(pc->A) = I31Reference.Of((int)fp[pc->B]);

    public static void I31GetS(Instr* pc, ulong* fp, InterpreterThread thread) => fp[pc->A] = (uint)I31(pc, fp, thread).Value;

    public static void I31GetU(Instr* pc, ulong* fp, InterpreterThread thread) => fp[pc->A] = I31(pc, fp, thread).UnsignedValue;

    private static I31Reference I31(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        object? reference = thread.Reference(pc->B);
        if (reference is null) Trap.Throw(TrapKind.NullI31Reference);
        return Unsafe.As<I31Reference>(reference);
    }

    public static void AnyConvertExtern(Instr* pc, ulong* fp, InterpreterThread thread)
        => thread.Reference(pc->A) = HostObject.Internalize(thread.Reference(pc->B));

    public static void ExternConvertAny(Instr* pc, ulong* fp, InterpreterThread thread)
        => thread.Reference(pc->A) = HostObject.Externalize(thread.Reference(pc->B));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StructNew(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        StructLayout layout = LayoutAt(thread, pc[1].A);
        StructInstance structure = layout.New();
        ulong* slot = fp + pc->B;
        uint reference = pc->C;
        foreach (ref readonly StructField field in layout.Fields.AsSpan())
        {
            if (field.Access == FieldAccess.Reference)
            {
                structure.ReferenceAt(field.First.Place) = thread.Reference(reference++);
                continue;
            }
            structure.SetNumber(field.First.Place, *slot++, field.Access);
            if (field.Access == FieldAccess.Vector) structure.SetNumber(field.Second.Place, *slot++, FieldAccess.Number64);
        }
        thread.Reference(pc->A) = structure;
    }

    public static void StructNewDefault(Instr* pc, ulong* fp, InterpreterThread thread)
        => thread.Reference(pc->A) = LayoutAt(thread, pc[1].A).New();

    private static StructLayout LayoutAt(InterpreterThread thread, uint type) => StructLayout.Of(TypeAt(thread, type));

    private static DefinedType TypeAt(InterpreterThread thread, uint type) => thread.Instance.Module.Types[type];

    public static void StructGet32(Instr* pc, ulong* fp, InterpreterThread thread)
        => fp[pc->A] = Unsafe.ReadUnaligned<uint>(ref Struct(pc, fp, thread).NumberAt((int)pc->C));

    public static void StructGet64(Instr* pc, ulong* fp, InterpreterThread thread)
        => fp[pc->A] = Unsafe.ReadUnaligned<ulong>(ref Struct(pc, fp, thread).NumberAt((int)pc->C));

    public static void StructGetPacked(Instr* pc, ulong* fp, InterpreterThread thread)
        => fp[pc->A] = Struct(pc, fp, thread).GetNumber((int)pc->C, (FieldAccess)pc->X);

    public static void StructGetVector(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        StructInstance structure = Struct(pc, fp, thread);
        fp[pc->A] = structure.GetNumber((int)pc->C, FieldAccess.Number64);
        fp[pc->A + 1] = structure.GetNumber((int)pc[1].A, FieldAccess.Number64);
    }

    public static void StructGetRef(Instr* pc, ulong* fp, InterpreterThread thread)
        => thread.Reference(pc->A) = Struct(pc, fp, thread).ReferenceAt((int)pc->C);

    public static void StructSet32(Instr* pc, ulong* fp, InterpreterThread thread)
        => Unsafe.WriteUnaligned(ref Struct(pc, fp, thread).NumberAt((int)pc->C), (uint)fp[pc->A]);

    public static void StructSet64(Instr* pc, ulong* fp, InterpreterThread thread)
        => Unsafe.WriteUnaligned(ref Struct(pc, fp, thread).NumberAt((int)pc->C), fp[pc->A]);

    public static void StructSetPacked(Instr* pc, ulong* fp, InterpreterThread thread)
        => Struct(pc, fp, thread).SetNumber((int)pc->C, fp[pc->A], (FieldAccess)pc->X);

    public static void StructSetVector(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        StructInstance structure = Struct(pc, fp, thread);
        structure.SetNumber((int)pc->C, fp[pc->A], FieldAccess.Number64);
        structure.SetNumber((int)pc[1].A, fp[pc->A + 1], FieldAccess.Number64);
    }

    public static void StructSetRef(Instr* pc, ulong* fp, InterpreterThread thread)
        => Struct(pc, fp, thread).ReferenceAt((int)pc->C) = thread.Reference(pc->A);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static StructInstance Struct(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        object? reference = thread.Reference(pc->B);
        if (reference is null) Trap.Throw(TrapKind.NullStructureReference);
        return Unsafe.As<StructInstance>(reference);
    }

    /// <summary>What the operand stack gets of an element that is kept in few bits.</summary>
    private static ulong Extend(ulong bits, FieldAccess access) => access switch
    {
        FieldAccess.Unsigned8 => (byte)bits,
        FieldAccess.Signed8 => (uint)(sbyte)bits,
        FieldAccess.Unsigned16 => (ushort)bits,
        FieldAccess.Signed16 => (uint)(short)bits,
        _ => bits,
    };
}
