using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <content>Control instructions. Spec: Execution, Instructions, Control Instructions.</content>
internal sealed partial class Translator
{
    private Label[] _labels = new Label[16];
    private int _labelCount;
    private GrowingArray<uint> _detours;        // the labels that a br_table cannot jump to directly

    // Behind a branch that is always taken nothing is translated until its block ends; blocks opened there are only counted.
    private bool _isUnreachable;
    private int _unreachableDepth;

    private ref Label LabelAt(uint depth) => ref _labels[_labelCount - 1 - (int)depth];

    private bool IsFunctionLabel(uint depth) => depth == _labelCount - 1;

    private void OpenLabel(Opcode opcode, ValType[] parameters, ValType[] results)
    {
        if (_labelCount == _labels.Length) Array.Resize(ref _labels, _labelCount * 2);
        Pop(parameters.Length);
        _labels[_labelCount++] = new Label
        {
            Opcode = opcode,
            Parameters = parameters,
            Results = results,
            OperandCount = _operandCount,
            Height = _height,
            LoopPosition = _code.Count,
            LastBranch = Label.NoBranch,
            ElseBranch = Label.NoBranch,
            LastDetour = Label.NoBranch,
        };
        Push(parameters);
    }

    private (ValType[] Parameters, ValType[] Results) TypesOf(BlockType block)
    {
        if (block.IsEmpty) return (Empty<ValType>.Array, Empty<ValType>.Array);
        if (block.IsValue) return (Empty<ValType>.Array, [block.Result]);
        FuncType type = module.Types[(int)block.Type.Value].Func!;
        return (Empty<ValType>.Copy(type.Parameters), Empty<ValType>.Copy(type.Results));
    }

    private void TranslateBlock(BlockType block)
    {
        (ValType[] parameters, ValType[] results) = TypesOf(block);
        SettleAll();
        OpenLabel(Opcode.Block, parameters, results);
    }

    private void TranslateLoop(BlockType block)
    {
        (ValType[] parameters, ValType[] results) = TypesOf(block);
        SettleAll();
        _lastValue = -1;
        OpenLabel(Opcode.Loop, parameters, results);
        BeginCounting();
        CheckFuel();
        if (options.Interruptible) Emit(new Instr { Op = Op.Poll });
    }

    private void TranslateIf(BlockType block)
    {
        (ValType[] parameters, ValType[] results) = TypesOf(block);
        Condition condition = TakeCondition();
        SettleAll();
        int branch = EmitJump(condition, when: false);
        OpenLabel(Opcode.If, parameters, results);
        LabelAt(0).ElseBranch = branch;
        BeginStretch();
    }

    private void TranslateElse()
    {
        if (!_isUnreachable) EmitBranch(0);
        ref Label label = ref LabelAt(0);
        label.Opcode = Opcode.Else;
        Bind(label.ElseBranch);
        label.ElseBranch = Label.NoBranch;
        ResetTo(label);
        Push(label.Parameters);
        _isUnreachable = false;
        BeginStretch();
    }

    private void TranslateEnd()
    {
        Label label = LabelAt(0);
        if (_labelCount == 1)
        {
            if (!_isUnreachable) EmitReturn();
            _labelCount = 0;
            return;
        }
        if (label.Opcode == Opcode.Loop) CountLoop(label.LoopPosition);
        if (label.Opcode == Opcode.TryTable) EndTryTable(label);
        else EndTry(label);
        bool isMet = label.LastBranch != Label.NoBranch || label.ElseBranch != Label.NoBranch;
        if (!_isUnreachable) EmitMovesTo(label.Height, label.Results.Length);
        else if (!isMet)
        {
            // Nothing reaches the end: what follows is unreachable as well.
            _labelCount--;
            ResetTo(label);
            return;
        }
        _labelCount--;
        if (label.ElseBranch != Label.NoBranch) Bind(label.ElseBranch);
        BindAll(label.LastBranch);
        ResetTo(label);
        Push(label.Results);
        _isUnreachable = false;
        if (isMet) BeginStretch();
    }

    private void ResetTo(in Label label)
    {
        Pop(_operandCount - label.OperandCount);
        _height = label.Height;
    }

    private void EndReachable() => _isUnreachable = true;

    private void PassOver(ref InstructionReader reader)
    {
        switch (reader.Opcode)
        {
            case Opcode.Block or Opcode.Loop or Opcode.If or Opcode.TryTable or Opcode.Try:
                _unreachableDepth++;
                break;
            case Opcode.Else when _unreachableDepth == 0:
                TranslateElse();
                break;
            case Opcode.End when _unreachableDepth == 0:
                TranslateEnd();
                break;
            case Opcode.Catch when _unreachableDepth == 0:
                TranslateCatch(new TagIndex(reader.Index));
                break;
            case Opcode.CatchAll when _unreachableDepth == 0:
                TranslateCatch(null);
                break;
            case Opcode.Delegate when _unreachableDepth == 0:
                TranslateDelegate(reader.Index);
                break;
            case Opcode.End or Opcode.Delegate:
                _unreachableDepth--;
                break;
        }
    }

    private void TranslateBranch(uint depth)
    {
        EmitBranch(depth);
        EndReachable();
    }

