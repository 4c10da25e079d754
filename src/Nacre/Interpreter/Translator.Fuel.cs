using Nacre.Binary;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <content>Fuel. What instructions cost, and where it is looked whether there was enough, is in <see cref="Fuel"/>.</content>
internal sealed partial class Translator
{
    // The stretch of code that is being paid for: where the word is that does so. It is entered only at its beginning.
    private int _fuelPosition;

    private void BeginStretch()
    {
        if (options.ConsumeFuel) _fuelPosition = Emit(new Instr { Op = Op.Fuel });
    }

    /// <summary>Emits a look whether there was enough fuel until here and for so many units more; what follows is a stretch of its own.</summary>
    private void CheckFuel(long units = 0)
    {
        if (options.ConsumeFuel) _fuelPosition = Emit(new Instr { Op = Op.FuelCheck, B = (uint)units });
    }

    /// <summary>Adds an instruction to the stretch, and emits what pays for as much as it is told to do at run time.</summary>
    private void PayFor(ref InstructionReader reader)
    {
        if (!options.ConsumeFuel) return;
        _code[_fuelPosition].A += (uint)Fuel.OfInstruction(reader.Opcode, reader.Index, module);
        if (!Fuel.IsBulk(reader.Opcode)) return;
        uint count = SlotOf(_operands[_operandCount - 1]);
        Emit(new Instr { Op = Op.FuelBulk, X = CountAddress(ref reader), A = count, B = (uint)Fuel.LogOfCountPerUnit(reader.Opcode) });
    }

    private ushort CountAddress(ref InstructionReader reader) => reader.Opcode switch
    {
        Opcode.MemoryFill => MemoryAddress(reader.Index),
        Opcode.MemoryCopy => (ushort)(MemoryAddress(reader.Index) & MemoryAddress(reader.Index2)),
        Opcode.TableGrow or Opcode.TableFill => TableAddress(reader.Index),
        Opcode.TableCopy => (ushort)(TableAddress(reader.Index) & TableAddress(reader.Index2)),
        _ => (ushort)AddressType.I32,
    };
}
