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
        if (!IsAnd(_opcode)) return false;
        ref Operand below = ref _operands[_count - 2];
        if (below.Home == Home.Constant && Top.Home != Home.Constant)
        {
            Reach(2);       // the constant may have been settled, and the other be on CIL's stack
            (below, Top) = (Top, below);
        }
        if (Top.Home != Home.Constant) return false;
        ulong mask = Top.Bits;
        int bitCount = mask <= byte.MaxValue ? 8 : mask <= ushort.MaxValue ? 16 : mask <= uint.MaxValue ? 32 : 64;
        int width = Top.Kind == ValueKind.I32 ? 32 : 64;
        if (bitCount >= width) return false;

        Operand constant = Top;
        _count--;
        KeepLowBits(bitCount);
        if (mask == (1UL << bitCount) - 1) return true;     // that is all of the mask
        Push(constant);
        Take(2);
        _il.Emit(OpCodes.And);
        PushStack(constant.Kind);
        return true;
    }

    /// <summary>Prepares a loaded value of which the instruction at hand uses a part: it must have been loaded whole.</summary>
    private void PrepareLoaded()
    {
        if (LowBitsUsed(_opcode) is > 0 and var bitCount && (OriginOf(in Top) & Origin.Load) != 0)
        {
            KeepLowBits(bitCount);
            return;
        }
        // What RyuJIT knows to be a mask may be anywhere: it believes comparisons that were passed.
        if (IsAnd(_opcode) || IsRemainder(_opcode) || TakesLowLanes(_opcode))
        {
            Hide(Origin.Load, OpcodeInfo.Operands(_opcode).Length);
            return;
        }
        if (Top.Kind != ValueKind.V128 || OpcodeInfo.LaneCount(_opcode) == 0) return;
        Load(1);
        EmitHelper(nameof(Support.Whole));
    }

    /// <summary>Prepares the topmost operand, of which so many bytes are stored, if it was loaded.</summary>
    private void PrepareLoadedPart(int byteCount)
    {
        const int BitsPerByte = 8;
        if (!AreLoaded(1)) return;
        if (Top.Kind == ValueKind.V128) Hide(Origin.Load, operandCount: 1);
        else KeepLowBits(byteCount * BitsPerByte);
    }

    // By an instruction through which RyuJIT does not look.
    private void KeepLowBits(int bitCount)
    {
        Load(1);
        _il.Emit(OpCodes.Ldc_I4, bitCount);
        EmitHelper(Top.Kind == ValueKind.I32 ? nameof(Support.LowBits) : nameof(Support.LowBitsLong));
        Top.Origin &= ~Origin.Load;
    }

    // How many bits of its last operand an instruction uses, where those are not all.
    private static int LowBitsUsed(Opcode opcode) => opcode switch
    {
        Opcode.I8x16Splat or Opcode.I8x16ReplaceLane => 8,
        Opcode.I16x8Splat or Opcode.I16x8ReplaceLane => 16,
        Opcode.I64Shl or Opcode.I64ShrS or Opcode.I64ShrU or Opcode.I64Rotl or Opcode.I64Rotr => 6,
        Opcode.I8x16Shl or Opcode.I8x16ShrS or Opcode.I8x16ShrU => 3,
        Opcode.I16x8Shl or Opcode.I16x8ShrS or Opcode.I16x8ShrU => 4,
        Opcode.I32x4Shl or Opcode.I32x4ShrS or Opcode.I32x4ShrU => 5,
        Opcode.I64x2Shl or Opcode.I64x2ShrS or Opcode.I64x2ShrU => 6,
        _ => 0,
    };

    // Of a division by a power of two, RyuJIT makes a mask.
    private static bool IsRemainder(Opcode opcode) => opcode is Opcode.I32RemS or Opcode.I32RemU or Opcode.I64RemS or Opcode.I64RemU;

    private static bool IsAnd(Opcode opcode) => opcode is Opcode.I32And or Opcode.I64And;

    // Whether an instruction may use only the first half of a vector.
    private static bool TakesLowLanes(Opcode opcode) => opcode
        is Opcode.I8x16Shuffle or Opcode.F64x2ConvertLowI32x4S or Opcode.F64x2ConvertLowI32x4U or Opcode.F64x2PromoteLowF32x4
        or Opcode.I16x8ExtendLowI8x16S or Opcode.I16x8ExtendLowI8x16U or Opcode.I32x4ExtendLowI16x8S or Opcode.I32x4ExtendLowI16x8U
        or Opcode.I64x2ExtendLowI32x4S or Opcode.I64x2ExtendLowI32x4U
        or Opcode.I16x8ExtmulLowI8x16S or Opcode.I16x8ExtmulLowI8x16U or Opcode.I32x4ExtmulLowI16x8S or Opcode.I32x4ExtmulLowI16x8U
        or Opcode.I64x2ExtmulLowI32x4S or Opcode.I64x2ExtmulLowI32x4U;

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
