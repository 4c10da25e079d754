using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <content>Tables and memories as wholes. X tells the address types: bit 0 of the (target) table or memory, bit 1 of the source.</content>
internal sealed partial class Translator
{
    private ushort TableAddress(uint table) => (ushort)module.Tables[(int)table].Address;

    private ushort MemoryAddress(uint memory) => (ushort)module.Memories[(int)memory].Address;

    private void TranslateTableGet(uint table)
        => EmitValue(new Instr { Op = Op.TableGet, X = TableAddress(table), B = PopSlot(), C = table }, SlotKind.Reference);

    private void TranslateTableSet(uint table)
    {
        uint reference = PopSlot();
        Emit(new Instr { Op = Op.TableSet, X = TableAddress(table), A = reference, B = PopSlot(), C = table });
    }

    private void TranslateTableGrow(uint table)
    {
        uint count = PopSlot();
        uint reference = PopSlot();
        EmitValue(new Instr { Op = Op.TableGrow, X = TableAddress(table), B = reference, C = count }, SlotKind.Number);
        EmitMore(new Instr { A = table });
    }

    private void TranslateTableFill(uint table)
    {
        uint count = PopSlot();
        uint reference = PopSlot();
        Emit(new Instr { Op = Op.TableFill, X = TableAddress(table), A = PopSlot(), B = reference, C = count });
        EmitMore(new Instr { A = table });
    }

    private void TranslateTableCopy(uint target, uint source)
        => EmitThreeOperands(new Instr { Op = Op.TableCopy, X = (ushort)(TableAddress(target) | TableAddress(source) << 1), B = target, C = source });

    private void TranslateTableInit(uint segment, uint table)
        => EmitThreeOperands(new Instr { Op = Op.TableInit, X = TableAddress(table), B = segment, C = table });

    private void TranslateMemoryGrow(uint memory)
        => EmitValue(new Instr { Op = Op.MemoryGrow, X = MemoryAddress(memory), B = PopSlot(), C = memory }, SlotKind.Number);

    private void TranslateMemoryFill(uint memory)
        => EmitThreeOperands(new Instr { Op = Op.MemoryFill, X = MemoryAddress(memory), B = memory });

    private void TranslateMemoryCopy(uint target, uint source)
        => EmitThreeOperands(new Instr { Op = Op.MemoryCopy, X = (ushort)(MemoryAddress(target) | MemoryAddress(source) << 1), B = target, C = source });

    private void TranslateMemoryInit(uint segment, uint memory)
        => EmitThreeOperands(new Instr { Op = Op.MemoryInit, X = MemoryAddress(memory), B = segment, C = memory });

    private void TranslateAtomic(Op op, ref InstructionReader reader)
    {
        var word = new Instr { Op = op, X = MemoryAddress(reader.MemoryIndex) };
        TakeConsecutive(ref word, OpcodeInfo.Operands(reader.Opcode).Length);
        EmitValue(word, SlotKind.Number);
        EmitMore(new Instr { A = reader.MemoryIndex, Long = (long)reader.Offset });
    }

    private void EmitThreeOperands(Instr word)
    {
        const int Count = 3;
        SettleFrom(_operandCount - Count);
        word.A = _operands[_operandCount - Count].Slot;
        Pop(Count);
        Emit(word);
    }
}
