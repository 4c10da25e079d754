using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <content>Statements: nothing is left on the operand stack.</content>
internal sealed partial class BodyGenerator
{
    private void Statements(int count)
    {
        for (; count > 0 && _budget > 0; count--) Statement();
    }

    private void Statement()
    {
        if (_depth > DeepestExpression) return;
        _depth++;
        switch (_dice.Weighted(10, 4, 12, 3, 7, 3, 2, 4, 4, 1, 1, _world.IsEdgy ? 3 : 1))
        {
            case 0: SetLocal(); break;
            case 1: SetGlobal(); break;
            case 2: Effect(); break;
            case 3:
                Expression(_world.AnyType());
                Op(Opcode.Drop);
                break;
            case 4:
                ValType[] results = _world.AnyTypes(2);
                Block(results);
                Consume(results);
                break;
            case 5: BranchIf(); break;
            case 6: CallStatement(); break;
            case 7: ChangeTable(); break;
            case 8: ChangeAggregate(); break;
            case 9: CopyMemory(); break;
            case 11: NarrowStatement(); break;
            default:
                if (!_dice.Once(3)) break;
                Expression(ValType.I32);
                Open(Opcode.If, [], []);
                Leave();
                Close();
                break;
        }
        _depth--;
    }

    private void SetLocal()
    {
        uint local = (uint)_dice.Below(_variableCount);
        Expression(_locals[(int)local]);
        Op(Opcode.LocalSet, local);
    }

    private void SetGlobal()
    {
        if (AnyGlobal(global => global.IsMutable) is not { } target) return;
        Expression(_world.Globals[(int)target].Value);
        Op(Opcode.GlobalSet, target);
    }

    private void Effect()
    {
        Opcode[] choices = Productions.Effects((Category)_dice.Weighted(_world.Weights));
        if (choices.Length > 0) TryPlain(_dice.OneOf(choices));
    }

    private int? AnyTable(Func<ValType, bool> fits)
    {
        int start = _dice.Below(_world.Tables.Count);
        for (int i = 0; i < _world.Tables.Count; i++)
        {
            int table = (start + i) % _world.Tables.Count;
            if (fits(_world.Tables[table].Element)) return table;
        }
        return null;
    }

    private ValType TypeOfIndex(int table) => _world.Tables[table].Address == AddressType.I64 ? ValType.I64 : ValType.I32;

    private void TableIndex(int table)
    {
        if (_dice.Once(15)) Expression(TypeOfIndex(table));
        else Constant(TypeOfIndex(table), (ulong)_dice.Below(_dice.Once(10) ? 20 : 5));
    }

    private void ChangeTable()
    {
        if (AnyTable(_ => true) is not { } table) return;
        ValType element = _world.Tables[table].Element;
        int segment = _world.Segments.FindIndex(type => _types.Matches(type, element));
        switch (_dice.Weighted(5, 2, segment >= 0 ? 2 : 0, 2, 2))
        {
            case 0:
                TableIndex(table);
                Expression(element);
                Op(Opcode.TableSet, (uint)table);
                break;
            case 1:
                TableIndex(table);
                Expression(element);
                TableIndex(table);
                Op(Opcode.TableFill, (uint)table);
                break;
            case 2:
                TableIndex(table);
                Index();
                Index();
                Op(Opcode.TableInit, (uint)segment, (uint)table);
                break;
            case 3 when AnyTable(other => _types.Matches(other, element)) is { } source:
                bool isWide = TypeOfIndex(table) == ValType.I64 && TypeOfIndex(source) == ValType.I64;
                TableIndex(table);
                TableIndex(source);
                Constant(isWide ? ValType.I64 : ValType.I32, (ulong)_dice.Below(4));
                Op(Opcode.TableCopy, (uint)table, (uint)source);
                break;
            default:
                Expression(element);
                Constant(TypeOfIndex(table), _dice.OneOf<ulong>(0, 1, 3, 0xFFFF_FFFF));
                Op(Opcode.TableGrow, (uint)table);
                Consume([TypeOfIndex(table)]);
                break;
        }
    }
}
