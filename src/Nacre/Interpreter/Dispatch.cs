using System.Runtime.CompilerServices;
using Nacre.Runtime;

namespace Nacre.Interpreter;

/// <summary>Runs internal code. Two skeletons, generated from the same lists, carry out the same operations.</summary>
/// <remarks>
/// <para><c>Loop</c> is a <c>switch</c> in a loop. It runs everywhere, and at once where the assembly was compiled ahead of time.</para>
/// <para>The handlers are a method for each operation, which ends by calling the method of the next one. Where that is a tail call
/// everything stays in registers, which is faster; but the methods are compiled one by one when first used, which does not pay for
/// guests that soon end. So code starts in the loop and goes on in the handlers, at any word, once it has proved to run for long.</para>
/// <para>Safe because words are carried out in the order in which the translator laid them out, and touch what <see cref="Steps"/> does.</para>
/// </remarks>
internal static unsafe partial class Dispatch
{
    /// <summary>Steps that a thread makes in the loop before it goes over to the handlers: about what compiling those costs.</summary>
    public const int InitialLoopSteps = 2_000_000;

    /// <summary>Runs from <paramref name="pc"/> in frame <paramref name="fp"/> until the code returns to the host.</summary>
    public static void Run(InterpreterThread thread, Instr* pc, ulong* fp)
    {
        if (thread.LoopStepsLeft > 0)
        {
            thread.LoopStepsLeft = Loop(thread, pc, fp, thread.LoopStepsLeft);
            if (thread.LoopStepsLeft > 0) return;
            pc = thread.Pc;
            fp = thread.Fp;
        }
        if (!TailCalls.AreMade)
        {
            while (Loop(thread, pc, fp, int.MaxValue) == 0)
            {
                pc = thread.Pc;
                fp = thread.Fp;
            }
            return;
        }
        Handlers.Table[(int)pc->Op](pc, fp, thread.Memory, thread);
    }
}

/// <summary>Whether this runtime makes a call in tail position through a pointer without growing the stack, as the handlers need.</summary>
/// <remarks>RyuJIT does in optimised code; nothing promises it, so it is tried once with calls of the handlers' own kind.</remarks>
internal static unsafe class TailCalls
{
    private const nint ProbeDepth = 64;

    /// <summary>Whether a chain of calls left the stack where it was.</summary>
    public static readonly bool AreMade = Probe();

    private static bool Probe()
    {
        ulong first, last;
        End(null, &first, null, null!);
        Step((Instr*)ProbeDepth, &last, null, null!);
        // Otherwise each call would have left at least a return address and a frame pointer.
        return Math.Abs((long)(first - last)) < ProbeDepth * 2 * sizeof(nint);
    }

    // The first parameter counts down; it is not used as an address. Not NoInlining: such methods never make tail calls.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Step(Instr* remaining, ulong* stackAddress, MemoryCell* memory, InterpreterThread thread)
    {
        nint left = (nint)remaining - 1;
        delegate*<Instr*, ulong*, MemoryCell*, InterpreterThread, void> next = left > 0 ? &Step : &End;
        next((Instr*)left, stackAddress, memory, thread);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void End(Instr* remaining, ulong* stackAddress, MemoryCell* memory, InterpreterThread thread)
    {
        byte here = 0;
        *stackAddress = (ulong)&here;
    }
}
