using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <content>Exceptions.</content>
internal static unsafe partial class Steps
{
    public static Instr* Throw(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        TagInstance tag = thread.Instance.Tags[pc->B];
        SlotCounts counts = SlotKinds.Count(tag.Type.Func!.Parameters);
        return thread.Raise(new ExceptionInstance(
            tag,
            new ReadOnlySpan<ulong>(fp + pc->A, (int)counts.Slots).ToArray(),
            thread.References(pc->C, (int)counts.References).ToArray()));
    }

    public static Instr* ThrowRef(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        thread.Mark(pc, fp);
        object? exception = thread.Reference(pc->B);
        if (exception is null) Trap.Throw(TrapKind.NullExceptionReference);
        return thread.Raise((ExceptionInstance)exception);
    }

    /// <summary>In X of a <c>Catch</c> word: the values thrown are wanted.</summary>
    public const ushort CatchKeepsValues = 1;

    /// <summary>In X of a <c>Catch</c> word: the exception itself is wanted.</summary>
    public const ushort CatchKeepsException = 2;

    public static void Catch(Instr* pc, ulong* fp, InterpreterThread thread)
    {
        ExceptionInstance exception = thread.TakeCaught();
        if ((pc->X & CatchKeepsException) != 0) thread.Reference(pc->C) = exception;
        if ((pc->X & CatchKeepsValues) == 0) return;
        exception.Slots.CopyTo(new Span<ulong>(fp + pc->A, exception.Slots.Length));
        exception.References.CopyTo(thread.References(pc->B, exception.References.Length));
    }
}
