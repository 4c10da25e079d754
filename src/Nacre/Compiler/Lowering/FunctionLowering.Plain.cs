using System.Reflection.Emit;
using Nacre.Binary;
using Nacre.Syntax;
using OperandType = Nacre.Syntax.OperandType;

namespace Nacre.Compiler;

/// <content>
/// Instructions with a fixed signature: a call of their meaning, which RyuJIT inlines, or the CIL that says the same where there is
/// little of it, which compiles faster.
/// </content>
internal sealed partial class FunctionLowering
{
    private void LowerPlain(ref InstructionReader reader)
    {
        ReadOnlySpan<OperandType> operands = OpcodeInfo.Operands(_opcode), results = OpcodeInfo.Results(_opcode);
        bool isByConstant = Top.Home == Home.Constant && IsHarmlessDivisor(Top.Kind, Top.Bits);
        bool isLoaded = AreLoaded(operands.Length);
        if (isLoaded && TryLowerMask()) return;
        if (isLoaded) PrepareLoaded();
        Origin origin = OriginOfResult(operands.Length);
        bool mayFold = (OriginOfTop(operands.Length) & Origin.Computed) != 0 && IsFloatArithmetic(_opcode);
        if (OpcodeInfo.Prefix(_opcode) == VectorPrefix) LowerVector(ref reader, operands.Length);
        else
        {
            Take(operands.Length);
            if (isByConstant && DivisionOf(_opcode) is { } division) _il.Emit(division);
            else if (mayFold || (!(isLoaded && TryEmitNarrowing(_opcode)) && !TryEmitDirectly(_opcode))) EmitMeaning(ref reader);
        }
        if (_options.CanonicalizeNaNs) EmitCanonicalNaNs();
        PushStack(ValueKinds.Of(results[0], AddressType.I32));
        if (mayFold) origin &= ~Origin.Computed;        // its meaning is by instructions that RyuJIT does not fold
        Top.Origin = isLoaded && Top.Kind != ValueKind.V128 ? origin | Origin.Load : origin; // Through vectors RyuJIT narrows nothing.
        if (results.Length > 1)
        {
            _il.Emit(OpCodes.Ldloc, _second!);
            PushStack(ValueKind.I64);
        }
    }

    private static bool IsFloatArithmetic(Opcode opcode)
        => opcode is (>= Opcode.F32Add and <= Opcode.F32Div) or (>= Opcode.F64Add and <= Opcode.F64Div);

    // By a constant other than 0 and -1 no division traps.
    private static bool IsHarmlessDivisor(ValueKind kind, ulong bits)
        => kind == ValueKind.I32 ? (int)bits is not (0 or -1) : (long)bits is not (0 or -1);

    private static OpCode? DivisionOf(Opcode opcode) => opcode switch
    {
        Opcode.I32DivS or Opcode.I64DivS => OpCodes.Div,
        Opcode.I32DivU or Opcode.I64DivU => OpCodes.Div_Un,
        Opcode.I32RemS or Opcode.I64RemS => OpCodes.Rem,
        Opcode.I32RemU or Opcode.I64RemU => OpCodes.Rem_Un,
        _ => null,
    };

    private bool TryEmitDirectly(Opcode opcode)
    {
        if (SingleOf(opcode) is { } single)
        {
            _il.Emit(single);
            return true;
        }
        if (NegatedOf(opcode) is { } negated)
        {
            _il.Emit(negated);
            EmitNot();
            return true;
        }
        return TryEmitShift(opcode) || TryEmitConversion(opcode);
    }

