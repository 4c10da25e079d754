using System.Reflection.Emit;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Branches: where they go, what they carry, and what is owed and looked at on the way.</content>
internal sealed partial class FunctionLowering
{
    private void LowerBranch(uint depth)
    {
        EmitBranch(depth);
        EndReachable();
    }

    /// <summary>Emits an unconditional branch. The operands are as before only as far as bookkeeping is concerned.</summary>
    private void EmitBranch(uint depth)
    {
        int carried = LabelAt(depth).BranchKinds.Length;
        Load(carried);
        LabelAt(depth).CarriedOrigin |= OriginOfTop(carried);
        EmitBranchFromStack(depth, _onStack - carried);
    }

    /// <summary>Emits a branch whose values are on CIL's stack, with <paramref name="below"/> others below them.</summary>
    private void EmitBranchFromStack(uint depth, int below)
    {
        if (IsFunctionLabel(depth))
        {
            EmitReturnFromStack(below);
            return;
        }
        ref ControlLabel label = ref LabelAt(depth);
        LocalBuilder[] variables = CarriedBy(ref label);
        for (int i = variables.Length - 1; i >= 0; i--) _il.Emit(OpCodes.Stloc, variables[i]);
        for (int i = 0; i < below; i++) _il.Emit(OpCodes.Pop);
        EmitGo(ref label);
        MarkTarget(ref label);
    }

    private void LowerBranchIf(uint depth) => EmitConditionalBranch(depth, OpCodes.Brtrue, OpCodes.Brfalse, keepsOperand: false);

    /// <summary>Emits a branch that is taken if the topmost operand tells so.</summary>
    /// <param name="depth">The label.</param>
    /// <param name="when">Branches when the operand says yes.</param>
    /// <param name="unless">Branches when it says no.</param>
    /// <param name="keepsOperand">Whether the operand is still there when the branch is not taken, and carried when it is.</param>
    private void EmitConditionalBranch(uint depth, OpCode when, OpCode unless, bool keepsOperand)
    {
        bool isPlain = !IsFunctionLabel(depth) && LabelAt(depth).TryDepth == _tryDepth && LabelAt(depth).BranchKinds.Length == 0;
        if (!keepsOperand && isPlain && _onStack == (Top.Home == Home.Stack ? 1 : 0))
        {
            EmitLoad(in Top);
            if (Top.Home == Home.Stack) _onStack--;
            Forget(ref Top);
            _count--;
            EmitPlainBranch(depth, when, unless);
        }
        else
        {
            Unstack();
            Operand condition = Top;
            if (!keepsOperand) _count--;
            Label skip = _il.DefineLabel();
            EmitLoad(in condition);
            _il.Emit(unless, skip);
            EmitCarried(depth);
            EmitBranchFromStack(depth, below: 0);
            _il.MarkLabel(skip);
            if (!keepsOperand) Forget(ref condition);
        }
    }

    /// <summary>Goes on to a label, and once around a loop only if the guest may; CIL's stack is empty.</summary>
    private void EmitGo(ref ControlLabel label)
    {
        if (label.Opcode == Opcode.Loop)
        {
            EmitBackEdge(ref label);
            return;
        }
        EmitSettlement(ref label);
        _il.Emit(label.TryDepth == _tryDepth ? OpCodes.Br : OpCodes.Leave, label.Target);
    }

    /// <summary>Whether something is looked at each time around a loop.</summary>
    private bool ChecksLoops => _options.ConsumeFuel || _options.Interruptible;

    // The branch back is that of the last check itself where it can be: one branch less, and RyuJIT sees that it is the likely one.
    private void EmitBackEdge(ref ControlLabel label)
    {
        bool isNear = label.TryDepth == _tryDepth;
        EmitPayment(_owed);
        if (_fuel is not null) EmitLoopCheck(ref label, isNear && !_options.Interruptible ? label.Target : null);
        if (_options.Interruptible) EmitPoll(isNear ? label.Target : null);
        if (isNear && ChecksLoops) return;
        _il.Emit(isNear ? OpCodes.Br : OpCodes.Leave, label.Target);
    }

    // The condition is alone on CIL's stack.
    private void EmitPlainBranch(uint depth, OpCode when, OpCode unless)
    {
        ref ControlLabel label = ref LabelAt(depth);
        MarkTarget(ref label);
        if (TrySettleAhead(depth)) _il.Emit(when, label.Target);
        else if (LeavesLoop(depth) && _tryDepth == 0) _il.Emit(when, SettlementOutOfLine(ref label));
        else
        {
            Label skip = _il.DefineLabel();
            _il.Emit(unless, skip);
            EmitGo(ref label);
            _il.MarkLabel(skip);
        }
    }

    /// <summary>Loads what a branch carries, and leaves the operands as they are; none is on CIL's stack.</summary>
    private void EmitCarried(uint depth)
    {
        int carried = LabelAt(depth).BranchKinds.Length;
        LabelAt(depth).CarriedOrigin |= OriginOfTop(carried);
        for (int i = _count - carried; i < _count; i++) EmitLoad(in _operands[i]);
    }

    private void LowerBranchTable(ref InstructionReader reader)
    {
        LocalBuilder index = TakeIntoVariables(1)[0];
        Unstack();
        if (TryLowerFarTable(ref reader, index)) return;
        SettleAheadOfTable(ref reader);
        var detours = new Dictionary<uint, Label>();
        var targets = new Label[reader.VectorCount];
        int entry = 0;
        foreach (uint depth in reader.Labels) targets[entry++] = TableTarget(depth, detours);
        Label otherwise = TableTarget(reader.Index, detours);

        _il.Emit(OpCodes.Ldloc, index);
        Free(index, ValueKind.I32);
        _il.Emit(OpCodes.Switch, targets);
        _il.Emit(OpCodes.Br, otherwise);

        // Branches that have to move operands, or return, do so in a piece of code of their own behind the table.
        foreach ((uint depth, Label detour) in detours)
        {
            _il.MarkLabel(detour);
            EmitCarried(depth);
            EmitBranchFromStack(depth, below: 0);
        }
        EndReachable();
    }

    private Label TableTarget(uint depth, Dictionary<uint, Label> detours)
    {
        ref ControlLabel label = ref LabelAt(depth);
        if (!IsFunctionLabel(depth) && label.TryDepth == _tryDepth && label.BranchKinds.Length == 0 && IsSettled(ref label))
        {
            MarkTarget(ref label);
            return label.Target;
        }
        if (!detours.TryGetValue(depth, out Label detour)) detours.Add(depth, detour = _il.DefineLabel());
        return detour;
    }
}
