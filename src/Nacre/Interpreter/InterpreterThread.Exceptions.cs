using Nacre.Runtime;

namespace Nacre.Interpreter;

/// <content>Throwing and catching. Spec: Execution, Instructions, Control Instructions (<c>throw_ref</c>).</content>
internal unsafe partial class InterpreterThread
{
    // On its way to the handler.
    private ExceptionInstance? _caught;

    /// <summary>The exception that the handler just entered receives.</summary>
    public ExceptionInstance TakeCaught()
    {
        ExceptionInstance exception = _caught!;
        _caught = null;
        return exception;
    }

    /// <summary>Throws from the instruction at <see cref="Pc"/> in frame <see cref="Fp"/>.</summary>
    /// <returns>Where the handler begins; its frame and instance are current.</returns>
    /// <exception cref="GuestException">No guest since the call from the host catches it.</exception>
    public Instr* Raise(ExceptionInstance exception)
    {
        Instr* handler = FindHandler(exception, isEntering: true);
        return handler != null ? handler : throw new GuestException(exception);
    }

    /// <summary>Whether a guest's exception that a host function let through is caught by the code that called the host.</summary>
    private bool IsCaughtHere(GuestException exception)
        => exception.Thrown is ExceptionInstance thrown && Pc != null && FindHandler(thrown, isEntering: false) != null;

    /// <summary>Looks for a handler, frame by frame, up to the call from the host.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="isEntering">Whether to make the handler's frame current; else nothing changes.</param>
    /// <returns>Where the handler begins; null when there is none.</returns>
    private Instr* FindHandler(ExceptionInstance exception, bool isEntering)
    {
        Instr* pc = Pc;
        ulong* fp = Fp;
        ModuleInstance instance = Instance;
        int foreign = _foreignCallCount;
        int referenceBase = ReferenceBase - ReferencesEnteredBy(pc);
        while (true)
        {
            FunctionCode code = ((InterpretedModule)instance.Code).Find(pc);
            if (!IsTailCall(pc) && code.FindHandler(pc, exception.Tag, instance) is { } position)
            {
                if (isEntering) EnterHandler(exception, instance, fp, foreign, referenceBase);
                return code.Header + position;
            }
            var returnTo = (Instr*)fp[code.Header->A];
            fp = (ulong*)fp[code.Header->A + 1];
            if (returnTo == _exit) return null;
            if (returnTo == _returnForeign)
            {
                ForeignCall call = _foreignCalls[--foreign];
                instance = call.Caller;
                returnTo = call.ReturnTo;
            }
            referenceBase -= EnteredReferences(returnTo);
            pc = returnTo - 1;
        }
    }

    private void EnterHandler(ExceptionInstance exception, ModuleInstance instance, ulong* fp, int foreign, int referenceBase)
    {
        for (int i = foreign; i < _foreignCallCount; i++) _foreignCalls[i] = default;
        _foreignCallCount = foreign;
        if (instance != Instance) SwitchTo(instance);
        ReferenceBase = referenceBase;
        _caught = exception;
        Fp = fp;
    }

    // Its frame was replaced by that of the host's function that the exception comes from, with the clauses around.
    private static bool IsTailCall(Instr* pc) => pc->Op is Op.TailCall or Op.TailCallIndirect or Op.TailCallRef;

    // A call of the host that did not return: its RefLeave is still to come.
    private static int ReferencesEnteredBy(Instr* pc) => pc->Op switch
    {
        Op.CallImport or Op.CallRef => EnteredReferences(pc + 1),
        Op.CallIndirect => EnteredReferences(pc + 2),
        _ => 0,
    };

    private static int EnteredReferences(Instr* returnTo) => returnTo->Op == Op.RefLeave ? (int)returnTo->A : 0;
}
