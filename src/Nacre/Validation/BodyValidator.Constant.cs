using Nacre.Syntax;

namespace Nacre.Validation;

// Spec: Validation, Instructions, Constant Expressions.
internal sealed partial class BodyValidator
{
    private bool _isConstant;

    private void RequireConstant(Opcode opcode, uint index)
    {
        bool isConstant = opcode switch
        {
            Opcode.End or Opcode.I32Const or Opcode.I64Const or Opcode.F32Const or Opcode.F64Const or Opcode.V128Const
                or Opcode.RefNull or Opcode.RefFunc
                or Opcode.RefI31 or Opcode.StructNew or Opcode.StructNewDefault
                or Opcode.ArrayNew or Opcode.ArrayNewDefault or Opcode.ArrayNewFixed
                or Opcode.AnyConvertExtern or Opcode.ExternConvertAny => true,
            Opcode.I32Add or Opcode.I32Sub or Opcode.I32Mul or Opcode.I64Add or Opcode.I64Sub or Opcode.I64Mul
                => _context.Allows(WasmFeatures.ExtendedConst),
            Opcode.GlobalGet => !TypeOf(new GlobalIndex(index)).IsMutable,
            _ => false,
        };
        if (!isConstant) Fail($"constant expression required, but there is {OpcodeInfo.Mnemonic(opcode)}");
    }
}
