using System.Diagnostics;
using Nacre.Binary;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <content>Structures, arrays, <c>i31</c> and casts.</content>
internal sealed partial class Translator
{
    private void TranslateAggregate(ref InstructionReader reader)
    {
        switch (reader.Opcode)
        {
            case Opcode.RefEq: TranslateRefEq(); break;
            case Opcode.RefTest: TranslateRefTest(reader.Heap, nullPasses: false); break;
            case Opcode.RefTestNull: TranslateRefTest(reader.Heap, nullPasses: true); break;
            case Opcode.RefCast: TranslateRefCast(reader.Heap, nullPasses: false); break;
            case Opcode.RefCastNull: TranslateRefCast(reader.Heap, nullPasses: true); break;
            case Opcode.BrOnCast: TranslateBranchOnCast(ref reader, onFailure: false); break;
            case Opcode.BrOnCastFail: TranslateBranchOnCast(ref reader, onFailure: true); break;
            case Opcode.RefI31: EmitValue(new Instr { Op = Op.RefI31, B = PopSlot() }, SlotKind.Reference); break;
            case Opcode.I31GetS: EmitValue(new Instr { Op = Op.I31GetS, B = PopSlot() }, SlotKind.Number); break;
            case Opcode.I31GetU: EmitValue(new Instr { Op = Op.I31GetU, B = PopSlot() }, SlotKind.Number); break;
            case Opcode.AnyConvertExtern: EmitValue(new Instr { Op = Op.AnyConvertExtern, B = PopSlot() }, SlotKind.Reference); break;
            case Opcode.ExternConvertAny: EmitValue(new Instr { Op = Op.ExternConvertAny, B = PopSlot() }, SlotKind.Reference); break;

            case Opcode.StructNew: TranslateStructNew(reader.Index); break;
            case Opcode.StructNewDefault: EmitStruct(new Instr { Op = Op.StructNewDefault }, reader.Index); break;
            case Opcode.StructGet or Opcode.StructGetU: TranslateStructGet(reader.Index, reader.Index2, isSigned: false); break;
            case Opcode.StructGetS: TranslateStructGet(reader.Index, reader.Index2, isSigned: true); break;
            case Opcode.StructSet: TranslateStructSet(reader.Index, reader.Index2); break;
            default: TranslateArray(ref reader); break;
        }
    }

    private void TranslateArray(ref InstructionReader reader)
    {
        uint type = reader.Index, second = reader.Index2;
        switch (reader.Opcode)
        {
            case Opcode.ArrayNew: TranslateArrayNew(Op.ArrayNew, type, hasValue: true); break;
            case Opcode.ArrayNewDefault: TranslateArrayNew(Op.ArrayNewDefault, type, hasValue: false); break;
            case Opcode.ArrayNewFixed: TranslateArrayNewFixed(type, second); break;
            case Opcode.ArrayNewData: TranslateArrayNewSegment(Op.ArrayNewData, type, second); break;
            case Opcode.ArrayNewElem: TranslateArrayNewSegment(Op.ArrayNewElem, type, second); break;
            case Opcode.ArrayGet or Opcode.ArrayGetU: TranslateArrayGet(type, isSigned: false); break;
            case Opcode.ArrayGetS: TranslateArrayGet(type, isSigned: true); break;
            case Opcode.ArraySet: TranslateArraySet(type); break;
            case Opcode.ArrayLen: EmitValue(new Instr { Op = Op.ArrayLen, B = PopSlot() }, SlotKind.Number); break;
            case Opcode.ArrayFill: TranslateArrayFill(type); break;
            case Opcode.ArrayCopy: TranslateArrayCopy(type); break;
            case Opcode.ArrayInitData: TranslateArrayInit(Op.ArrayInitData, type, second); break;
            case Opcode.ArrayInitElem: TranslateArrayInit(Op.ArrayInitElem, type, second); break;
            default: throw new UnreachableException($"no translation of {reader.Opcode}");
        }
    }

    private void TranslateRefEq()
    {
        uint right = PopSlot();
        EmitValue(new Instr { Op = Op.RefEq, B = PopSlot(), C = right }, SlotKind.Number);
    }

    private static Instr TestWord(HeapType type, bool nullPasses) => new() { A = type.Bits, X = (ushort)(nullPasses ? 1 : 0) };

    private void TranslateRefTest(HeapType type, bool nullPasses)
    {
        EmitValue(new Instr { Op = Op.RefTest, B = PopSlot() }, SlotKind.Number);
        EmitMore(TestWord(type, nullPasses));
    }

    private void TranslateRefCast(HeapType type, bool nullPasses)
    {
        Operand reference = Pop();
        Emit(new Instr { Op = Op.RefCast, B = SlotOf(reference) });
        EmitMore(TestWord(type, nullPasses));
        Push(reference.Kind, reference.Home, reference.Bits);
    }

    private void TranslateBranchOnCast(ref InstructionReader reader, bool onFailure)
    {
        // The reference is carried with the branch and stays when it is not taken.
        const int TargetAdmitsNull = 2;
        SettleFrom(_operandCount - 1);
        uint reference = _operands[_operandCount - 1].Slot;
        (Op whenTrue, Op whenFalse) = onFailure ? (Op.BrOnCastFail, Op.BrOnCast) : (Op.BrOnCast, Op.BrOnCastFail);
        Instr test = TestWord(reader.Heap2, (reader.CastFlags & TargetAdmitsNull) != 0);
        EmitConditionalBranch(reader.Index, new Condition(whenTrue, whenFalse, reference) { More = test });
    }

    private StructType StructAt(uint type) => module.Types[type].Struct!;

