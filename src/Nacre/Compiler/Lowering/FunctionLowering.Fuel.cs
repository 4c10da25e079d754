using System.Reflection.Emit;
using Nacre.Binary;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Fuel. What instructions cost is in <see cref="Fuel"/>.</content>
/// <remarks>
/// What is left lies in a local variable, which becomes a register. While code is lowered, the units that it uses are added up as
/// <em>owed</em>; what is left in truth is the variable less what is owed there. Where paths meet, all of them owe the same: the first to
/// come decides how much, and the others pay or are given back the difference. So paths that part and meet again have one payment fewer
/// than there are of them, and the ways out of a loop cost its body nothing.
/// All is paid where <see cref="Fuel"/> wants a look. The store is told when another function is about to run, and every so many units in
/// a loop: a trap forgets the variable, and no guest shall get much work for nothing by trapping.
/// </remarks>
internal sealed partial class FunctionLowering
{
    private LocalBuilder? _fuel;
    private long _owed;
    private Label? _fuelExhausted;
    private LocalBuilder? _reportLimit;

    /// <summary>Owes for the instruction at hand, and pays when it is one that is told how much to do.</summary>
    private void CountInstruction(ref InstructionReader reader)
    {
        _owed += Fuel.OfInstruction(_opcode, reader.Index, _module);
        if (_fuel is null || !Fuel.IsBulk(_opcode)) return;
        SettleTop();
        _il.Emit(OpCodes.Ldloc, _fuel);
        EmitLoad(in Top);
        if (Top.Kind == ValueKind.I32) _il.Emit(OpCodes.Conv_U8);
        _il.Emit(OpCodes.Ldc_I4, Fuel.LogOfCountPerUnit(_opcode));
        _il.Emit(OpCodes.Shr_Un);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Stloc, _fuel);
        EmitFinalPayment();
        _owed = 0;
    }

    private void LoadFuel()
    {
        if (_fuel is null) return;
        _il.Emit(OpCodes.Ldloc, _control!);
        _il.Emit(OpCodes.Ldfld, Members.Fuel);
        _il.Emit(OpCodes.Stloc, _fuel);
        _owed = 0;
        EmitReportLimit();
    }

    // The larger of 0 and what is left when the store is to be told next. Where no loop follows, RyuJIT drops this.
    private void EmitReportLimit()
    {
        const int SignShift = 63;
        LocalBuilder limit = _reportLimit ??= _il.DeclareLocal(typeof(long));
        _il.Emit(OpCodes.Ldloc, _fuel!);
        EmitInt64(Fuel.UnitsBetweenReports);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Stloc, limit);
        _il.Emit(OpCodes.Ldloc, limit);
        _il.Emit(OpCodes.Ldloc, limit);
        _il.Emit(OpCodes.Ldc_I4, SignShift);
        _il.Emit(OpCodes.Shr);
        _il.Emit(OpCodes.Not);
        _il.Emit(OpCodes.And);
        _il.Emit(OpCodes.Stloc, limit);
    }

    /// <summary>Emits, where a loop is about to begin again, one comparison for both whether it may and whether it reports first.</summary>
    /// <param name="label">The loop's.</param>
    /// <param name="target">Where it goes on, if not here.</param>
    private void EmitLoopCheck(ref ControlLabel label, Label? target)
    {
        _il.Emit(OpCodes.Ldloc, _fuel!);
        _il.Emit(OpCodes.Ldloc, _reportLimit!);
        if (_tryDepth > 0)
        {
            Label goOn = target ?? _il.DefineLabel();
            _il.Emit(OpCodes.Bge, goOn);
            EmitReport();
            if (target is null) _il.MarkLabel(goOn);
            else _il.Emit(OpCodes.Br, goOn);
            return;
        }
        Label report = label.Report ??= ReportOutOfLine(label.Target);
        if (target is { } near)
        {
            _il.Emit(OpCodes.Bge, near);
            _il.Emit(OpCodes.Br, report);
        }
        else _il.Emit(OpCodes.Blt, report);
    }

    private Label ReportOutOfLine(Label loop)
    {
        Label report = _il.DefineLabel();
        AddLateBlock(() =>
        {
            _il.MarkLabel(report);
            EmitReport();
            _il.Emit(OpCodes.Br, loop);
        });
        return report;
    }

    private void EmitReport()
    {
        EmitCheck(0);
        EmitFuelStore(0);
        EmitReportLimit();
    }

    /// <summary>Looks whether the function may be entered.</summary>
    private void EnterMetered()
    {
        if (_fuel is null) return;
        _owed = Fuel.OfEntry(_function);
        EmitCheck(_owed);
    }

    private void EmitPayment(long units)
    {
        if (_fuel is null || units == 0) return;
        _il.Emit(OpCodes.Ldloc, _fuel);
        EmitInt64(units);
        _il.Emit(OpCodes.Sub);
        _il.Emit(OpCodes.Stloc, _fuel);
    }

    /// <summary>Ends the guest unless so many units are left; CIL's stack is empty.</summary>
    private void EmitCheck(long units)
    {
        _il.Emit(OpCodes.Ldloc, _fuel!);
        EmitInt64(units);
        EmitGuard(OpCodes.Bge, OpCodes.Blt, target: null, ref _fuelExhausted, EmitExhausted);
    }

    private void EmitExhausted()
    {
        EmitContext();
        EmitThrow(nameof(Support.ThrowFuelExhausted));
    }

    /// <summary>Pays what is owed, and looks whether that much was left; CIL's stack is empty.</summary>
    private void PayAndCheck()
    {
        if (_fuel is null) return;
        EmitPayment(_owed);
        EmitCheck(0);
        _owed = 0;
    }

    /// <summary>Tells the store what is left when so much is owed.</summary>
    private void EmitFuelStore(long owed)
    {
        if (_fuel is null) return;
        _il.Emit(OpCodes.Ldloc, _control!);
        _il.Emit(OpCodes.Ldloc, _fuel);
        if (owed != 0)
        {
            EmitInt64(owed);
            _il.Emit(OpCodes.Sub);
        }
        _il.Emit(OpCodes.Stfld, Members.Fuel);
    }

    private void StoreFuel() => EmitFuelStore(_owed);

    /// <summary>Pays, checks and tells the store, on a path that ends here; CIL's stack is empty.</summary>
    private void EmitFinalPayment()
    {
        EmitPayment(_owed);
        EmitCheck(0);
        EmitFuelStore(0);
    }

    /// <summary>Does the same where an exception is about to be thrown.</summary>
    private void PayBeforeThrow()
    {
        if (_fuel is null) return;
        Unstack();
        EmitFinalPayment();
    }

    /// <summary>Emits, on a path that goes on to a label that is not a loop's, what makes it owe what the label's other paths do; CIL's stack is empty.</summary>
    private void EmitSettlement(ref ControlLabel label)
    {
        if (_fuel is null) return;
        EmitPayment(_owed - (label.Owed ??= _owed));
    }

    /// <summary>Whether a branch may go to the label as it is.</summary>
    private bool IsSettled(ref ControlLabel label)
        => label.Opcode == Opcode.Loop ? !ChecksLoops : _fuel is null || (label.Owed ??= _owed) == _owed;

    /// <summary>Readies for a branch that may be taken to a label inside the same loop, by a payment whether it is taken or not.</summary>
    private bool TrySettleAhead(uint depth)
    {
        ref ControlLabel label = ref LabelAt(depth);
        if (IsSettled(ref label)) return true;
        if (label.Opcode == Opcode.Loop || LeavesLoop(depth)) return false;
        EmitSettlement(ref label);
        _owed = label.Owed!.Value;
        return true;
    }

    private bool LeavesLoop(uint depth) => LabelAt(depth).Opcode != Opcode.Loop && LabelAt(0).Loop > LabelAt(depth).Loop;

    /// <summary>A place at the end of the method that settles what is owed now and goes on to the label.</summary>
    private Label SettlementOutOfLine(ref ControlLabel label)
    {
        Label detour = _il.DefineLabel(), target = label.Target;
        long units = _owed - label.Owed!.Value;
        AddLateBlock(() =>
        {
            _il.MarkLabel(detour);
            EmitPayment(units);
            _il.Emit(OpCodes.Br, target);
        });
        return detour;
    }

    /// <summary>Pays what makes a branch table owe the same as one of its labels does.</summary>
    private void SettleAheadOfTable(ref InstructionReader reader)
    {
        if (_fuel is null) return;
        foreach (uint depth in reader.Labels)
        {
            ref ControlLabel label = ref LabelAt(depth);
            if (IsFunctionLabel(depth) || label.Opcode == Opcode.Loop || label.Owed is not { } owed) continue;
            EmitPayment(_owed - owed);
            _owed = owed;
            return;
        }
    }

    private void PayAndStore()
    {
        if (_fuel is null) return;
        EmitPayment(_owed);
        EmitFuelStore(0);
        _owed = 0;
    }
}
