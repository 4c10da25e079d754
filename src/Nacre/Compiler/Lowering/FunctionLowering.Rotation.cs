using System.Reflection.Emit;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Keeps RyuJIT from comparing a rotated value with zero by itself.</content>
/// <remarks>
/// RyuJIT leaves out a rotation by a constant before a comparison with 0, and then turns the comparison round once too often when what was
/// rotated is a comparison itself, or becomes one. So the lowering remembers which values may come straight from a rotation, and compares
/// another value that is 0 at the same time.
/// </remarks>
internal sealed partial class FunctionLowering
{
    private readonly Dictionary<uint, int> _rotatedLocals = [];

    private bool MayBeRotated(in Operand operand)
        => operand.IsRotated || (operand.Home == Home.Local && _rotatedLocals.TryGetValue(operand.Local, out int stretch) && stretch == _stretch);

    private void RememberRotation(uint local, bool isRotated)
    {
        if (isRotated) _rotatedLocals[local] = _stretch;
        else _rotatedLocals.Remove(local);
    }

    private static bool IsRotation(Opcode opcode) => opcode is Opcode.I32Rotl or Opcode.I32Rotr or Opcode.I64Rotl or Opcode.I64Rotr;

    private static bool ComparesWithZero(Opcode opcode)
        => opcode is Opcode.I32Eqz or Opcode.I64Eqz or Opcode.BrIf or Opcode.If or Opcode.Select or Opcode.SelectT;

    /// <summary>Before an instruction that asks whether its last operand is 0, changes a rotated one to another that is 0 at the same time.</summary>
    private void HideRotation()
    {
        if (_opcode is Opcode.I32Eq or Opcode.I32Ne or Opcode.I64Eq or Opcode.I64Ne) HideComparedRotation(leftLimit: 0, rightLimit: 0);
        else if (_opcode is Opcode.I32LtU or Opcode.I32GeU or Opcode.I64LtU or Opcode.I64GeU) HideComparedRotation(leftLimit: 0, rightLimit: 1);
        else if (_opcode is Opcode.I32GtU or Opcode.I32LeU or Opcode.I64GtU or Opcode.I64LeU) HideComparedRotation(leftLimit: 1, rightLimit: 0);
        else if (ComparesWithZero(_opcode) && MayBeRotated(in Top)) HideTop();
    }

    // A comparison with a constant on either side that asks for 0: with 0 itself, or unsigned `x < 1` and `1 > x` and their opposites.
    private void HideComparedRotation(ulong leftLimit, ulong rightLimit)
    {
        ref Operand left = ref _operands[_count - 2];
        if (Top.Home == Home.Constant && Top.Bits <= rightLimit && MayBeRotated(in left))
        {
            Operand zero = Top;
            _count--;
            HideTop();
            Push(zero);
        }
        else if (left.IsConstant && left.Bits <= leftLimit && MayBeRotated(in Top)) HideTop();
    }

    private void HideTop()
    {
        ValueKind kind = Top.Kind;
        LocalBuilder value = TakeIntoVariables(1)[0];
        _il.Emit(OpCodes.Ldloc, value);
        _il.Emit(OpCodes.Ldloc, value);
        _il.Emit(OpCodes.Ldc_I4_1);
        _il.Emit(OpCodes.Shl);
        _il.Emit(OpCodes.Or);
        Free(value, kind);
        PushStack(kind);
    }
}
