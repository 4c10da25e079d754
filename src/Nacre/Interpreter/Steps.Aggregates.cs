using System.Runtime.CompilerServices;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Interpreter;

/// <content>Structures, arrays, <c>i31</c> and casts. Spec: Execution, Instructions, Reference Instructions and Aggregate Instructions.</content>
internal static unsafe partial class Steps
{
    public static void RefEq(Instr* pc, ulong* fp, InterpreterThread thread)
        => *(int*)(fp + pc->A) = ReferenceTests.AreEqual(thread.Reference(pc->B), thread.Reference(pc->C)) ? 1 : 0;

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
        => ReferenceTests.Matches(thread.Reference(pc->B), new HeapType(pc[1].A), pc[1].X != 0, thread.Instance.Module.Types);

    public static void RefI31(Instr* pc, ulong* fp, InterpreterThread thread) => thread.Reference(pc->A) = I31Reference.Of((int)fp[pc->B]);

    public static void I31GetS(Instr* pc, ulong* fp, InterpreterThread thread) => fp[pc->A] = (uint)I31(pc, fp, thread).Value;

    public static void I31GetU(Instr* pc, ulong* fp, InterpreterThread thread) => fp[pc->A] = I31(pc, fp, thread).UnsignedValue;

    private static I31Reference I31(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        object? reference = thread.Reference(pc->B);
        if (reference is null) Trap.Throw(TrapKind.NullI31Reference);
        return (I31Reference)reference;
    }

    public static void StructNew(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        StructInstance structure = NewStruct(pc, thread);
        new ReadOnlySpan<ulong>(fp + pc->B, structure.Slots.Length).CopyTo(structure.Slots);
        thread.References(pc->C, structure.References.Length).CopyTo(structure.References);
        thread.Reference(pc->A) = structure;
    }

    public static void StructNewDefault(Instr* pc, ulong* fp, InterpreterThread thread) => thread.Reference(pc->A) = NewStruct(pc, thread);

    private static StructInstance NewStruct(Instr* pc, InterpreterThread thread)
        => new(TypeAt(thread, pc[1].A), (int)pc[1].B, (int)pc[1].C);

    private static DefinedType TypeAt(InterpreterThread thread, uint type) => thread.Instance.Module.Types[type];

    public static void StructGet(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        StructInstance structure = Struct(pc, fp, thread);
        var access = (FieldAccess)pc->X;
        if (access == FieldAccess.Reference) thread.Reference(pc->A) = structure.References[pc->C];
        else if (access == FieldAccess.Vector) structure.Slots.AsSpan((int)pc->C, 2).CopyTo(new Span<ulong>(fp + pc->A, 2));
        else fp[pc->A] = Extend(structure.Slots[pc->C], access);
    }

    public static void StructSet(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        StructInstance structure = Struct(pc, fp, thread);
        var access = (FieldAccess)pc->X;
        if (access == FieldAccess.Reference) structure.References[pc->C] = thread.Reference(pc->A);
        else new ReadOnlySpan<ulong>(fp + pc->A, access == FieldAccess.Vector ? 2 : 1).CopyTo(structure.Slots.AsSpan((int)pc->C));
    }

    private static StructInstance Struct(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        object? reference = thread.Reference(pc->B);
        if (reference is null) Trap.Throw(TrapKind.NullStructureReference);
        return (StructInstance)reference;
    }

    /// <summary>What the operand stack gets of a slot that keeps a packed value in its low bits.</summary>
    private static ulong Extend(ulong bits, FieldAccess access) => access switch
    {
        FieldAccess.Unsigned8 => (byte)bits,
        FieldAccess.Signed8 => (uint)(sbyte)bits,
        FieldAccess.Unsigned16 => (ushort)bits,
        FieldAccess.Signed16 => (uint)(short)bits,
        _ => bits,
    };
}
