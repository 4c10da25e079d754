using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <content>The operand stack at translation time, and the writing of words.</content>
internal sealed partial class Translator
{
    // Operands that are not in their slots are looked for when a local is written. Only the topmost few may be elsewhere,
    // so that looking takes constant time however deep a hostile function's stack is.
    private const int MaxDisplacedOperands = 32;

    private Operand[] _operands = new Operand[32];
    private int _operandCount;
    private int _firstDisplaced;         // all operands below are in their slots
    private SlotCounts _height;
    private SlotCounts _highest;

    // The last word, while it can still be told to write elsewhere: it writes one value to slot A of the stack of this kind.
    private int _lastValue = -1;
    private SlotKind _lastValueKind;

    private int Emit(in Instr word)
    {
        _lastValue = -1;
        return _code.Add(word);
    }

    /// <summary>Appends the second word of an instruction.</summary>
    private void EmitMore(in Instr word) => _code.Add(word);

    /// <summary>Emits a word that writes one value, pushes the value, and lets it be redirected.</summary>
    private void EmitValue(Instr word, SlotKind kind)
    {
        word.A = PushStack(kind);
        _lastValue = _code.Add(word);
        _lastValueKind = kind;
    }

    private uint PushStack(SlotKind kind) => Push(kind, OperandHome.Stack, 0);

    private uint Push(SlotKind kind, OperandHome home, ulong bits)
    {
        uint slot = _height.Next(kind);
        if (_operandCount == _operands.Length) Array.Resize(ref _operands, _operandCount * 2);
        if (home == OperandHome.Stack && _firstDisplaced == _operandCount) _firstDisplaced++;
        _operands[_operandCount++] = new Operand(kind, home, slot, bits);
        _height = _height.Plus(kind);
        _highest = _highest.Max(_height);
        if (_operandCount - _firstDisplaced > MaxDisplacedOperands) Settle(_firstDisplaced++);
        return slot;
    }

    private void Push(ReadOnlySpan<ValType> types)
    {
        foreach (ValType type in types) PushStack(SlotKinds.Of(type));
    }

    private Operand Pop()
    {
        Operand operand = _operands[--_operandCount];
        if (_firstDisplaced > _operandCount) _firstDisplaced = _operandCount;
        _height = operand.Kind == SlotKind.Reference ? _height with { References = operand.Slot } : _height with { Slots = operand.Slot };
        return operand;
    }

    private void Pop(int count)
    {
        for (int i = 0; i < count; i++) Pop();
    }

    /// <summary>Pops an operand and returns a slot where its value is when the next word runs.</summary>
    private uint PopSlot() => SlotOf(Pop());

    private uint SlotOf(Operand operand)
    {
        if (operand.Home != OperandHome.Constant) return operand.ReadableSlot;
        EmitMove(operand, operand.Slot);
        return operand.Slot;
    }

    /// <summary>Puts the operands from <paramref name="first"/> on into the slots of their places.</summary>
    private void SettleFrom(int first)
    {
        for (int i = Math.Max(first, _firstDisplaced); i < _operandCount; i++) Settle(i);
        if (first <= _firstDisplaced) _firstDisplaced = _operandCount;
    }

    private void SettleAll() => SettleFrom(0);

    private void Settle(int index)
    {
        Operand operand = _operands[index];
        if (operand.Home == OperandHome.Stack) return;
        EmitMove(operand, operand.Slot);
        _operands[index] = operand with { Home = OperandHome.Stack, Bits = 0 };
    }

    /// <summary>Emits a word that brings the operand's value to slot <paramref name="target"/> of its stack.</summary>
    private void EmitMove(Operand operand, uint target)
    {
        if (operand.Home == OperandHome.Constant) EmitConstant(operand, target);
        else if (operand.ReadableSlot != target) Emit(new Instr { Op = CopyOf(operand.Kind), A = target, B = operand.ReadableSlot });
    }

    private void EmitConstant(Operand constant, uint target) => Emit(constant.Kind == SlotKind.Reference
        ? new Instr { Op = Op.RefNull, A = target }
        : new Instr { Op = Op.Const, A = target, Long = (long)constant.Bits });

    private static Op CopyOf(SlotKind kind) => kind switch
    {
        SlotKind.Number => Op.Copy,
        SlotKind.Vector => Op.CopyVector,
        _ => Op.CopyRef,
    };

    /// <summary>Brings a popped operand to slot <paramref name="target"/>, if possible by having it computed there in the first place.</summary>
    private void MoveOrRedirect(Operand operand, uint target)
    {
        if (operand.Home == OperandHome.Stack && IsLastValue(operand) && operand.Slot != target)
        {
            _code[_lastValue].A = target;
            _lastValue = -1;
        }
        else EmitMove(operand, target);
    }

    private bool IsLastValue(Operand operand)
        => _lastValue >= 0 && _lastValueKind == operand.Kind && _code[_lastValue].A == operand.Slot;

    private void TranslateLocalGet(uint local) => Push(_localKinds[local], OperandHome.Local, LocalSlot(local));

    private void TranslateLocalSet(uint local)
    {
        Operand value = Pop();
        SettleUsesOf(local);
        MoveOrRedirect(value, LocalSlot(local));
    }

    private void TranslateLocalTee(uint local)
    {
        Operand value = _operands[_operandCount - 1];
        TranslateLocalSet(local);
        if (value.Home == OperandHome.Constant) Push(value.Kind, value.Home, value.Bits);
        else TranslateLocalGet(local);
    }

    /// <summary>Saves the operands that still rely on the old value of a local that is about to change.</summary>
    private void SettleUsesOf(uint local)
    {
        SlotKind kind = _localKinds[local];
        uint slot = LocalSlot(local);
        for (int i = _firstDisplaced; i < _operandCount; i++)
        {
            Operand operand = _operands[i];
            // Both kinds that lie in slots share them, so only the stack has to be the same.
            bool sameStack = (operand.Kind == SlotKind.Reference) == (kind == SlotKind.Reference);
            if (operand.Home == OperandHome.Local && sameStack && (uint)operand.Bits == slot) Settle(i);
        }
    }
}
