using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <summary>What the operations of <c>spec/interpreter.txt</c> do. Fields of the word are named there.</summary>
/// <remarks>Safe: every slot read or written was laid out by the translator inside the running frame.</remarks>
internal static unsafe partial class Steps
{
    public static void Unreachable(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        Trap.Throw(TrapKind.Unreachable);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fuel(Instr* pc, ulong* fp, InterpreterThread thread) => thread.PayFuel(pc);

    public static void FuelCheck(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.CheckFuel(pc, fp, pc->B);
        thread.PayFuel(pc);
    }

    public static void FuelBulk(Instr* pc, ulong* fp, InterpreterThread thread)
        => thread.CheckFuel(pc, fp, (long)(Address(fp, pc->A, pc->X) >> (int)pc->B));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Poll(Instr* pc, ulong* fp, InterpreterThread thread) => thread.Poll(pc, fp);

    public static Instr* BecomeHot(Instr* pc, ulong* fp, InterpreterThread thread) => thread.BecomeHot(pc, fp);

    public static void CallCompiled(Instr* pc, ulong* fp, InterpreterThread thread) => thread.CallCompiled(pc, fp);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Instr* Jump(Instr* pc, ulong* fp, InterpreterThread thread) => pc + (int)pc->A;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Instr* BrIf(Instr* pc, ulong* fp, InterpreterThread thread)
        => *(int*)(fp + pc->B) != 0 ? pc + (int)pc->A : pc + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Instr* BrUnless(Instr* pc, ulong* fp, InterpreterThread thread)
        => *(int*)(fp + pc->B) == 0 ? pc + (int)pc->A : pc + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Instr* BrTable(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        Instr* entry = pc + 1 + Math.Min(*(uint*)(fp + pc->B), pc->C);
        return entry + (int)entry->A;
    }

    public static Instr* BrOnNull(Instr* pc, ulong* fp, InterpreterThread thread)
        => thread.Reference(pc->B) is null ? pc + (int)pc->A : pc + 1;

    public static Instr* BrOnNonNull(Instr* pc, ulong* fp, InterpreterThread thread)
        => thread.Reference(pc->B) is not null ? pc + (int)pc->A : pc + 1;

    /// <summary>Lays out a frame that fits on the stack: locals are zero, the record tells where to return.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MakeFrame(Instr* header, ulong* frame, Instr* returnTo, ulong* callerFrame)
    {
        uint record = header->A;
        for (uint local = header->B; local < record; local++) frame[local] = 0;
        frame[record] = (ulong)returnTo;
        frame[record + 1] = (ulong)callerFrame;
    }

    public static Instr* CallSlowly(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        ulong* frame = fp + pc->A;
        Instr* first = thread.Enter(thread.CodeOf(pc->B), frame, pc + 1, fp);
        thread.Fp = frame;
        return first;
    }

    public static Instr* CallImport(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        return thread.CallFunction(thread.Instance.Function(pc->B), fp + pc->A, pc + 1);
    }

    public static Instr* CallIndirect(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        return thread.CallFunction(Callee(pc, fp, thread), fp + pc->A, pc + 2);
    }

    public static Instr* CallRef(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        return thread.CallFunction(NonNull(thread.Reference(pc->B)), fp + pc->A, pc + 1);
    }

    public static Instr* ReturnForeign(Instr* pc, ulong* fp, InterpreterThread thread) => thread.ReturnForeign(fp);

    public static Instr* TailCall(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        return thread.TailCallFunction(thread.Instance.Function(pc->B), fp + pc->A, pc[1].B, pc[1].C);
    }

    public static Instr* TailCallIndirect(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        return thread.TailCallFunction(Callee(pc, fp, thread), fp + pc->A, pc[1].B, pc[1].C);
    }

    public static Instr* TailCallRef(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        return thread.TailCallFunction(NonNull(thread.Reference(pc->B)), fp + pc->A, pc[1].B, pc[1].C);
    }

    private static FunctionInstance Callee(Instr* pc, ulong* fp, InterpreterThread thread)
        => thread.Instance.Tables[pc[1].A].Callee(Address(fp, pc->B, pc->X), thread.Instance.Module.Types[(int)pc->C]);

    private static FunctionInstance NonNull(object? reference)
    {
        if (reference is null) Trap.Throw(TrapKind.NullFunctionReference);
        return (FunctionInstance)reference;
    }

    /// <summary>An address, index or count operand: zero-extended from 32 bits unless bit 0 of <paramref name="flags"/> is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Address(ulong* fp, uint slot, int flags) => (flags & 1) != 0 ? fp[slot] : (uint)fp[slot];
}
