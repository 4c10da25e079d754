using System.Runtime.CompilerServices;
using Nacre.Runtime;

namespace Nacre.Interpreter;

/// <content>Entering and leaving frames. Spec: Execution, Instructions, Function Calls.</content>
internal unsafe partial class InterpreterThread
{
    /// <summary>Makes the frame of a function whose arguments begin at <paramref name="frame"/>.</summary>
    /// <returns>The function's first instruction.</returns>
    /// <exception cref="ExhaustionException">The frame does not fit on the stack.</exception>
    public Instr* Enter(Instr* header, ulong* frame, Instr* returnTo, ulong* callerFrame)
    {
        // The sum cannot wrap: a frame is under 2³⁵ bytes, and addresses of a process end far below 2⁶⁴.
        if (frame + header->C > Limit) ThrowStackExhausted();
        Steps.MakeFrame(header, frame, returnTo, callerFrame);
        if (header[1].C != 0) EnterReferences(header);
        return header + FunctionCode.HeaderWordCount;
    }

    private void EnterReferences(Instr* header)
    {
        if (_references.Length == 0) _references = new object?[_referenceCapacity];
        if (header[1].C > (uint)(_references.Length - ReferenceBase)) ThrowStackExhausted();
        uint parameters = header[1].A, locals = header[1].B;
        Array.Clear(_references, ReferenceBase + (int)parameters, (int)(locals - parameters));
    }

    /// <summary>Code of a defined function of the running instance.</summary>
    public Instr* CodeOf(uint definedIndex)
    {
        Instr* header = Entries[definedIndex];
        return header != null ? header : ((InterpretedModule)Instance.Code).Translate((int)definedIndex);
    }

    /// <summary>Calls any function. <see cref="Pc"/> and <see cref="Fp"/> tell the caller's position and frame.</summary>
    /// <param name="function">The function.</param>
    /// <param name="frame">Where its arguments begin.</param>
    /// <param name="returnTo">Where the caller goes on.</param>
    /// <returns>Where execution goes on: in the callee, or behind the call when the host has carried it out. <see cref="Fp"/> is set.</returns>
    public Instr* CallFunction(FunctionInstance function, ulong* frame, Instr* returnTo)
    {
        if (function is HostFunction host)
        {
            CallHost(host, frame);
            return returnTo;
        }
        var callee = (WasmFunction)function;
        Instr* first;
        if (callee.Instance == Instance) first = Enter(CodeOf((uint)callee.DefinedIndex), frame, returnTo, Fp);
        else
        {
            Instr* header = ForeignCodeOf(callee);
            first = Enter(header, frame, _returnForeign, Fp);
            PushForeignCall(returnTo);
            SwitchTo(callee.Instance);
        }
        Fp = frame;
        return first;
    }

    private Instr* ForeignCodeOf(WasmFunction function)
    {
        function.CheckStore(_store);
        var code = (InterpretedModule)function.Instance.Code;
        Instr* header = code.Entries[function.DefinedIndex];
        return header != null ? header : code.Translate(function.DefinedIndex);
    }

    private void PushForeignCall(Instr* returnTo)
    {
        if (_foreignCallCount == _foreignCalls.Length) Array.Resize(ref _foreignCalls, _foreignCallCount * 2);
        _foreignCalls[_foreignCallCount++] = new ForeignCall(Instance, returnTo);
    }

    /// <summary>Goes back to the instance that called; its frame is already current.</summary>
    public Instr* ReturnForeign(ulong* fp)
    {
        ref ForeignCall call = ref _foreignCalls[--_foreignCallCount];
        Instr* returnTo = call.ReturnTo;
        SwitchTo(call.Caller);
        call = default;
        Fp = fp;
        return returnTo;
    }

    /// <summary>Replaces the running frame by a call: the callee returns to the caller of the running function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="arguments">Where its arguments begin.</param>
    /// <param name="record">Slot of the running frame's record.</param>
    /// <param name="references">Where its reference arguments begin, in the running frame.</param>
    public Instr* TailCallFunction(FunctionInstance function, ulong* arguments, uint record, uint references)
    {
        ulong* frame = Fp;
        var returnTo = (Instr*)frame[record];
        var callerFrame = (ulong*)frame[record + 1];
        SlotCounts parameters = SlotKinds.Count(function.Signature.Parameters);

        if (function is HostFunction host)
        {
            CallHost(host, arguments, (int)references);
            SlotCounts results = SlotKinds.Count(function.Signature.Results);
            MoveDown(frame, arguments, references, results);
            Fp = callerFrame;
            return returnTo;
        }

        var callee = (WasmFunction)function;
        Instr* header = callee.Instance == Instance ? CodeOf((uint)callee.DefinedIndex) : ForeignCodeOf(callee);
        if (frame + header->C > Limit) ThrowStackExhausted();
        MoveDown(frame, arguments, references, parameters);
        if (callee.Instance != Instance)
        {
            // One way back to the caller's instance is enough, however long the chain of tail calls.
            if (returnTo != _returnForeign)
            {
                PushForeignCall(returnTo);
                returnTo = _returnForeign;
            }
            SwitchTo(callee.Instance);
        }
        return Enter(header, frame, returnTo, callerFrame);
    }

    private void MoveDown(ulong* frame, ulong* source, uint references, SlotCounts counts)
    {
        new ReadOnlySpan<ulong>(source, (int)counts.Slots).CopyTo(new Span<ulong>(frame, (int)counts.Slots));
        if (counts.References > 0)
            Array.Copy(_references, ReferenceBase + (int)references, _references, ReferenceBase, (int)counts.References);
    }

    /// <summary>Calls a function of the host, whose arguments begin at <paramref name="frame"/>; its results replace them.</summary>
    /// <remarks>Not inlined: a handler that holds a variable by address makes no tail call.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CallHost(HostFunction function, ulong* frame, int references = 0)
    {
        SlotCounts counts = SlotKinds.Count(function.Signature.Parameters).Max(SlotKinds.Count(function.Signature.Results));
        int firstReference = ReferenceBase + references;
        if (counts.Slots > (ulong)(Limit - frame)) ThrowStackExhausted();
        if (counts.References > 0 && _references.Length == 0) _references = new object?[_referenceCapacity];
        if (counts.References > (uint)(_references.Length - firstReference)) ThrowStackExhausted();
        _store.CheckFuel();

        // Calls that the host makes from there on begin behind the arguments.
        ulong* top = _top;
        int referenceTop = _referenceTop;
        _top = frame + counts.Slots;
        _referenceTop = firstReference + (int)counts.References;
        try
        {
            var hostFrame = new HostFrame(
                _store, Instance, new Span<ulong>(frame, (int)counts.Slots), _references.AsSpan(firstReference, (int)counts.References));
            function.Call(ref hostFrame);
        }
        finally
        {
            _top = top;
            _referenceTop = referenceTop;
        }
    }
}
