using System.Reflection.Emit;
using Nacre.Binary;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Compiler;

/// <content>Blocks and their labels. Spec: Execution, Instructions, Control Instructions.</content>
internal sealed partial class FunctionLowering
{
    private struct ControlLabel
    {
        public Opcode Opcode;
        public ValueKind[] Parameters;
        public ValueKind[] Results;
        /// <summary>Where operands of the block begin, its parameters included.</summary>
        public int Base;
        /// <summary>Where operands of the block around begin.</summary>
        public int OuterBase;
        /// <summary>Where a branch goes: the start of a loop, the end of others.</summary>
        public Label Target;
        /// <summary>What a branch carries.</summary>
        public LocalBuilder[] Carried;
        /// <summary>Where that comes from.</summary>
        public Origin CarriedOrigin;
        /// <summary>Where parameters are, for both arms of an <c>if</c>.</summary>
        public LocalBuilder[] ParameterVariables;
        public Origin ParameterOrigin;
        public Label Else;
        public bool IsTarget;
        public int TryDepth;
        /// <summary>Where the label of the innermost loop is, this block's or one around; -1 when there is none.</summary>
        public int Loop;
        /// <summary>Units that are owed where branches meet, which the first one to come decides; and where the second arm of an <c>if</c> begins.</summary>
        public long? Owed;
        public long ElseOwed;
        /// <summary>Where a loop goes that has used so much that the store is to know.</summary>
        public Label? Report;
        public TryState? Try;
        /// <summary>What is known of locals where branches go, and where an <c>else</c> begins.</summary>
        public int[]? Values, ElseValues;
        /// <summary>What the survey knows of the block, if there is one.</summary>
        public OpenBlock? Block;

        public readonly ValueKind[] BranchKinds => Opcode == Opcode.Loop ? Parameters : Results;
    }

    private ControlLabel[] _labels = new ControlLabel[16];
    private int _labelCount;

    // How many CIL try blocks are around.
    private int _tryDepth;

    // Behind a branch that is always taken nothing is lowered until its block ends; blocks opened there are only counted.
    private bool _isUnreachable;
    private int _unreachableDepth;

    private ref ControlLabel LabelAt(uint depth) => ref _labels[_labelCount - 1 - (int)depth];

    private bool IsFunctionLabel(uint depth) => depth == _labelCount - 1;

    private bool TryLowerControl(ref InstructionReader reader)
    {
        switch (_opcode)
        {
            case Opcode.Nop: return true;
            case Opcode.Unreachable: LowerUnreachable(); return true;
            case Opcode.Block: LowerBlock(reader.Block); return true;
            case Opcode.Loop: LowerLoop(reader.Block); return true;
            case Opcode.If: LowerIf(reader.Block); return true;
            case Opcode.Else: LowerElse(); return true;
            case Opcode.End: LowerEnd(); return true;
            case Opcode.Br: LowerBranch(reader.Index); return true;
            case Opcode.BrIf: LowerBranchIf(reader.Index); return true;
            case Opcode.BrTable: LowerBranchTable(ref reader); return true;
            case Opcode.Return: LowerBranch((uint)_labelCount - 1); return true;
            default: return TryLowerCall(ref reader) || TryLowerExceptions(ref reader);
        }
    }

    // Each tells its place: RyuJIT makes one of all calls that end a function in the same way.
    private void LowerUnreachable()
    {
        StoreFuel();
        _il.Emit(OpCodes.Ldc_I4, _byteOffset);
        EmitThrow(nameof(Support.ThrowUnreachable));
        EndReachable();
    }

    private (ValueKind[] Parameters, ValueKind[] Results) KindsOf(BlockType block)
    {
        if (block.IsEmpty) return ([], []);
        if (block.IsValue) return ([], [ValueKinds.Of(block.Result)]);
        FuncType type = _module.Types[(int)block.Type.Value].Func!;
        return (ValueKinds.Of(type.Parameters), ValueKinds.Of(type.Results));
    }