    private static OpCode? SingleOf(Opcode opcode) => opcode switch
    {
        Opcode.I32Add or Opcode.I64Add or Opcode.F32Add or Opcode.F64Add => OpCodes.Add,
        Opcode.I32Sub or Opcode.I64Sub or Opcode.F32Sub or Opcode.F64Sub => OpCodes.Sub,
        Opcode.I32Mul or Opcode.I64Mul or Opcode.F32Mul or Opcode.F64Mul => OpCodes.Mul,
        Opcode.F32Div or Opcode.F64Div => OpCodes.Div,
        Opcode.I32And or Opcode.I64And => OpCodes.And,
        Opcode.I32Or or Opcode.I64Or => OpCodes.Or,
        Opcode.I32Xor or Opcode.I64Xor => OpCodes.Xor,
        Opcode.F32Neg or Opcode.F64Neg => OpCodes.Neg,
        Opcode.I32Eq or Opcode.I64Eq or Opcode.F32Eq or Opcode.F64Eq => OpCodes.Ceq,
        Opcode.I32LtS or Opcode.I64LtS or Opcode.F32Lt or Opcode.F64Lt => OpCodes.Clt,
        Opcode.I32LtU or Opcode.I64LtU => OpCodes.Clt_Un,
        Opcode.I32GtS or Opcode.I64GtS or Opcode.F32Gt or Opcode.F64Gt => OpCodes.Cgt,
        Opcode.I32GtU or Opcode.I64GtU => OpCodes.Cgt_Un,
        Opcode.I32WrapI64 => OpCodes.Conv_I4,
        Opcode.I64ExtendI32S => OpCodes.Conv_I8,
        Opcode.I64ExtendI32U => OpCodes.Conv_U8,
        Opcode.I32Extend8S => OpCodes.Conv_I1,
        Opcode.I32Extend16S => OpCodes.Conv_I2,
        Opcode.F32ConvertI32S or Opcode.F32ConvertI64S => OpCodes.Conv_R4,
        Opcode.F64ConvertI32S or Opcode.F64ConvertI64S => OpCodes.Conv_R8,
        _ => null,
    };

    // Comparisons of which CIL has the opposite; of floats the one that is true of NaN.
    private static OpCode? NegatedOf(Opcode opcode) => opcode switch
    {
        Opcode.I32Ne or Opcode.I64Ne or Opcode.F32Ne or Opcode.F64Ne => OpCodes.Ceq,
        Opcode.I32LeS or Opcode.I64LeS => OpCodes.Cgt,
        Opcode.I32LeU or Opcode.I64LeU or Opcode.F32Le or Opcode.F64Le => OpCodes.Cgt_Un,
        Opcode.I32GeS or Opcode.I64GeS => OpCodes.Clt,
        Opcode.I32GeU or Opcode.I64GeU or Opcode.F32Ge or Opcode.F64Ge => OpCodes.Clt_Un,
        _ => null,
    };

    private void EmitNot()
    {
        _il.Emit(OpCodes.Ldc_I4_0);
        _il.Emit(OpCodes.Ceq);
    }

    // CIL leaves it open what a shift by too much does; RyuJIT knows that the machine masks the count.
    private bool TryEmitShift(Opcode opcode)
    {
        OpCode shift;
        switch (opcode)
        {
            case Opcode.I32Shl or Opcode.I64Shl: shift = OpCodes.Shl; break;
            case Opcode.I32ShrS or Opcode.I64ShrS: shift = OpCodes.Shr; break;
            case Opcode.I32ShrU or Opcode.I64ShrU: shift = OpCodes.Shr_Un; break;
            default: return false;
        }
        bool isLong = opcode is Opcode.I64Shl or Opcode.I64ShrS or Opcode.I64ShrU;
        if (isLong) _il.Emit(OpCodes.Conv_I4);
        _il.Emit(OpCodes.Ldc_I4, isLong ? 63 : 31);
        _il.Emit(OpCodes.And);
        _il.Emit(shift);
        return true;
    }

    private bool TryEmitConversion(Opcode opcode)
    {
        switch (opcode)
        {
            case Opcode.I32Eqz:
                EmitNot();
                return true;
            case Opcode.I64Eqz:
                _il.Emit(OpCodes.Ldc_I4_0);
                _il.Emit(OpCodes.Conv_I8);
                _il.Emit(OpCodes.Ceq);
                return true;
            case Opcode.I64Extend8S:
                _il.Emit(OpCodes.Conv_I1);
                _il.Emit(OpCodes.Conv_I8);
                return true;
            case Opcode.I64Extend16S:
                _il.Emit(OpCodes.Conv_I2);
                _il.Emit(OpCodes.Conv_I8);
                return true;
            case Opcode.I64Extend32S:
                _il.Emit(OpCodes.Conv_I4);
                _il.Emit(OpCodes.Conv_I8);
                return true;
            default:
                return false;
        }
    }
}
