using System.Reflection.Emit;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Constants.</content>
internal sealed unsafe partial class FunctionLowering
{
    private void EmitConstant(ValueKind kind, ulong bits)
    {
        switch (kind)
        {
            case ValueKind.I32: _il.Emit(OpCodes.Ldc_I4, (int)bits); break;
            case ValueKind.I64: EmitInt64((long)bits); break;
            case ValueKind.F32: EmitF32((uint)bits); break;
            case ValueKind.F64: EmitF64(bits); break;
            default: _il.Emit(OpCodes.Ldnull); break;
        }
    }

    private void EmitInt64(long value)
    {
        if (value == (int)value)
        {
            _il.Emit(OpCodes.Ldc_I4, (int)value);
            _il.Emit(OpCodes.Conv_I8);
        }
        else _il.Emit(OpCodes.Ldc_I8, value);
    }

    private void EmitF32(uint bits)
    {
        float value = BitConverter.UInt32BitsToSingle(bits);
        if (!float.IsNaN(value) && !MustBeHidden(value))
        {
            _il.Emit(OpCodes.Ldc_R4, value);
            return;
        }
        ulong* cell = _code.AllocateConstant(1);
        *(uint*)cell = bits;
        EmitAddressOf(cell);
        _il.Emit(OpCodes.Ldind_R4);
    }

    private void EmitF64(ulong bits)
    {
        double value = BitConverter.UInt64BitsToDouble(bits);
        if (!double.IsNaN(value) && !MustBeHidden(value))
        {
            _il.Emit(OpCodes.Ldc_R8, value);
            return;
        }
        ulong* cell = _code.AllocateConstant(1);
        *cell = bits;
        EmitAddressOf(cell);
        _il.Emit(OpCodes.Ldind_R8);
    }

    // RyuJIT folds `x + -0`, `x - 0`, `x * 1` and `x / 1`, and then a signalling NaN stays one. Loaded from a cell, the constant is
    // nothing it knows; only where the value goes nowhere else may it be seen. A local's constant is never seen, or all that is computed
    // from it would have to be hidden.
    private bool MustBeHidden(double value) => IsLocalStore(_opcode) || (value is 0 or 1 && !IsLastUse(_opcode));

    private static bool IsLocalStore(Opcode opcode) => opcode is Opcode.LocalSet or Opcode.LocalTee;

    private static bool IsLastUse(Opcode opcode) => opcode is Opcode.F32Store or Opcode.F64Store
        or Opcode.Call or Opcode.CallIndirect or Opcode.CallRef or Opcode.Return
        or (>= Opcode.F32Eq and <= Opcode.F64Ge);

    private void LowerVectorConstant(ref InstructionReader reader)
    {
        LoadAll();
        (ulong low, ulong high) = (reader.Bits, reader.BitsHigh);
        InstructionReader ahead = reader;
        bool isHidden = MayFold(low) || MayFold(high) || (ahead.Read() && IsLocalStore(ahead.Opcode));
        if (isHidden)
        {
            ulong* cell = _code.AllocateConstant(2);
            (cell[0], cell[1]) = (low, high);
            EmitAddressOf(cell);
            Bits.EmitLoad(_il, ValueKind.V128);
        }
        else
        {
            EmitInt64((long)low);
            EmitInt64((long)high);
            _il.Emit(OpCodes.Call, Members.VectorOf);
            _il.Emit(OpCodes.Call, Members.AsBytes);
        }
        PushStack(ValueKind.V128);
        if (!isHidden) Top.Origin = Origin.Constant;
    }

    // Lanes of 0 or 1, as floats of either width, and signalling NaNs. Zero is also how integer code clears a vector, and costs little to load.
    private static bool MayFold(ulong lanes)
        => MayFold(BitConverter.UInt64BitsToDouble(lanes), lanes, quiet: 1ul << 51)
        || MayFold(BitConverter.UInt32BitsToSingle((uint)lanes), lanes, quiet: 1ul << 22)
        || MayFold(BitConverter.UInt32BitsToSingle((uint)(lanes >> 32)), lanes, quiet: 1ul << 54);

    private static bool MayFold(double lane, ulong lanes, ulong quiet) => lane is 0 or 1 || (double.IsNaN(lane) && (lanes & quiet) == 0);
}
