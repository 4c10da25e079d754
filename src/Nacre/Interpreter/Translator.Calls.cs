using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <content>Calls. Arguments lie in consecutive slots at the top of the caller's frame, where the callee's frame begins.</content>
internal sealed partial class Translator
{
    private FuncType TypeAt(uint type) => module.Types[(int)type].Func!;

    private Instr CallWord(uint function) => function < module.ImportedFunctionCount
        ? new Instr { Op = Op.CallImport, B = function }
        : new Instr { Op = Op.Call, B = function - (uint)module.ImportedFunctionCount };

    private void TranslateCall(uint function)
    {
        FuncType type = module.Functions[function].Func!;
        TakeArguments(type);
        BeginCall();
        Emit(CallWord(function) with { A = _height.Slots });
        EndCall(type);
    }

    private void TranslateCallIndirect(uint type, uint table)
    {
        uint index = PopSlot();
        FuncType signature = TypeAt(type);
        TakeArguments(signature);
        BeginCall();
        Emit(new Instr { Op = Op.CallIndirect, X = TableAddress(table), A = _height.Slots, B = index, C = type });
        EmitMore(new Instr { A = table });
        EndCall(signature);
    }

    private void TranslateCallRef(uint type)
    {
        uint callee = PopSlot();
        FuncType signature = TypeAt(type);
        TakeArguments(signature);
        BeginCall();
        // RefEnter has moved the base that B counts from.
        Emit(new Instr { Op = Op.CallRef, A = _height.Slots, B = callee - _height.References });
        EndCall(signature);
    }

    private void TakeArguments(FuncType type)
    {
        SettleFrom(_operandCount - type.Parameters.Length);
        Pop(type.Parameters.Length);
    }

    private void BeginCall()
    {
        if (_height.References > 0) Emit(new Instr { Op = Op.RefEnter, A = _height.References });
    }

    private void EndCall(FuncType type)
    {
        if (_height.References > 0) Emit(new Instr { Op = Op.RefLeave, A = _height.References });
        Push(type.Results);
        _lastValue = -1;
    }

    private void TranslateTailCall(uint function)
    {
        TakeArguments(module.Functions[function].Func!);
        EmitTailCall(new Instr { Op = Op.TailCall, B = function }, table: 0);
    }

    private void TranslateTailCallIndirect(uint type, uint table)
    {
        uint index = PopSlot();
        TakeArguments(TypeAt(type));
        EmitTailCall(new Instr { Op = Op.TailCallIndirect, X = TableAddress(table), B = index, C = type }, table);
    }

    private void TranslateTailCallRef(uint type)
    {
        uint callee = PopSlot();
        TakeArguments(TypeAt(type));
        EmitTailCall(new Instr { Op = Op.TailCallRef, B = callee }, table: 0);
    }

    private void EmitTailCall(Instr word, uint table)
    {
        Emit(word with { A = _height.Slots });
        EmitMore(new Instr { A = table, B = _recordSlot, C = _height.References });
        EndReachable();
    }
}