    /// <summary>Opens a label whose parameters are the topmost operands; none of them is on CIL's stack.</summary>
    private void OpenLabel(Opcode opcode, ValueKind[] parameters, ValueKind[] results)
    {
        if (_labelCount == _labels.Length) Array.Resize(ref _labels, _labelCount * 2);
        int outerLoop = _labelCount > 0 ? LabelAt(0).Loop : -1;
        _labels[_labelCount++] = new ControlLabel
        {
            Opcode = opcode,
            Parameters = parameters,
            Results = results,
            Base = _count - parameters.Length,
            OuterBase = _base0,
            Target = _il.DefineLabel(),
            Carried = [],
            ParameterVariables = [],
            TryDepth = _tryDepth,
            Loop = opcode == Opcode.Loop ? _labelCount - 1 : outerLoop,
        };
        _base0 = _count - parameters.Length;
        _onStack = 0;
        if (opcode != Opcode.Block) _stretch++;
    }

    private LocalBuilder[] Rent(ValueKind[] kinds)
    {
        var variables = new LocalBuilder[kinds.Length];
        for (int i = 0; i < kinds.Length; i++) variables[i] = Rent(kinds[i]);
        return variables;
    }

    private LocalBuilder[] CarriedBy(ref ControlLabel label)
    {
        if (label.Carried.Length == 0 && label.BranchKinds.Length > 0) label.Carried = Rent(label.BranchKinds);
        return label.Carried;
    }

    private void LowerBlock(BlockType block)
    {
        (ValueKind[] parameters, ValueKind[] results) = KindsOf(block);
        Settle();
        OpenLabel(Opcode.Block, parameters, results);
    }

    private void LowerLoop(BlockType block)
    {
        (ValueKind[] parameters, ValueKind[] results) = KindsOf(block);
        Settle();
        LocalBuilder[] carried = MoveParameters(parameters);
        PayAndCheck();
        OpenLabel(Opcode.Loop, parameters, results);
        ref ControlLabel label = ref LabelAt(0);
        label.Carried = carried;
        _il.MarkLabel(label.Target);
        _values?.Forget();
        EmitActiveTry();
    }

    /// <summary>Gives the topmost operands variables that the block owns, so that it can come back to them.</summary>
    private LocalBuilder[] MoveParameters(ValueKind[] parameters)
    {
        if (parameters.Length == 0) return [];
        Origin origin = OriginOfTop(parameters.Length);
        LocalBuilder[] variables = TakeIntoVariables(parameters.Length);
        Unstack();
        for (int i = 0; i < parameters.Length; i++) PushVariable(parameters[i], variables[i], owns: false, origin);
        return variables;
    }

    private void LowerIf(BlockType block)
    {
        (ValueKind[] parameters, ValueKind[] results) = KindsOf(block);
        // A condition that is alone on CIL's stack stays there while copies of locals are made.
        if (_onStack > 1) Unstack();
        Operand condition = Top;
        if (condition.Home == Home.Stack) _onStack--;
        _count--;
        Settle();
        LocalBuilder[] variables = MoveParameters(parameters);
        EmitLoad(in condition);
        Forget(ref condition);
        OpenLabel(Opcode.If, parameters, results);
        ref ControlLabel label = ref LabelAt(0);
        label.ParameterVariables = variables;
        label.ParameterOrigin = OriginOfTop(parameters.Length);
        label.Else = _il.DefineLabel();
        label.ElseValues = _values?.Keep();
        label.ElseOwed = _owed;
        _il.Emit(OpCodes.Brfalse, label.Else);
    }

    private void LowerElse()
    {
        if (!_isUnreachable) EmitBranch(0);
        ref ControlLabel label = ref LabelAt(0);
        ResetTo(in label);
        for (int i = 0; i < label.Parameters.Length; i++) PushVariable(label.Parameters[i], label.ParameterVariables[i], owns: false, label.ParameterOrigin);
        label.Opcode = Opcode.Else;
        if (_values is not null) _values.Restore(label.ElseValues!);
        _stretch++;
        _il.MarkLabel(label.Else);
        _isUnreachable = false;
        _owed = label.ElseOwed;
    }

