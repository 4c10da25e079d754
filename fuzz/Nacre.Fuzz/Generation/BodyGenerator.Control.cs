using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <content>Blocks and branches.</content>
internal sealed partial class BodyGenerator
{
    private const int DeepestNesting = 24;

    /// <summary>A block with results, of which the first is left.</summary>
    private void Structured(ValType type)
    {
        ValType[] results = _dice.Percent(20) ? [type, .. SomeTypes()] : [type];
        Block(results);
        Consume(results.AsSpan(1));
    }

    private void Block(ValType[] results)
    {
        ValType[] parameters = _dice.Percent(25) ? SomeTypes() : [];
        if (_labels.Count > DeepestNesting)
        {
            Expressions(results);
            return;
        }
        int throwing = _world.Throws ? 3 : 0;
        switch (_dice.Weighted(3, 4, 3, 2, throwing, throwing, throwing))
        {
            case 0: PlainBlock(parameters, results); break;
            case 1: If(parameters, results); break;
            case 2: Loop(parameters, results); break;
            case 3: Switch(results); break;
            case 4: TryTable(results); break;
            case 5: Try(parameters, results); break;
            default: TryDelegate(results); break;
        }
    }

    private ValType[] SomeTypes() => _world.WideTypes.Length > 0 && _budget > 0 && _dice.Once(4) ? _world.WideTypes : _world.AnyTypes(3);

    private void PlainBlock(ValType[] parameters, ValType[] results)
    {
        Expressions(parameters);
        Open(Opcode.Block, parameters, results);
        Body(parameters, results);
        Close();
    }

    private void Body(ValType[] parameters, ValType[] results)
    {
        Consume(parameters);
        Statements(_dice.Below(3));
        Expressions(results);
    }

    private void If(ValType[] parameters, ValType[] results)
    {
        Expressions(parameters);
        Expression(ValType.I32);
        Open(Opcode.If, parameters, results);
        Body(parameters, results);
        if (results.Length > 0 || parameters.Length > 0 || _dice.Once(2))
        {
            Op(Opcode.Else);
            Body(parameters, results);
        }
        Close();
    }

    private void Loop(ValType[] parameters, ValType[] results)
    {
        uint counter = Hidden(ValType.I32);
        Constant(ValType.I32, (ulong)_dice.Between(1, _dice.Once(8) ? 100 : 5));
        Op(Opcode.LocalSet, counter);
        Expressions(parameters);
        Open(Opcode.Loop, parameters, results);
        if (_world.IsBounded) CountDown();
        Consume(parameters);
        Statements(_dice.Between(1, 3));
        Expressions(parameters);
        Op(Opcode.LocalGet, counter);
        Constant(ValType.I32, 1);
        Op(Opcode.I32Sub);
        Op(Opcode.LocalTee, counter);
        Constant(ValType.I32, 0);
        Op(Opcode.I32GtS);
        Op(Opcode.BrIf, 0);
        Consume(parameters);
        Expressions(results);
        Close();
    }

    // Blocks around a br_table, each of which goes on where the one before it ends.
    private void Switch(ValType[] results)
    {
        ValType[] carried = _dice.Percent(40) ? _world.AnyTypes(2) : [];
        int arms = _dice.Once(12) ? _dice.Between(9, 14) : _dice.Between(1, 5), first = _labels.Count + 1;
        Open(Opcode.Block, [], results);
        for (int i = 0; i < arms; i++) Open(Opcode.Block, [], carried);
        Expressions(carried);
        Expression(ValType.I32);
        int count = _dice.Once(10) ? _dice.Between(50, 300) : _dice.Below(arms + 3);
        var targets = new uint[count];
        for (int i = 0; i < count; i++) targets[i] = (uint)_dice.Below(arms);
        _budget--;
        Writer.Write(Opcode.BrTable, new Immediates { Labels = targets, Index = (uint)_dice.Below(arms) });
        for (int i = 0; i < arms; i++)
        {
            Close();
            Consume(carried);
            Statements(_dice.Below(2));
            if (_dice.Once(2))
            {
                Expressions(results);
                Op(Opcode.Br, (uint)(_labels.Count - first));
            }
            if (i + 1 < arms) Expressions(carried);
        }
        Expressions(results);
        Close();
    }

    /// <summary>The depth of a label that <paramref name="fits"/>; null when there is none.</summary>
    private uint? AnyLabel(Func<Label, bool> fits)
    {
        int start = _dice.Below(_labels.Count);
        for (int i = 0; i < _labels.Count; i++)
        {
            int depth = (start + i) % _labels.Count;
            Label label = LabelAt(depth);
            if ((!label.IsLoop || _dice.Once(8)) && fits(label)) return (uint)depth;
        }
        return null;
    }

    private Label LabelAt(int depth) => _labels[_labels.Count - 1 - depth];

    // An expression whose value may go to a label instead, or that never ends.
    private void BranchWithValue(ValType type)
    {
        if (_dice.Once(8)) Leave();
        else if (AnyLabel(label => label.Types is [var one] && _types.Matches(one, type)) is { } depth)
        {
            Expression(LabelAt((int)depth).Types[0]);
            Expression(ValType.I32);
            Op(Opcode.BrIf, depth);
            return;
        }
        Leaf(type);
    }

    private void BranchIf()
    {
        if (AnyLabel(_ => true) is not { } depth) return;
        ValType[] types = LabelAt((int)depth).Types;
        Expressions(types);
        Expression(ValType.I32);
        Op(Opcode.BrIf, depth);
        Consume(types);
    }

    /// <summary>What follows is never reached.</summary>
    private void Leave()
    {
        int throwing = _world.Throws ? 3 : 0;
        switch (_dice.Weighted(6, 3, 1, throwing, throwing, _world.Throws ? 1 : 0, 2, 2))
        {
            case 0 when AnyLabel(_ => true) is { } depth:
                Expressions(LabelAt((int)depth).Types);
                Op(Opcode.Br, depth);
                break;
            case 2: Op(Opcode.Unreachable); break;
            case 3: Throw(); break;
            case 4 when AnyLabel(label => label.IsCatch) is { } caught: Op(Opcode.Rethrow, caught); break;
            case 5:
                Expression(ValType.Exnref);
                Op(Opcode.ThrowRef);
                break;
            case 6: TailCall(); break;
            case 7 when AnyLabel(_ => true) is { } target: JumpThroughTable(target); break;
            default:
                Expressions(_self.Type.Results);
                Op(Opcode.Return);
                break;
        }
    }

    // A table of all labels that expect the same as one of them.
    private void JumpThroughTable(uint target)
    {
        ValType[] types = LabelAt((int)target).Types;
        uint[] targets = [.. Enumerable.Range(0, _labels.Count).Where(depth => !LabelAt(depth).IsLoop && LabelAt(depth).Types.SequenceEqual(types)).Select(depth => (uint)depth)];
        Expressions(types);
        Expression(ValType.I32);
        _budget--;
        Writer.Write(Opcode.BrTable, new Immediates { Labels = targets, Index = target });
    }
}
