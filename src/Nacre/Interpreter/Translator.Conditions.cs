namespace Nacre.Interpreter;

/// <summary>What a conditional jump looks at: the operations that jump when it holds and when it does not, and their operands.</summary>
internal readonly record struct Condition(Op WhenTrue, Op WhenFalse, uint B, uint C = 0)
{
    /// <summary>The second word of the jump, when it has one.</summary>
    public Instr? More { get; init; }
}

/// <content>Conditions: a comparison that only decides about a jump becomes part of the jump.</content>
internal sealed partial class Translator
{
    /// <summary>Pops the <c>i32</c> that decides. A comparison just emitted for it is taken back, to be done by the jump itself.</summary>
    private Condition TakeCondition()
    {
        Operand operand = Pop();
        if (operand.Home != OperandHome.Stack || !IsLastValue(operand) || _lastValue != _code.Count - 1)
            return new Condition(Op.BrIf, Op.BrUnless, SlotOf(operand));

        Instr comparison = _code[_lastValue];
        Op whenTrue = OpMap.BranchIf(comparison.Op);
        if (whenTrue == Op.Exit) return new Condition(Op.BrIf, Op.BrUnless, operand.Slot);

        // What the comparison reads is not written by the moves that may be emitted before the jump:
        // they only write slots of operands that were pushed earlier.
        _code.RemoveLast();
        _lastValue = -1;
        return comparison.Op == Op.I32Eqz
            ? new Condition(Op.BrUnless, Op.BrIf, comparison.B)
            : new Condition(whenTrue, OpMap.BranchUnless(comparison.Op), comparison.B, comparison.C);
    }

    private int EmitJump(Condition condition, bool when)
    {
        int position = Emit(new Instr { Op = when ? condition.WhenTrue : condition.WhenFalse, B = condition.B, C = condition.C });
        if (condition.More is { } more) EmitMore(more);
        return position;
    }

    /// <summary><c>i32.eqz</c> of a comparison of integers is the opposite comparison.</summary>
    /// <returns>Whether it was; else nothing has been done.</returns>
    private bool TryNegateComparison()
    {
        Operand operand = _operands[_operandCount - 1];
        if (operand.Home != OperandHome.Stack || !IsLastValue(operand)) return false;
        Op opposite = OpMap.Opposite(_code[_lastValue].Op);
        if (opposite == Op.Exit) return false;
        _code[_lastValue].Op = opposite;
        return true;
    }
}
