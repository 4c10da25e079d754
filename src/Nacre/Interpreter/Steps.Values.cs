using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <content>Copies, constants, selection and globals.</content>
internal static unsafe partial class Steps
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(Instr* pc, ulong* fp, InterpreterThread thread) => fp[pc->A] = fp[pc->B];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyVector(Instr* pc, ulong* fp, InterpreterThread thread) => Vector(fp, pc->A) = Vector(fp, pc->B);

    public static void CopyRef(Instr* pc, ulong* fp, InterpreterThread thread) => thread.Reference(pc->A) = thread.Reference(pc->B);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Const(Instr* pc, ulong* fp, InterpreterThread thread) => fp[pc->A] = (ulong)pc->Long;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ConstVector(Instr* pc, ulong* fp, InterpreterThread thread)
        => Vector(fp, pc->A) = Unsafe.ReadUnaligned<Vector128<byte>>(pc + 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Select(Instr* pc, ulong* fp, InterpreterThread thread)
        => fp[pc->A] = *(int*)(fp + pc[1].A) != 0 ? fp[pc->B] : fp[pc->C];

    public static void SelectVector(Instr* pc, ulong* fp, InterpreterThread thread)
        => Vector(fp, pc->A) = *(int*)(fp + pc[1].A) != 0 ? Vector(fp, pc->B) : Vector(fp, pc->C);

    public static void SelectRef(Instr* pc, ulong* fp, InterpreterThread thread)
        => thread.Reference(pc->A) = *(int*)(fp + pc[1].A) != 0 ? thread.Reference(pc->B) : thread.Reference(pc->C);

    public static void CanonicalF32(Instr* pc, ulong* fp, InterpreterThread thread)
        => *(float*)(fp + pc->A) = CanonicalNaN.F32(*(float*)(fp + pc->B));

    public static void CanonicalF64(Instr* pc, ulong* fp, InterpreterThread thread)
        => *(double*)(fp + pc->A) = CanonicalNaN.F64(*(double*)(fp + pc->B));

    public static void CanonicalF32x4(Instr* pc, ulong* fp, InterpreterThread thread)
        => Vector(fp, pc->A) = CanonicalNaN.F32x4(Vector(fp, pc->B));

    public static void CanonicalF64x2(Instr* pc, ulong* fp, InterpreterThread thread)
        => Vector(fp, pc->A) = CanonicalNaN.F64x2(Vector(fp, pc->B));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void GlobalGet(Instr* pc, ulong* fp, InterpreterThread thread) => fp[pc->A] = *thread.Globals[pc->B];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void GlobalSet(Instr* pc, ulong* fp, InterpreterThread thread) => *thread.Globals[pc->B] = fp[pc->A];

    public static void GlobalGetVector(Instr* pc, ulong* fp, InterpreterThread thread) => Vector(fp, pc->A) = Vector(thread.Globals[pc->B], 0);

    public static void GlobalSetVector(Instr* pc, ulong* fp, InterpreterThread thread) => Vector(thread.Globals[pc->B], 0) = Vector(fp, pc->A);

    public static void GlobalGetRef(Instr* pc, ulong* fp, InterpreterThread thread)
        => thread.Reference(pc->A) = thread.Instance.Globals[pc->B].Reference;

    public static void GlobalSetRef(Instr* pc, ulong* fp, InterpreterThread thread)
        => thread.Instance.Globals[pc->B].Reference = thread.Reference(pc->A);

    public static void RefNull(Instr* pc, ulong* fp, InterpreterThread thread) => thread.Reference(pc->A) = null;

    public static void RefFunc(Instr* pc, ulong* fp, InterpreterThread thread) => thread.Reference(pc->A) = thread.Instance.Function(pc->B);

    public static void RefIsNull(Instr* pc, ulong* fp, InterpreterThread thread)
        => *(int*)(fp + pc->A) = thread.Reference(pc->B) is null ? 1 : 0;

    public static void RefAsNonNull(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        if (thread.Reference(pc->B) is not null) return;
        thread.Mark(pc, fp);
        Trap.Throw(TrapKind.NullReference);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RefEnter(Instr* pc, ulong* fp, InterpreterThread thread) => thread.ReferenceBase += (int)pc->A;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RefLeave(Instr* pc, ulong* fp, InterpreterThread thread) => thread.ReferenceBase -= (int)pc->A;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Vector128<byte> Vector(ulong* fp, uint slot) => ref *(Vector128<byte>*)(fp + slot);
}
