using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <content>Calls from the host.</content>
internal unsafe partial class InterpreterThread
{
    /// <inheritdoc/>
    public override void Invoke(WasmFunction function, Span<ulong> slots, Span<object?> references)
    {
        var saved = new SavedState(this);
        try
        {
            ulong* frame = _top;
            PlaceArguments(frame, slots, references);
            Run(function, frame);
            new ReadOnlySpan<ulong>(frame, slots.Length).CopyTo(slots);
            if (references.Length > 0) _references.AsSpan(saved.ReferenceTop, references.Length).CopyTo(references);
        }
        catch (WasmException exception) when (IsLeaving(exception, in saved))
        {
            throw new UnreachableException();
        }
        finally
        {
            saved.Restore(this);
            GC.KeepAlive(this);
        }
    }

    // A filter, because catching and throwing again would take more of the host's stack at each of the calls that nest: it is
    // asked before any of them has ended, so it also leaves the thread as the call around this one knows it.
    private bool IsLeaving(WasmException exception, ref readonly SavedState saved)
    {
        if (exception is TrapException or ExhaustionException) ReportFrames(exception, saved.ForeignCallCount);
        saved.Restore(this);
        return false;
    }

    private void PlaceArguments(ulong* frame, Span<ulong> slots, Span<object?> references)
    {
        if ((ulong)slots.Length > (ulong)(Limit - frame)) ThrowStackExhausted();
        slots.CopyTo(new Span<ulong>(frame, slots.Length));
        ReferenceBase = _referenceTop;
        if (references.Length == 0) return;
        if (_references.Length == 0) _references = new object?[_referenceCapacity];
        if (references.Length > _references.Length - ReferenceBase) ThrowStackExhausted();
        references.CopyTo(_references.AsSpan(ReferenceBase));
    }

    private void Run(WasmFunction function, ulong* frame)
    {
        ulong* top = _top;
        int referenceTop = _referenceTop;
        SwitchTo(function.Instance);
        Mark(null, frame);
        Instr* first = Enter(CodeOf((uint)function.DefinedIndex), frame, _exit, callerFrame: null);
        while (true)
        {
            try
            {
                Dispatch.Run(this, first, frame);
                return;
            }
            catch (GuestException exception) when (IsCaughtHere(exception))
            {
                _top = top;
                _referenceTop = referenceTop;
                first = Raise((ExceptionInstance)exception.Thrown!);
                frame = Fp;
            }
        }
    }

    [DoesNotReturn]
    private static void ThrowStackExhausted() => throw new ExhaustionException(ExhaustionKind.CallStack);

    /// <summary>Adds the guest frames from the current position up to the call from the host.</summary>
    private void ReportFrames(WasmException exception, int foreignCallBase)
    {
        Instr* pc = Pc;
        ulong* fp = Fp;
        ModuleInstance? instance = Instance;
        int foreign = _foreignCallCount;
        while (pc != null && instance is not null && exception.GuestStack.Count < WasmException.MaxGuestFrameCount)
        {
            FunctionCode code = ((InterpretedModule)instance.Code).Find(pc);
            if (!code.IsBorder) exception.AddFrame(instance.Module.DescribeFrame(code.Index, code.ByteOffsetOf(pc)));

            var returnTo = (Instr*)fp[code.Header->A];
            fp = (ulong*)fp[code.Header->A + 1];
            if (returnTo == _returnForeign && foreign > foreignCallBase)
            {
                ForeignCall call = _foreignCalls[--foreign];
                instance = call.Caller;
                returnTo = call.ReturnTo;
            }
            // The call is the word before: both words of a long one have the same position.
            pc = returnTo == _exit ? null : returnTo - 1;
        }
    }

    /// <summary>What a call from the host must leave as it found it, whatever happens.</summary>
    private readonly ref struct SavedState(InterpreterThread thread)
    {
        private readonly Instr* _pc = thread.Pc;
        private readonly ulong* _fp = thread.Fp;
        private readonly ModuleInstance? _instance = thread.Instance;
        private readonly int _referenceBase = thread.ReferenceBase;
        private readonly ulong* _top = thread._top;

        public readonly int ReferenceTop = thread._referenceTop;
        public readonly int ForeignCallCount = thread._foreignCallCount;

        public void Restore(InterpreterThread thread)
        {
            thread.Pc = _pc;
            thread.Fp = _fp;
            thread.ReferenceBase = _referenceBase;
            thread._top = _top;
            thread._referenceTop = ReferenceTop;
            // The filter of a call around this one may have gone back further already.
            for (int i = ForeignCallCount; i < thread._foreignCallCount; i++) thread._foreignCalls[i] = default;
            thread._foreignCallCount = ForeignCallCount;
            if (_instance is not null) thread.SwitchTo(_instance);
            else if (thread._references.Length > 0) Array.Clear(thread._references);   // nothing outlives the outermost call
        }
    }
}