    private FieldAccess ElementAccess(uint type, bool isSigned = false) => FieldAccesses.Of(module.Types[type].Array!.Element.Storage, isSigned);

    private void TranslateStructNew(uint type)
    {
        int count = StructAt(type).Fields.Length;
        SettleFrom(_operandCount - count);
        Pop(count);
        EmitStruct(new Instr { Op = Op.StructNew, B = _height.Slots, C = _height.References }, type);
    }

    private void EmitStruct(Instr word, uint type)
    {
        EmitValue(word, SlotKind.Reference);
        EmitMore(new Instr { A = type });
    }

    private StructField FieldAt(uint type, uint field) => StructLayout.Of(module.Types[type]).Fields[field];

    private static Instr FieldWord(in StructField field, FieldAccess access) => new() { C = (uint)field.First.Place, X = (ushort)access };

    private void TranslateStructGet(uint type, uint index, bool isSigned)
    {
        StorageType storage = StructAt(type).Fields[(int)index].Storage;
        StructField field = FieldAt(type, index);
        Op op = field.Access switch
        {
            FieldAccess.Number32 => Op.StructGet32,
            FieldAccess.Number64 => Op.StructGet64,
            FieldAccess.Vector => Op.StructGetVector,
            FieldAccess.Reference => Op.StructGetRef,
            _ => Op.StructGetPacked,
        };
        Instr word = FieldWord(in field, FieldAccesses.Of(storage, isSigned)) with { Op = op, B = PopSlot() };
        EmitValue(word, SlotKinds.Of(storage.Unpacked));
        if (op == Op.StructGetVector) EmitMore(new Instr { A = (uint)field.Second.Place });
    }

    private void TranslateStructSet(uint type, uint index)
    {
        StructField field = FieldAt(type, index);
        Op op = field.Access switch
        {
            FieldAccess.Number32 => Op.StructSet32,
            FieldAccess.Number64 => Op.StructSet64,
            FieldAccess.Vector => Op.StructSetVector,
            FieldAccess.Reference => Op.StructSetRef,
            _ => Op.StructSetPacked,
        };
        uint value = PopSlot();
        Emit(FieldWord(in field, field.Access) with { Op = op, A = value, B = PopSlot() });
        if (op == Op.StructSetVector) EmitMore(new Instr { A = (uint)field.Second.Place });
    }

    private Instr ArrayWord(Op op, uint type, bool isSigned = false) => new() { Op = op, X = (ushort)ElementAccess(type, isSigned) };

    private void TranslateArrayNew(Op op, uint type, bool hasValue)
    {
        Instr word = ArrayWord(op, type) with { C = PopSlot() };
        if (hasValue) word.B = PopSlot();
        EmitValue(word, SlotKind.Reference);
        EmitMore(new Instr { A = type });
    }

    private void TranslateArrayNewFixed(uint type, uint count)
    {
        SettleFrom(_operandCount - (int)count);
        Pop((int)count);
        uint first = _height.Next(SlotKinds.Of(module.Types[type].Array!.Element.Storage.Unpacked));
        EmitValue(ArrayWord(Op.ArrayNewFixed, type) with { B = first, C = count }, SlotKind.Reference);
        EmitMore(new Instr { A = type });
    }

    private void TranslateArrayNewSegment(Op op, uint type, uint segment)
    {
        uint count = PopSlot();
        EmitValue(ArrayWord(op, type) with { B = PopSlot(), C = count }, SlotKind.Reference);
        EmitMore(new Instr { A = type, B = segment });
    }

    private void TranslateArrayGet(uint type, bool isSigned)
    {
        Op op = ElementAccess(type) switch
        {
            FieldAccess.Number32 => Op.ArrayGet32,
            FieldAccess.Number64 => Op.ArrayGet64,
            FieldAccess.Vector => Op.ArrayGetVector,
            FieldAccess.Reference => Op.ArrayGetRef,
            _ => Op.ArrayGetPacked,
        };
        uint index = PopSlot();
        EmitValue(
            ArrayWord(op, type, isSigned) with { B = PopSlot(), C = index },
            SlotKinds.Of(module.Types[type].Array!.Element.Storage.Unpacked));
    }

    private void TranslateArraySet(uint type)
    {
        Op op = ElementAccess(type) switch
        {
            FieldAccess.Number32 => Op.ArraySet32,
            FieldAccess.Number64 => Op.ArraySet64,
            FieldAccess.Vector => Op.ArraySetVector,
            FieldAccess.Reference => Op.ArraySetRef,
            _ => Op.ArraySetPacked,
        };
        uint value = PopSlot();
        uint index = PopSlot();
        Emit(ArrayWord(op, type) with { A = value, B = PopSlot(), C = index });
    }

    private void TranslateArrayFill(uint type)
    {
        uint count = PopSlot();
        uint value = PopSlot();
        uint index = PopSlot();
        Emit(ArrayWord(Op.ArrayFill, type) with { A = value, B = PopSlot(), C = index });
        EmitMore(new Instr { A = count });
    }

    private void TranslateArrayCopy(uint type)
    {
        uint count = PopSlot();
        uint sourceIndex = PopSlot();
        uint source = PopSlot();
        uint index = PopSlot();
        Emit(ArrayWord(Op.ArrayCopy, type) with { A = PopSlot(), B = index, C = source });
        EmitMore(new Instr { A = sourceIndex, B = count });
    }

    private void TranslateArrayInit(Op op, uint type, uint segment)
    {
        uint count = PopSlot();
        uint source = PopSlot();
        uint index = PopSlot();
        Emit(ArrayWord(op, type) with { A = PopSlot(), B = index, C = source });
        EmitMore(new Instr { A = count, B = segment });
    }
}
