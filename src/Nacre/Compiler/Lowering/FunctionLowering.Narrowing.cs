using System.Reflection.Emit;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Keeps RyuJIT from reading less than a load says.</content>
/// <remarks>
/// Where only the low bytes of a loaded value are used, RyuJIT reads no more than those, and where none is used, four at most. A guarded
/// memory then does not fault when just the last bytes of an access lie outside. So the lowering remembers which values may come
/// straight from a load, and cuts those down by shifts and the like, through which RyuJIT does not look.
/// </remarks>
internal sealed partial class FunctionLowering
{
    // RyuJIT forwards a value from a local to its use within a stretch of straight code only.
    private readonly Dictionary<uint, int> _loadedLocals = [];
    private int _stretch;

    private bool IsLoadedLocal(uint local) => _loadedLocals.TryGetValue(local, out int stretch) && stretch == _stretch;

    private void RememberLoad(uint local, bool isLoaded)
    {
        if (isLoaded) _loadedLocals[local] = _stretch;
        else _loadedLocals.Remove(local);
    }

    /// <summary>Whether one of the topmost operands may come straight from a load, and no check was made.</summary>
    private bool AreLoaded(int count) => _code.IsGuarded && (OriginOfTop(count) & Origin.Load) != 0;

    /// <summary>Emits an instruction that uses only the low bits of a loaded value, which is on CIL's stack, its constant operand not.</summary>
    private bool TryEmitNarrowing(Opcode opcode)
    {
        switch (opcode)
        {
            case Opcode.I32WrapI64:
                EmitShifts(32, OpCodes.Shr);
                _il.Emit(OpCodes.Conv_I4);
                return true;
            case Opcode.I32Extend8S: EmitShifts(24, OpCodes.Shr); return true;
            case Opcode.I32Extend16S: EmitShifts(16, OpCodes.Shr); return true;
            case Opcode.I64Extend8S: EmitShifts(56, OpCodes.Shr); return true;
            case Opcode.I64Extend16S: EmitShifts(48, OpCodes.Shr); return true;
            case Opcode.I64Extend32S: EmitShifts(32, OpCodes.Shr); return true;
            default: return false;
        }
    }

    /// <summary>Lowers an <c>and</c> of a loaded value with a constant that keeps low bits only.</summary>
    private bool TryLowerMask()
    {
        if (_opcode is not (Opcode.I32And or Opcode.I64And) || Top.Home != Home.Constant) return false;
        ulong mask = Top.Bits;
        int bitCount = mask <= byte.MaxValue ? 8 : mask <= ushort.MaxValue ? 16 : mask <= uint.MaxValue ? 32 : 64;
        int width = Top.Kind == ValueKind.I32 ? 32 : 64;
        if (bitCount >= width) return false;

        Operand constant = Top;
        _count--;
        LoadAll();
        _il.Emit(OpCodes.Ldc_I4, bitCount);
        EmitHelper(width == 32 ? nameof(Support.LowBits) : nameof(Support.LowBitsLong));
        Top.Origin &= ~Origin.Load;
        if (mask == (1UL << bitCount) - 1) return true;     // that is all of the mask
        Push(constant);
        Take(2);
        _il.Emit(OpCodes.And);
        PushStack(constant.Kind);
        return true;
    }

    /// <summary>Prepares a loaded vector of which a lane is taken: it must have been loaded whole.</summary>
    private void PrepareLoaded()
    {
        if (Top.Kind != ValueKind.V128 || OpcodeInfo.LaneCount(_opcode) == 0) return;
        LoadAll();
        EmitHelper(nameof(Support.Whole));
    }

    private void EmitShifts(int bitCount, OpCode right)
    {
        _il.Emit(OpCodes.Ldc_I4, bitCount);
        _il.Emit(OpCodes.Shl);
        _il.Emit(OpCodes.Ldc_I4, bitCount);
        _il.Emit(right);
    }

    /// <summary>Drops a value on CIL's stack that was loaded: somebody looks at all of it.</summary>
    private void EmitUse(ValueKind kind) => EmitHelper(kind switch
    {
        ValueKind.I64 => nameof(Support.UseI64),
        ValueKind.F64 => nameof(Support.UseF64),
        _ => nameof(Support.UseV128),
    });
}