    private void LowerEnd()
    {
        if (_labelCount == 1)
        {
            if (!_isUnreachable) EmitBranch(0);
            _labelCount = 0;
            return;
        }
        ref ControlLabel label = ref LabelAt(0);
        bool isMet = label.Opcode == Opcode.If || (label.Opcode != Opcode.Loop && label.IsTarget);
        if (label.Opcode == Opcode.If) PassMissingElse(ref label);
        LocalBuilder[] results = label.Opcode == Opcode.Loop ? Rent(label.Results) : CarriedBy(ref label);
        if (!_isUnreachable) StoreInto(results);
        if (!_isUnreachable && isMet) EmitSettlement(ref label);
        long owed = isMet ? label.Owed ?? 0 : _owed;
        MeetAtEnd(ref label);
        ResetTo(in label);
        ControlLabel ended = label;
        _labelCount--;
        _base0 = ended.OuterBase;
        if (ended.Try is { } state) EndTry(state, ref ended);
        Free(ended.ParameterVariables, ended.Parameters);
        if (ended.Opcode == Opcode.Loop) Free(ended.Carried, ended.Parameters);
        else _il.MarkLabel(ended.Target);
        if (_isUnreachable && !isMet)
        {
            Free(results, ended.Results);
            return;
        }
        EmitActiveTry();
        for (int i = 0; i < results.Length; i++) PushVariable(ended.Results[i], results[i], owns: true, ended.CarriedOrigin);
        _isUnreachable = false;
        if (isMet) _stretch++;
        _owed = owed;
    }

    // Without an else the parameters are the results, and the arm that there is pays for itself.
    private void PassMissingElse(ref ControlLabel label)
    {
        label.Owed ??= label.ElseOwed;
        if (!_isUnreachable) EmitBranch(0);
        ResetTo(in label);
        for (int i = 0; i < label.Parameters.Length; i++) PushVariable(label.Parameters[i], label.ParameterVariables[i], owns: false, label.ParameterOrigin);
        _il.MarkLabel(label.Else);
        if (_values is not null) _values.Restore(label.ElseValues!);
        _isUnreachable = false;
        _owed = label.ElseOwed;
    }

    /// <summary>Pops the topmost operands into variables, those of the innermost block's results.</summary>
    private void StoreInto(LocalBuilder[] variables)
    {
        LabelAt(0).CarriedOrigin |= OriginOfTop(variables.Length);
        Take(variables.Length);
        for (int i = variables.Length - 1; i >= 0; i--) _il.Emit(OpCodes.Stloc, variables[i]);
    }

    // In unreachable code CIL's stack may hold whatever it did when the branch left.
    private void ResetTo(in ControlLabel label)
    {
        for (int i = label.Base; i < _count; i++) Forget(ref _operands[i]);
        _count = label.Base;
        _onStack = 0;
    }

    private void EndReachable() => _isUnreachable = true;

    private void PassOver(ref InstructionReader reader)
    {
        switch (_opcode)
        {
            case Opcode.Block or Opcode.Loop or Opcode.If or Opcode.TryTable or Opcode.Try:
                _unreachableDepth++;
                break;
            case Opcode.Else when _unreachableDepth == 0:
                LowerElse();
                break;
            case Opcode.End when _unreachableDepth == 0:
                LowerEnd();
                break;
            case Opcode.Catch when _unreachableDepth == 0:
                LowerCatch(reader.Index);
                break;
            case Opcode.CatchAll when _unreachableDepth == 0:
                LowerCatch(CatchTable.All);
                break;
            case Opcode.Delegate when _unreachableDepth == 0:
                LowerDelegate(reader.Index);
                break;
            case Opcode.End or Opcode.Delegate:
                _unreachableDepth--;
                break;
        }
    }
}
