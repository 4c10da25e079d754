using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <content>Exceptions of both kinds.</content>
internal sealed partial class BodyGenerator
{
    private void Throw()
    {
        int tag = _dice.Below(_world.Tags.Count);
        Expressions(_world.Tags[tag]);
        Op(Opcode.Throw, (uint)tag);
    }

    // Statements, after which something may be thrown for certain.
    private void ThrowingBody(ValType[] results)
    {
        Statements(_dice.Below(3));
        if (_dice.Percent(25)) Throw();
        else if (_dice.Percent(40))
        {
            Expression(ValType.I32);
            Open(Opcode.If, [], []);
            Throw();
            Close();
        }
        Expressions(results);
    }

    private void TryTable(ValType[] results)
    {
        CatchKind kind = (CatchKind)_dice.Below(4);
        int tag = _dice.Below(_world.Tags.Count);
        ValType[] caught = CaughtBy(kind, tag);
        Open(Opcode.Block, [], results);
        Open(Opcode.Block, [], caught);
        CatchClause[] clauses = [.. ClausesToLabels(), new CatchClause(kind, new TagIndex((uint)tag), new LabelIndex(0)), .. ClausesToLabels()];
        OpenTryTable(results, clauses);
        ThrowingBody(results);
        Close();
        Op(Opcode.Br, 1);
        Close();
        if (caught is [.., var last] && last.IsReference && last.HeapType == new HeapType(AbstractHeapType.Exn) && _dice.Once(6)) Op(Opcode.ThrowRef);
        else Consume(caught);
        Statements(_dice.Below(2));
        Expressions(results);
        Close();
    }

    private void OpenTryTable(ValType[] results, CatchClause[] clauses)
    {
        _budget--;
        Writer.Write(Opcode.TryTable, new Immediates { Block = _types.Block([], results), Catches = clauses });
        _labels.Add(new Label(results));
    }

    private ValType[] CaughtBy(CatchKind kind, int tag) => kind switch
    {
        CatchKind.Catch => _world.Tags[tag],
        CatchKind.CatchRef => [.. _world.Tags[tag], _dice.Once(2) ? ValType.Exnref : ValType.Ref(AbstractHeapType.Exn)],
        CatchKind.CatchAll => [],
        _ => [_dice.Once(2) ? ValType.Exnref : ValType.Ref(AbstractHeapType.Exn)],
    };

    private IEnumerable<CatchClause> ClausesToLabels()
    {
        for (int count = _dice.Below(3); count > 0; count--)
        {
            int tag = _dice.Below(_world.Tags.Count);
            if (AnyLabel(label => label.Types.SequenceEqual(_world.Tags[tag])) is { } depth)
                yield return new CatchClause(CatchKind.Catch, new TagIndex((uint)tag), new LabelIndex(depth));
        }
    }

    private void Try(ValType[] parameters, ValType[] results)
    {
        Expressions(parameters);
        Open(Opcode.Try, parameters, results);
        Consume(parameters);
        ThrowingBody(results);
        for (int count = _dice.Below(3); count > 0; count--)
        {
            int tag = _dice.Below(_world.Tags.Count);
            Op(Opcode.Catch, (uint)tag);
            Caught(_world.Tags[tag], results);
        }
        if (_dice.Percent(60))
        {
            Op(Opcode.CatchAll);
            Caught([], results);
        }
        Close();
    }

    private void Caught(ValType[] values, ValType[] results)
    {
        _labels[^1] = _labels[^1] with { IsCatch = true };
        Consume(values);
        Statements(_dice.Below(2));
        if (_dice.Once(6)) Op(Opcode.Rethrow, 0);
        Expressions(results);
    }

    private void TryDelegate(ValType[] results)
    {
        Open(Opcode.Try, [], results);
        ThrowingBody(results);
        _labels.RemoveAt(_labels.Count - 1);
        Op(Opcode.Delegate, (uint)_dice.Below(_labels.Count));
    }

    /// <summary>A reference to an exception.</summary>
    private void NewException()
    {
        ValType type = ValType.Ref(AbstractHeapType.Exn);
        Open(Opcode.Block, [], [type]);
        OpenTryTable([], [new CatchClause(CatchKind.CatchAllRef, default, new LabelIndex(0))]);
        int tag = _budget > 0 ? _dice.Below(_world.Tags.Count) : 0;
        foreach (ValType value in _world.Tags[tag])
        {
            if (value.IsReference) Default(value);
            else Constant(value, Interesting.Bits(_dice, value));
        }
        Op(Opcode.Throw, (uint)tag);
        Close();
        Op(Opcode.Unreachable);
        Close();
    }
}
