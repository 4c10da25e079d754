using System.Reflection;
using System.Reflection.Emit;
using Nacre.Binary;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Compiler;

/// <content>Calls. Spec: Execution, Instructions, Function Calls.</content>
internal sealed partial class FunctionLowering
{
    private bool TryLowerCall(ref InstructionReader reader)
    {
        switch (_opcode)
        {
            case Opcode.Call: LowerCall(reader.Index); return true;
            case Opcode.CallIndirect: LowerCallIndirect(reader.Index, reader.Index2); return true;
            case Opcode.CallRef: LowerCallRef(reader.Index); return true;
            case Opcode.ReturnCall: LowerTailCall(reader.Index); return true;
            case Opcode.ReturnCallIndirect: LowerTailCallIndirect(reader.Index, reader.Index2); return true;
            case Opcode.ReturnCallRef: LowerTailCallRef(reader.Index); return true;
            default: return false;
        }
    }

    private ClrSignature SignatureAt(uint type) => new(_module.Types[(int)type].Func!);

    private void LowerCall(uint function)
    {
        var signature = new ClrSignature(_module.Functions[function].Func!);
        StoreFuel();
        Take(signature.Parameters.Length);
        EmitDirectCall(function, signature, isTail: false);
        PushResults(signature);
    }

    private void EmitDirectCall(uint function, ClrSignature signature, bool isTail)
    {
        int defined = _module.DefinedIndexOf(new FuncIndex(function));
        if (defined < 0)
        {
            EmitContextField(Members.Imports);
            _il.Emit(OpCodes.Ldc_I4, (int)function);
            _il.Emit(OpCodes.Ldelem_Ref);
            EmitCallOf(signature, isTail, isReady: false);
        }
        else if (_code.MethodOf(defined) is { } method)
        {
            EmitContext();
            if (isTail) _il.Emit(OpCodes.Tailcall);
            _il.Emit(OpCodes.Call, method);
        }
        else
        {
            EmitContext();
            EmitEntryOf(defined);
            EmitCalli(signature, isTail);
        }
    }

    // A function that is not compiled yet has 0 for its entry.
    private void EmitEntryOf(int defined)
    {
        LocalBuilder entry = _entry ??= _il.DeclareLocal(typeof(nint));
        Label isThere = _il.DefineLabel();
        _code.EmitEntry(_il, defined);
        _il.Emit(OpCodes.Stloc, entry);
        _il.Emit(OpCodes.Ldloc, entry);
        _il.Emit(OpCodes.Brtrue, isThere);
        EmitContext();
        _il.Emit(OpCodes.Ldc_I4, defined);
        EmitHelper(nameof(Support.Compile));
        _il.Emit(OpCodes.Stloc, entry);
        _il.MarkLabel(isThere);
        _il.Emit(OpCodes.Ldloc, entry);
    }

    private LocalBuilder? _entry;
    private LocalBuilder? _callee;

    /// <summary>Emits the call of the function instance on CIL's stack, whose arguments are below it.</summary>
    /// <param name="signature">Its signature.</param>
    /// <param name="isTail">Whether the call takes the place of this function.</param>
    /// <param name="isReady">Whether the function is known to have an entry.</param>
    private void EmitCallOf(ClrSignature signature, bool isTail, bool isReady)
    {
        LocalBuilder callee = _callee ??= _il.DeclareLocal(typeof(Runtime.FunctionInstance));
        _il.Emit(OpCodes.Stloc, callee);
        _il.Emit(OpCodes.Ldloc, callee);
        if (isReady) _il.Emit(OpCodes.Ldfld, Members.FunctionEntry);
        else EmitHelper(nameof(Support.EntryOf));
        LocalBuilder entry = _entry ??= _il.DeclareLocal(typeof(nint));
        _il.Emit(OpCodes.Stloc, entry);
        _il.Emit(OpCodes.Ldloc, callee);
        _il.Emit(OpCodes.Ldfld, Members.FunctionContext);
        _il.Emit(OpCodes.Ldloc, entry);
        EmitCalli(signature, isTail);
    }

    private void EmitCalli(ClrSignature signature, bool isTail)
    {
        if (isTail) _il.Emit(OpCodes.Tailcall);
        _il.EmitCalli(OpCodes.Calli, CallingConventions.Standard, signature.ClrResult, signature.ClrParameters, null);
    }