    private void TranslateBranchIf(uint depth) => EmitConditionalBranch(depth, TakeCondition());

    private void TranslateBranchOnNull(uint depth)
    {
        // The reference stays when the branch is not taken, and is not carried when it is.
        Operand reference = Pop();
        EmitConditionalBranch(depth, new Condition(Op.BrOnNull, Op.BrOnNonNull, SlotOf(reference)));
        Push(reference.Kind, reference.Home, reference.Bits);
    }

    private void TranslateBranchOnNonNull(uint depth)
    {
        // The reference is carried with the branch, and gone when it is not taken.
        SettleFrom(_operandCount - 1);
        uint reference = _operands[_operandCount - 1].Slot;
        EmitConditionalBranch(depth, new Condition(Op.BrOnNonNull, Op.BrOnNull, reference));
        Pop();
    }

    private void EmitConditionalBranch(uint depth, Condition condition)
    {
        SettleFrom(_operandCount - LabelAt(depth).BranchTypes.Length);
        if (!IsFunctionLabel(depth) && IsInPlace(LabelAt(depth))) Target(EmitJump(condition, when: true), ref LabelAt(depth));
        else
        {
            int skip = EmitJump(condition, when: false);
            EmitBranch(depth);
            Bind(skip);
        }
        BeginStretch();
    }

    /// <summary>Emits an unconditional branch: operands to their places, then a jump.</summary>
    private void EmitBranch(uint depth)
    {
        if (IsFunctionLabel(depth))
        {
            EmitReturn();
            return;
        }
        ref Label label = ref LabelAt(depth);
        EmitMovesTo(label.Height, label.BranchTypes.Length);
        Target(Emit(new Instr { Op = Op.Jump }), ref label);
    }

    /// <summary>Whether the operands that a branch carries already have the places where the label wants them.</summary>
    private bool IsInPlace(in Label label)
    {
        int first = _operandCount - label.BranchTypes.Length;
        SlotCounts height = label.Height;
        for (int i = first; i < _operandCount; i++)
        {
            if (_operands[i].Slot != height.Next(_operands[i].Kind)) return false;
            height = height.Plus(_operands[i].Kind);
        }
        return true;
    }

    /// <summary>Moves the topmost operands to the places from <paramref name="height"/> on, in order.</summary>
    /// <remarks>A target lies at or below its source's place and all later sources, so nothing is overwritten before it is read.</remarks>
    private void EmitMovesTo(SlotCounts height, int count)
    {
        for (int i = _operandCount - count; i < _operandCount; i++)
        {
            Operand operand = _operands[i];
            uint target = height.Next(operand.Kind);
            if (i == _operandCount - 1) MoveOrRedirect(operand, target);
            else EmitMove(operand, target);
            height = height.Plus(operand.Kind);
        }
    }

    private void EmitReturn()
    {
        int count = _labels[0].Results.Length;
        // Results go where parameters and locals are, so with several of them none may still be read from a local.
        if (count > 1) SettleFrom(_operandCount - count);
        EmitMovesTo(default, count);
        CheckFuel();
        Emit(new Instr { Op = Op.Return, A = _recordSlot });
    }

    private void TranslateReturn()
    {
        EmitReturn();
        EndReachable();
    }

    private void TranslateBranchTable(ref InstructionReader reader)
    {
        uint index = PopSlot();
        SettleAll();
        int table = Emit(new Instr { Op = Op.BrTable, B = index, C = (uint)reader.VectorCount });
        _detours.Clear();
        foreach (uint depth in reader.Labels) AddTableEntry(depth);
        AddTableEntry(reader.Index);

        // Branches that have to move operands, or return, do so in a piece of code of their own behind the table.
        foreach (uint depth in _detours.Items)
        {
            BindAll(LabelAt(depth).LastDetour);
            LabelAt(depth).LastDetour = Label.NoBranch;
            EmitBranch(depth);
        }
        EndReachable();
    }

    private void AddTableEntry(uint depth)
    {
        ref Label label = ref LabelAt(depth);
        if (!IsFunctionLabel(depth) && IsInPlace(label))
        {
            Target(Emit(default), ref label);
            return;
        }
        if (label.LastDetour == Label.NoBranch) _detours.Add(depth);
        label.LastDetour = Emit(new Instr { A = (uint)label.LastDetour });
    }

    /// <summary>Lets the word at <paramref name="position"/> jump to a label, now (a loop) or when its block ends.</summary>
    private void Target(int position, ref Label label)
    {
        if (label.Opcode == Opcode.Loop)
        {
            _code[position].A = (uint)(label.LoopPosition - position);
            return;
        }
        _code[position].A = (uint)label.LastBranch;
        label.LastBranch = position;
    }

    /// <summary>Lets a list of waiting branches jump to here.</summary>
    private void BindAll(int lastBranch)
    {
        while (lastBranch != Label.NoBranch)
        {
            int before = (int)_code[lastBranch].A;
            Bind(lastBranch);
            lastBranch = before;
        }
    }

    private void Bind(int position)
    {
        _code[position].A = (uint)(_code.Count - position);
        _lastValue = -1;
    }
}
