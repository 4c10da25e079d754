using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <content>Instructions that have rules of their own.</content>
internal sealed partial class Translator
{
    private void TranslateSpecial(ref InstructionReader reader)
    {
        switch (reader.Opcode)
        {
            case Opcode.Nop: break;
            case Opcode.Unreachable: Emit(new Instr { Op = Op.Unreachable }); EndReachable(); break;
            case Opcode.Block: TranslateBlock(reader.Block); break;
            case Opcode.Loop: TranslateLoop(reader.Block); break;
            case Opcode.If: TranslateIf(reader.Block); break;
            case Opcode.Else: TranslateElse(); break;
            case Opcode.End: TranslateEnd(); break;
            case Opcode.Br: TranslateBranch(reader.Index); break;
            case Opcode.BrIf: TranslateBranchIf(reader.Index); break;
            case Opcode.BrTable: TranslateBranchTable(ref reader); break;
            case Opcode.BrOnNull: TranslateBranchOnNull(reader.Index); break;
            case Opcode.BrOnNonNull: TranslateBranchOnNonNull(reader.Index); break;
            case Opcode.Return: TranslateReturn(); break;

            case Opcode.Call: TranslateCall(reader.Index); break;
            case Opcode.CallIndirect: TranslateCallIndirect(reader.Index, reader.Index2); break;
            case Opcode.CallRef: TranslateCallRef(reader.Index); break;
            case Opcode.ReturnCall: TranslateTailCall(reader.Index); break;
            case Opcode.ReturnCallIndirect: TranslateTailCallIndirect(reader.Index, reader.Index2); break;
            case Opcode.ReturnCallRef: TranslateTailCallRef(reader.Index); break;

            case Opcode.Throw: TranslateThrow(reader.Index); break;
            case Opcode.ThrowRef: TranslateThrowRef(); break;
            case Opcode.TryTable: TranslateTryTable(ref reader); break;
            case Opcode.Try: TranslateTry(reader.Block); break;
            case Opcode.Catch: TranslateCatch(new TagIndex(reader.Index)); break;
            case Opcode.CatchAll: TranslateCatch(null); break;
            case Opcode.Rethrow: TranslateRethrow(reader.Index); break;
            case Opcode.Delegate: TranslateDelegate(reader.Index); break;

            case Opcode.Drop: Pop(); break;
            case Opcode.Select or Opcode.SelectT: TranslateSelect(); break;
            case Opcode.LocalGet: TranslateLocalGet(reader.Index); break;
            case Opcode.LocalSet: TranslateLocalSet(reader.Index); break;
            case Opcode.LocalTee: TranslateLocalTee(reader.Index); break;
            case Opcode.GlobalGet: TranslateGlobalGet(reader.Index); break;
            case Opcode.GlobalSet: TranslateGlobalSet(reader.Index); break;
            case Opcode.I32Const or Opcode.I64Const or Opcode.F32Const or Opcode.F64Const:
                Push(SlotKind.Number, OperandHome.Constant, reader.Bits);
                break;
            case Opcode.V128Const: TranslateVectorConst(reader.Bits, reader.BitsHigh); break;
            default: TranslateTableOrReference(ref reader); break;
        }
    }

    private void TranslateTableOrReference(ref InstructionReader reader)
    {
        switch (reader.Opcode)
        {
            case Opcode.RefNull: Push(SlotKind.Reference, OperandHome.Constant, 0); break;
            case Opcode.RefFunc: EmitValue(new Instr { Op = Op.RefFunc, B = reader.Index }, SlotKind.Reference); break;
            case Opcode.RefIsNull: EmitValue(new Instr { Op = Op.RefIsNull, B = PopSlot() }, SlotKind.Number); break;
            case Opcode.RefAsNonNull: TranslateRefAsNonNull(); break;

            case Opcode.TableGet: TranslateTableGet(reader.Index); break;
            case Opcode.TableSet: TranslateTableSet(reader.Index); break;
            case Opcode.TableSize: EmitValue(new Instr { Op = Op.TableSize, B = reader.Index }, SlotKind.Number); break;
            case Opcode.TableGrow: TranslateTableGrow(reader.Index); break;
            case Opcode.TableFill: TranslateTableFill(reader.Index); break;
            case Opcode.TableCopy: TranslateTableCopy(reader.Index, reader.Index2); break;
            case Opcode.TableInit: TranslateTableInit(reader.Index, reader.Index2); break;
            case Opcode.ElemDrop: Emit(new Instr { Op = Op.ElemDrop, B = reader.Index }); break;

            case Opcode.MemorySize: EmitValue(new Instr { Op = Op.MemorySize, B = reader.Index }, SlotKind.Number); break;
            case Opcode.MemoryGrow: TranslateMemoryGrow(reader.Index); break;
            case Opcode.MemoryFill: TranslateMemoryFill(reader.Index); break;
            case Opcode.MemoryCopy: TranslateMemoryCopy(reader.Index, reader.Index2); break;
            case Opcode.MemoryInit: TranslateMemoryInit(reader.Index, reader.Index2); break;
            case Opcode.MemoryAtomicWait32: TranslateAtomic(Op.Wait32, ref reader); break;
            case Opcode.MemoryAtomicWait64: TranslateAtomic(Op.Wait64, ref reader); break;
            case Opcode.MemoryAtomicNotify: TranslateAtomic(Op.Notify, ref reader); break;
            case Opcode.AtomicFence: Emit(new Instr { Op = Op.Fence }); break;
            case Opcode.DataDrop: Emit(new Instr { Op = Op.DataDrop, B = reader.Index }); break;
            default: TranslateAggregate(ref reader); break;
        }
    }

    private void TranslateSelect()
    {
        uint condition = PopSlot();
        Operand second = Pop();
        Operand first = Pop();
        Op op = second.Kind switch
        {
            SlotKind.Number => Op.Select,
            SlotKind.Vector => Op.SelectVector,
            _ => Op.SelectRef,
        };
        EmitValue(new Instr { Op = op, B = SlotOf(first), C = SlotOf(second) }, second.Kind);
        EmitMore(new Instr { A = condition });
    }

    private void TranslateVectorConst(ulong low, ulong high)
    {
        EmitValue(new Instr { Op = Op.ConstVector }, SlotKind.Vector);
        EmitMore(WordOf(low, high));
    }

    private void TranslateGlobalGet(uint global)
    {
        SlotKind kind = SlotKinds.Of(module.Globals[(int)global].Value);
        Op op = kind switch
        {
            SlotKind.Number => Op.GlobalGet,
            SlotKind.Vector => Op.GlobalGetVector,
            _ => Op.GlobalGetRef,
        };
        EmitValue(new Instr { Op = op, B = global }, kind);
    }

    private void TranslateGlobalSet(uint global)
    {
        Op op = SlotKinds.Of(module.Globals[(int)global].Value) switch
        {
            SlotKind.Number => Op.GlobalSet,
            SlotKind.Vector => Op.GlobalSetVector,
            _ => Op.GlobalSetRef,
        };
        Emit(new Instr { Op = op, A = PopSlot(), B = global });
    }

    private void TranslateRefAsNonNull()
    {
        Operand reference = Pop();
        Emit(new Instr { Op = Op.RefAsNonNull, B = SlotOf(reference) });
        Push(reference.Kind, reference.Home, reference.Bits);
    }
}
