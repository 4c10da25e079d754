using System.Reflection.Emit;

namespace Nacre.Compiler;

/// <content>Returns from functions, from inside of blocks too.</content>
internal sealed partial class FunctionLowering
{
    // Return values are on CIL's stack; with several, all but the first go where the caller looks for them.
    private void EmitReturnFromStack(int below)
    {
        ValueKind[] results = _signature.Results;
        var extra = new LocalBuilder[Math.Max(results.Length - 1, 0)];
        for (int i = extra.Length - 1; i >= 0; i--)
        {
            extra[i] = Rent(results[i + 1]);
            _il.Emit(OpCodes.Stloc, extra[i]);
        }
        var place = new ExtraResults(_il, () => EmitContextField(Members.Store));
        for (int i = 0; i < extra.Length; i++)
        {
            place.Store(results[i + 1], extra[i]);
            Free(extra[i], results[i + 1]);
        }
        if (_fuel is not null)
        {
            // A check wants CIL's stack empty.
            LocalBuilder[] first = results.Length > 0 ? [Rent(results[0])] : [];
            foreach (LocalBuilder result in first) _il.Emit(OpCodes.Stloc, result);
            for (; below > 0; below--) _il.Emit(OpCodes.Pop);
            EmitFinalPayment();
            foreach (LocalBuilder result in first) _il.Emit(OpCodes.Ldloc, result);
            if (results.Length > 0) Free(first[0], results[0]);
        }
        if (_piece is not null) EmitReturnFromPiece(below);
        else if (_tryDepth > 0) EmitReturnOutOfTry();
        else EmitReturn(below);
    }

    private void EmitReturn(int below)
    {
        if (below > 0 && _signature.Results.Length > 0)
        {
            LocalBuilder first = Rent(_signature.Results[0]);
            _il.Emit(OpCodes.Stloc, first);
            for (int i = 0; i < below; i++) _il.Emit(OpCodes.Pop);
            _il.Emit(OpCodes.Ldloc, first);
            Free(first, _signature.Results[0]);
        }
        else
        {
            for (int i = 0; i < below; i++) _il.Emit(OpCodes.Pop);
        }
        _il.Emit(OpCodes.Ret);
    }

    private LocalBuilder? _returned;
    private Label? _returnLabel;

    // CIL lets nobody return out of a try: it is left for a block at the end of the method.
    private void EmitReturnOutOfTry()
    {
        if (_signature.Results.Length > 0)
        {
            _returned ??= _il.DeclareLocal(_signature.ClrResult);
            _il.Emit(OpCodes.Stloc, _returned);
        }
        if (_returnLabel is null)
        {
            Label label = _il.DefineLabel();
            _returnLabel = label;
            AddLateBlock(() =>
            {
                _il.MarkLabel(label);
                if (_returned is not null) _il.Emit(OpCodes.Ldloc, _returned);
                _il.Emit(OpCodes.Ret);
            });
        }
        _il.Emit(OpCodes.Leave, _returnLabel.Value);
    }
}
