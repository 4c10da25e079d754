using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <summary>How many operands an instruction takes and how many results it leaves, which says what is folded into what.</summary>
/// <remarks>Folding only moves operands behind the name of their instruction: where the numbers are wrong because the module is
/// invalid, the text still means the same code.</remarks>
internal sealed class InstructionArity(ModuleTypes types, LabelStack labels)
{
    /// <summary>The numbers for the instruction that was read last; for blocks they leave out what goes on inside.</summary>
    public (int Operands, int Results) Of(ref InstructionReader reader)
    {
        Opcode opcode = reader.Opcode;
        if (OpcodeInfo.HasFixedSignature(opcode)) return (OpcodeInfo.Operands(opcode).Length, OpcodeInfo.Results(opcode).Length);
        return opcode switch
        {
            Opcode.Br => (labels.ArityOf(reader.Index), 0),
            Opcode.BrTable => (labels.ArityOf(reader.Index) + 1, 0),
            Opcode.BrIf or Opcode.BrOnNull => (labels.ArityOf(reader.Index) + 1, labels.ArityOf(reader.Index) + (opcode == Opcode.BrOnNull ? 1 : 0)),
            Opcode.BrOnNonNull => (labels.ArityOf(reader.Index), labels.ArityOf(reader.Index) - 1),
            Opcode.BrOnCast or Opcode.BrOnCastFail => (labels.ArityOf(reader.Index), labels.ArityOf(reader.Index)),
            Opcode.Return => (labels.ResultCount, 0),
            Opcode.Throw => (types.OfTag(reader.Index)?.Parameters.Length ?? 0, 0),
            Opcode.Call => Of(types.OfFunc(reader.Index), extra: 0),
            Opcode.CallIndirect or Opcode.CallRef => Of(types.Defined<FuncType>(reader.Index), extra: 1),
            Opcode.ReturnCall => (Of(types.OfFunc(reader.Index), extra: 0).Operands, 0),
            Opcode.ReturnCallIndirect or Opcode.ReturnCallRef => (Of(types.Defined<FuncType>(reader.Index), extra: 1).Operands, 0),
            Opcode.StructNew => (types.Defined<StructType>(reader.Index)?.Fields.Length ?? 0, 1),
            Opcode.ArrayNewFixed => ((int)Math.Min(reader.Index2, int.MaxValue), 1),
            _ => OfSimple(opcode),
        };
    }

    private static (int Operands, int Results) Of(FuncType? type, int extra)
        => type is null ? (extra, 0) : (type.Parameters.Length + extra, type.Results.Length);

    private static (int Operands, int Results) OfSimple(Opcode opcode) => opcode switch
    {
        Opcode.LocalGet or Opcode.GlobalGet or Opcode.RefNull or Opcode.RefFunc or Opcode.StructNewDefault => (0, 1),
        Opcode.Drop or Opcode.LocalSet or Opcode.GlobalSet or Opcode.ThrowRef => (1, 0),
        Opcode.LocalTee or Opcode.TableGet or Opcode.RefIsNull or Opcode.RefAsNonNull or Opcode.StructGet or Opcode.StructGetS or Opcode.StructGetU
            or Opcode.ArrayNewDefault or Opcode.RefTest or Opcode.RefTestNull or Opcode.RefCast or Opcode.RefCastNull
            or Opcode.AnyConvertExtern or Opcode.ExternConvertAny => (1, 1),
        Opcode.TableSet or Opcode.StructSet => (2, 0),
        Opcode.ArrayNew or Opcode.ArrayNewData or Opcode.ArrayNewElem or Opcode.ArrayGet or Opcode.ArrayGetS or Opcode.ArrayGetU
            or Opcode.TableGrow => (2, 1),
        Opcode.ArraySet or Opcode.TableFill or Opcode.TableInit or Opcode.TableCopy or Opcode.MemoryCopy => (3, 0),
        Opcode.Select or Opcode.SelectT => (3, 1),
        Opcode.ArrayFill or Opcode.ArrayInitData or Opcode.ArrayInitElem => (4, 0),
        Opcode.ArrayCopy => (5, 0),
        _ => (0, 0),
    };
}
