using System.Runtime.CompilerServices;
using Nacre.Binary;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <content>Instructions whose signature is fixed, and memory accesses: driven by the opcode list.</content>
internal sealed partial class Translator
{
    // With more operands than a word has room for, they are taken from consecutive slots.
    private const int MaxNamedOperands = 2;

    private void TranslatePlain(ref InstructionReader reader)
    {
        Opcode opcode = reader.Opcode;
        ReadOnlySpan<OperandType> operands = OpcodeInfo.Operands(opcode);
        if (opcode == Opcode.I32Eqz && TryNegateComparison()) return;

        var word = new Instr { Op = OpMap.Plain(opcode), X = reader.Lane };
        if (operands.Length > MaxNamedOperands || OpcodeInfo.Results(opcode).Length > 1) TakeConsecutive(ref word, operands.Length);
        else if (operands.Length == 2) TakeTwo(ref word, opcode);
        else word.B = PopSlot();

        EmitResults(word, OpcodeInfo.Results(opcode));
        if (OpcodeInfo.Shape(opcode) == ImmediateShape.Lanes) EmitMore(WordOf(reader.Bits, reader.BitsHigh));
        if (options.CanonicalizeNaNs) CanonicalizeNaNs(opcode);
    }

    // An operation of its own, whose result can be redirected like any other.
    private void CanonicalizeNaNs(Opcode opcode)
    {
        switch (CanonicalNaN.LanesOf(opcode))
        {
            case CanonicalNaN.Lanes.F32: EmitValue(new Instr { Op = Op.CanonicalF32, B = PopSlot() }, SlotKind.Number); break;
            case CanonicalNaN.Lanes.F64: EmitValue(new Instr { Op = Op.CanonicalF64, B = PopSlot() }, SlotKind.Number); break;
            case CanonicalNaN.Lanes.F32x4: EmitValue(new Instr { Op = Op.CanonicalF32x4, B = PopSlot() }, SlotKind.Vector); break;
            case CanonicalNaN.Lanes.F64x2: EmitValue(new Instr { Op = Op.CanonicalF64x2, B = PopSlot() }, SlotKind.Vector); break;
        }
    }

    private void EmitResults(Instr word, ReadOnlySpan<OperandType> results)
    {
        if (results.Length == 1)
        {
            EmitValue(word, SlotKinds.Of(results[0]));
            return;
        }
        word.A = _height.Slots;
        Emit(word);
        foreach (OperandType type in results) PushStack(SlotKinds.Of(type));
    }

    /// <summary>Pops operands that lie in consecutive slots from B on.</summary>
    private void TakeConsecutive(ref Instr word, int count)
    {
        SettleFrom(_operandCount - count);
        word.B = _operands[_operandCount - count].Slot;
        Pop(count);
    }

    private void TakeTwo(ref Instr word, Opcode opcode)
    {
        Operand second = Pop();
        Operand first = Pop();
        Op immediate = OpMap.Immediate(opcode);
        OperandType type = OpcodeInfo.Operands(opcode)[1];
        if (immediate != Op.Exit && FitsWord(second, type)) (word.Op, word.B, word.C) = (immediate, SlotOf(first), (uint)second.Bits);
        else if (immediate != Op.Exit && OpMap.IsCommutative(opcode) && FitsWord(first, type))
            (word.Op, word.B, word.C) = (immediate, SlotOf(second), (uint)first.Bits);
        else (word.B, word.C) = (SlotOf(first), SlotOf(second));
    }

    private static bool FitsWord(Operand operand, OperandType type) => operand.Home == OperandHome.Constant
        && (type != OperandType.I64 || (long)operand.Bits == (int)operand.Bits);

    private void TranslateMemoryAccess(ref InstructionReader reader)
    {
        Opcode opcode = reader.Opcode;
        MemoryType memory = module.Memories[(int)reader.MemoryIndex];
        bool isNear = reader.MemoryIndex == 0 && memory.Address == AddressType.I32 && reader.Offset <= uint.MaxValue;
        Op near = OpMap.Near(opcode);
        ReadOnlySpan<OperandType> results = OpcodeInfo.Results(opcode);
        if (isNear && near != Op.Exit)
        {
            var access = new Instr { Op = near, C = (uint)reader.Offset };
            if (results.IsEmpty) access.A = PopSlot();
            access.B = PopSlot();
            if (results.IsEmpty) Emit(access);
            else EmitValue(access, SlotKinds.Of(results[0]));
            return;
        }
        TranslateFarAccess(ref reader, memory.Address);
    }

    private void TranslateFarAccess(ref InstructionReader reader, AddressType address)
    {
        Opcode opcode = reader.Opcode;
        var word = new Instr { Op = OpMap.Far(opcode), X = (ushort)address };
        int operandCount = OpcodeInfo.Operands(opcode).Length;
        if (operandCount > MaxNamedOperands) TakeConsecutive(ref word, operandCount);
        else
        {
            if (operandCount == 2) word.C = PopSlot();
            word.B = PopSlot();
        }
        EmitResults(word, OpcodeInfo.Results(opcode));
        EmitMore(new Instr { X = reader.Lane, A = reader.MemoryIndex, Long = (long)reader.Offset });
    }

    private static Instr WordOf(ulong low, ulong high) => Unsafe.BitCast<(ulong, ulong), Instr>((low, high));
}
