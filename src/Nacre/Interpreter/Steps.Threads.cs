using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <content>Waiting, notifying and fences. Spec: threads proposal, Atomic Memory Instructions.</content>
internal static unsafe partial class Steps
{
    public static void Wait32(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        byte* address = thread.AtomicAddress(pc, fp, sizeof(int));
        var expected = (int)fp[pc->B + 1];
        Wait(pc, fp, thread, address, () => Meanings.I32AtomicLoad(address) == expected);
    }

    public static void Wait64(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        byte* address = thread.AtomicAddress(pc, fp, sizeof(long));
        var expected = (long)fp[pc->B + 1];
        Wait(pc, fp, thread, address, () => Meanings.I64AtomicLoad(address) == expected);
    }

    private static void Wait(Instr* pc, ulong* fp, InterpreterThread thread, byte* address, Func<bool> holdsExpected)
    {
        thread.Mark(pc, fp);
        var timeoutNanoseconds = (long)fp[pc->B + 2];
        fp[pc->A] = (ulong)thread.Instance.Memories[pc[1].A].Wait(
            address, holdsExpected, timeoutNanoseconds, thread.Instance.Store.TimeProvider, () => thread.Poll(thread.Pc, thread.Fp));
    }

    public static void Notify(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        byte* address = thread.AtomicAddress(pc, fp, sizeof(int));
        fp[pc->A] = thread.Instance.Memories[pc[1].A].Notify(address, (uint)fp[pc->B + 1]);
    }

    public static void Fence(Instr* pc, ulong* fp, InterpreterThread thread) => Thread.MemoryBarrier();
}
