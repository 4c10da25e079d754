using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <content>Calls: direct, by reference and through tables.</content>
internal sealed partial class BodyGenerator
{
    private void ResultOfCall(ValType type)
    {
        if (AnyCallee(callee => callee.Results.Length > 0 && _types.Matches(callee.Results[0], type)) is not { } found)
        {
            Leaf(type);
            return;
        }
        Call(found, isTail: false);
        Consume(found.Type.Results[1..]);
    }

    private void CallStatement()
    {
        if (AnyCallee(_ => true) is not { } callee) return;
        Call(callee, isTail: false);
        Consume(callee.Type.Results);
    }

    private void TailCall()
    {
        ValType[] results = _self.Type.Results.ToArray();
        if (AnyCallee(callee => callee.Results.SequenceEqual(results)) is { } found) Call(found, isTail: true);
        else Op(Opcode.Unreachable);
    }

    // Mostly those that come later, so that few calls go round in circles.
    private Callee? AnyCallee(Func<FuncType, bool> fits)
    {
        int start = _dice.Below(_world.Functions.Count);
        for (int i = 0; i < _world.Functions.Count; i++)
        {
            Callee callee = _world.Functions[(start + i) % _world.Functions.Count];
            bool isFree = callee.Index > _self.Index || callee.Index < _world.ImportedFunctionCount || _dice.Once(8);
            if (isFree && fits(callee.Type)) return callee;
        }
        return null;
    }

    private void Call(Callee callee, bool isTail)
    {
        Expressions(callee.Type.Parameters);
        int position = _world.Elements.FindIndex(element => element.TypeIndex == callee.TypeIndex);
        switch (_dice.Weighted(5, 2, position >= 0 ? 3 : 0))
        {
            case 0: Op(isTail ? Opcode.ReturnCall : Opcode.Call, callee.Index); break;
            case 1:
                if (_dice.Once(3)) Expression(ValType.RefNull(TypeWorld.Heap(callee.TypeIndex)));
                else Op(Opcode.RefFunc, callee.Index);
                Op(isTail ? Opcode.ReturnCallRef : Opcode.CallRef, callee.TypeIndex);
                break;
            default:
                ValType index = _world.Tables[0].Address == AddressType.I64 ? ValType.I64 : ValType.I32;
                if (_dice.Once(12)) SmallNumber(index);
                else Constant(index, (ulong)position);
                Op(isTail ? Opcode.ReturnCallIndirect : Opcode.CallIndirect, callee.TypeIndex, 0);
                break;
        }
    }
}