    /// <summary>The function instance that <c>call_indirect</c> calls takes the place of the index on CIL's stack.</summary>
    private void EmitCallee(uint type, uint table)
    {
        if (_module.Tables[(int)table].Address == AddressType.I32) _il.Emit(OpCodes.Conv_U8);
        if (table == 0) EmitContextField(Members.Table0);
        else
        {
            EmitContextField(Members.Tables);
            _il.Emit(OpCodes.Ldc_I4, (int)table);
            _il.Emit(OpCodes.Ldelem_Ref);
        }
        EmitContext();
        _il.Emit(OpCodes.Ldc_I4, (int)type);
        _code.EmitTypeId(_il, (int)type);
        EmitHelper(nameof(Support.Callee));
    }

    private void LowerCallIndirect(uint type, uint table)
    {
        ClrSignature signature = SignatureAt(type);
        StoreFuel();
        Take(signature.Parameters.Length + 1);
        EmitCallee(type, table);
        EmitCallOf(signature, isTail: false, isReady: true);
        PushResults(signature);
    }

    private void LowerCallRef(uint type)
    {
        ClrSignature signature = SignatureAt(type);
        StoreFuel();
        Take(signature.Parameters.Length + 1);
        EmitContext();
        EmitHelper(nameof(Support.Target));
        EmitCallOf(signature, isTail: false, isReady: true);
        PushResults(signature);
    }

    // The first result is on CIL's stack. The others must be read before anything else runs.
    private void PushResults(ClrSignature signature)
    {
        // A call right before a return would become a tail call, and the frame would be missing in call stacks.
        _il.Emit(OpCodes.Nop);
        LoadVariants();
        if (signature.Results.Length == 0) return;
        PushStack(signature.Results[0]);
        var extra = new ExtraResults(_il, () => EmitContextField(Members.Store));
        for (int i = 1; i < signature.Results.Length; i++)
        {
            extra.Load(signature.Results[i]);
            PushStack(signature.Results[i]);
        }
    }

    private void LowerTailCall(uint function)
    {
        var signature = new ClrSignature(_module.Functions[function].Func!);
        EmitTailCall(signature, signature.Parameters.Length, () => EmitDirectCall(function, signature, isTail: true));
    }

    private void LowerTailCallIndirect(uint type, uint table)
    {
        ClrSignature signature = SignatureAt(type);
        EmitTailCall(signature, signature.Parameters.Length + 1, () =>
        {
            EmitCallee(type, table);
            EmitCallOf(signature, isTail: true, isReady: true);
        });
    }

    private void LowerTailCallRef(uint type)
    {
        ClrSignature signature = SignatureAt(type);
        EmitTailCall(signature, signature.Parameters.Length + 1, () =>
        {
            EmitContext();
            EmitHelper(nameof(Support.Target));
            EmitCallOf(signature, isTail: true, isReady: true);
        });
    }

    // CIL's stack may hold nothing but the arguments, and no try may be around.
    private void EmitTailCall(ClrSignature signature, int operandCount, Action emitCall)
    {
        ValueKind[] kinds = [.. _operands.AsSpan(_count - operandCount, operandCount).ToArray().Select(operand => operand.Kind)];
        StoreFuel();
        LoadAll();
        if (_tryDepth == 0 && _onStack == operandCount) EmitTail(emitCall);
        else
        {
            LocalBuilder[] arguments = TakeIntoVariables(operandCount);
            if (_tryDepth == 0)
            {
                for (int i = 0; i < _onStack; i++) _il.Emit(OpCodes.Pop);
                foreach (LocalBuilder argument in arguments) _il.Emit(OpCodes.Ldloc, argument);
                EmitTail(emitCall);
                Free(arguments, kinds);
            }
            else
            {
                // These variables are read in a late block and so are not given back.
                Label outside = _il.DefineLabel();
                _il.Emit(OpCodes.Leave, outside);
                AddLateBlock(() =>
                {
                    _il.MarkLabel(outside);
                    foreach (LocalBuilder argument in arguments) _il.Emit(OpCodes.Ldloc, argument);
                    EmitTail(emitCall);
                });
            }
        }
        EndReachable();
    }

    private void EmitTail(Action emitCall)
    {
        emitCall();
        _il.Emit(OpCodes.Ret);
    }
}
