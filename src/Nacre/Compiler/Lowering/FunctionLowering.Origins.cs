using System.Reflection.Emit;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Remembers where values come from, as far as RyuJIT may see it, and hides it where RyuJIT would draw the wrong conclusion.</content>
/// <remarks>
/// RyuJIT makes one expression of what reaches an instruction by way of locals and blocks too, and knows what was computed from constants.
/// So values pass their origins on, and a local has those of all values that were ever set: more than RyuJIT sees, never less.
/// Two conclusions are wrong. It takes rotations for instructions that set the machine's zero flag, and leaves out the comparison with 0 of
/// what was rotated, also where another operand only turns out to be 0, or where something around the rotation turns out to do nothing.
/// And it folds arithmetic of floats whose value it knows: `x - 0`, `x * 1` and a NaN in every lane, and a signalling NaN stays one.
/// </remarks>
internal sealed partial class FunctionLowering
{
    [Flags]
    private enum Origin : byte
    {
        None = 0,
        /// <summary>A load, as it is.</summary>
        Load = 1,
        /// <summary>A rotation, or what was computed from one.</summary>
        Rotation = 2,
        /// <summary>A constant, as it stands in the code: those that RyuJIT must not know are loaded from cells.</summary>
        Constant = 4,
        /// <summary>Computed, and RyuJIT may know the result: all operands are known, or the same, or one decides alone.</summary>
        Computed = 8,
    }

    private readonly Dictionary<uint, Origin> _localOrigins = [];

    private Origin OriginOf(in Operand operand)
    {
        Origin origin = operand.IsConstant ? operand.Origin | Origin.Constant : operand.Origin;
        return operand.Home == Home.Local ? origin | OriginOfLocal(operand.Local, operand.Kind) : origin;
    }

    // A local that was not set is 0.
    private Origin OriginOfLocal(uint local, ValueKind kind)
    {
        if (!_localOrigins.TryGetValue(local, out Origin origin) && local >= _signature.Parameters.Length)
            origin = HasHiddenZero(kind.ClrType()) ? Origin.None : Origin.Computed;
        return IsLoadedLocal(local) ? origin | Origin.Load : origin;
    }

    /// <summary>The origins of any of the topmost operands.</summary>
    private Origin OriginOfTop(int count)
    {
        Origin origin = Origin.None;
        for (int i = _count - count; i < _count; i++) origin |= OriginOf(in _operands[i]);
        return origin;
    }

    private void RememberOrigin(uint local, Origin origin)
    {
        RememberLoad(local, (origin & Origin.Load) != 0);
        _localOrigins.TryGetValue(local, out Origin before);
        _localOrigins[local] = before | (origin & ~Origin.Load);
    }

    /// <summary>The origin of the result of the plain instruction at hand, whose operands are the topmost ones.</summary>
    private Origin OriginOfResult(int operandCount)
    {
        bool isRotation = _opcode is Opcode.I32Rotl or Opcode.I32Rotr or Opcode.I64Rotl or Opcode.I64Rotr;
        return (MayBeKnown(operandCount) ? Origin.Computed : Origin.None)
            | (isRotation ? Origin.Rotation : OriginOfTop(operandCount) & Origin.Rotation);
    }

    // Integers RyuJIT may know anywhere, as it believes comparisons that were passed. So it may know what floats and vectors are made of them.
    private bool MayBeKnown(int operandCount)
    {
        if (IsMadeOfInteger(_opcode) || IsKnownOfEqualOperands(_opcode)) return true;
        bool isAnyComputed = false, areAllKnown = operandCount > 0;
        for (int i = _count - operandCount; i < _count; i++)
        {
            Origin origin = OriginOf(in _operands[i]);
            isAnyComputed |= (origin & Origin.Computed) != 0;
            areAllKnown &= _operands[i].Kind is ValueKind.I32 or ValueKind.I64 || (origin & (Origin.Constant | Origin.Computed)) != 0;
        }
        return areAllKnown || (isAnyComputed && IsDecidedByOneOperand(_opcode));
    }

    private static bool IsMadeOfInteger(Opcode opcode) => opcode
        is (>= Opcode.F32ConvertI32S and <= Opcode.F32ConvertI64U) or (>= Opcode.F64ConvertI32S and <= Opcode.F64ConvertI64U)
        or Opcode.F32ReinterpretI32 or Opcode.F64ReinterpretI64;

    // 0, or a NaN in every lane.
    private static bool IsKnownOfEqualOperands(Opcode opcode) => opcode
        is (>= Opcode.I8x16Eq and <= Opcode.I32x4GeU) or (>= Opcode.I64x2Eq and <= Opcode.I64x2GeS)
        or Opcode.V128Xor or Opcode.V128Andnot or Opcode.I8x16Sub or Opcode.I16x8Sub or Opcode.I32x4Sub or Opcode.I64x2Sub
        or Opcode.I8x16SubSatS or Opcode.I8x16SubSatU or Opcode.I16x8SubSatS or Opcode.I16x8SubSatU;

    // As 0 decides a product. Selections give one of several operands, of which one may be known.
    private static bool IsDecidedByOneOperand(Opcode opcode) => OpcodeInfo.Prefix(opcode) == VectorPrefix
        && CanonicalNaN.LanesOf(opcode) == CanonicalNaN.Lanes.None;

    /// <summary>Before an instruction, hides operands from whose origin RyuJIT would draw the wrong conclusion.</summary>
    private void HideOrigins()
    {
        if (_opcode is Opcode.I32Eqz or Opcode.I64Eqz or Opcode.BrIf or Opcode.If or Opcode.Select or Opcode.SelectT or Opcode.BrTable)
            Hide(Origin.Rotation, operandCount: 1);
        else if (_opcode is >= Opcode.I32Eq and <= Opcode.I32GeU or >= Opcode.I64Eq and <= Opcode.I64GeU)
            Hide(Origin.Rotation, operandCount: 2);
        else if (_opcode is Opcode.F32x4ExtractLane or Opcode.F32x4Pmin or Opcode.F32x4Pmax
            || CanonicalNaN.LanesOf(_opcode) is CanonicalNaN.Lanes.F32x4 or CanonicalNaN.Lanes.F64x2)
            Hide(Origin.Computed, OpcodeInfo.Operands(_opcode).Length);
    }

    private void Hide(Origin origin, int operandCount)
    {
        for (int depth = 0; depth < operandCount; depth++)
            if ((OriginOf(in _operands[_count - 1 - depth]) & origin) != 0) HideAt(depth);
    }

    // Exclusive or with bits that are not set, or a shift by none; neither does RyuJIT know. It looks through the first for what is needed of a load.
    private void HideAt(int depth)
    {
        Unstack();
        ref Operand operand = ref _operands[_count - 1 - depth];
        bool isLoad = (OriginOf(in operand) & Origin.Load) != 0;
        EmitLoad(in operand);
        Forget(ref operand);
        if (operand.Kind == ValueKind.V128)
        {
            EmitContextField(Members.NoLanes);
            _il.Emit(OpCodes.Call, Members.MeaningOf(Opcode.V128Xor));
        }
        else
        {
            EmitContextField(Members.NoBits);
            if (isLoad || operand.Kind == ValueKind.I32) _il.Emit(OpCodes.Conv_I4);
            _il.Emit(isLoad ? OpCodes.Shr : OpCodes.Xor);
        }
        operand = new Operand { Kind = operand.Kind, Home = Home.Variable, Variable = Rent(operand.Kind), OwnsVariable = true };
        _il.Emit(OpCodes.Stloc, operand.Variable);
    }
}
