using System.Numerics;
using Nacre.Binary;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <content>Immediates of plain instructions, and addresses: most inside their memory, many at its very end.</content>
internal sealed partial class BodyGenerator
{
    private bool TryChooseImmediates(Opcode opcode, ValType? wanted, out Immediates immediates, out AddressType address)
    {
        immediates = default;
        address = AddressType.I32;
        immediates.Lane = (byte)_dice.Below(OpcodeInfo.LaneCount(opcode));
        bool isSize = OpcodeInfo.Results(opcode) is [OperandType.Address, ..];
        int natural = OpcodeInfo.NaturalAlignment(opcode);
        switch (OpcodeInfo.Shape(opcode))
        {
            case ImmediateShape.Lanes:
                immediates.Bits = Lanes();
                immediates.BitsHigh = Lanes();
                return true;
            case ImmediateShape.Memory or ImmediateShape.DataMemory:
                if (AnyMemory(isSize ? wanted : null) is not { } memory) return false;
                address = _world.Memories[memory].Address;
                if (HasSegment(opcode))
                {
                    if (_world.Data.Count == 0) return false;
                    (immediates.Index, immediates.Index2) = ((uint)_dice.Below(_world.Data.Count), (uint)memory);
                }
                else immediates.Index = (uint)memory;
                return true;
            case ImmediateShape.Table:
                int table = _dice.Below(_world.Tables.Count);
                address = _world.Tables[table].Address;
                immediates.Index = (uint)table;
                return !isSize || wanted == (address == AddressType.I64 ? ValType.I64 : ValType.I32);
            case ImmediateShape.Data:
                immediates.Index = (uint)_dice.Below(_world.Data.Count);
                return _world.Data.Count > 0;
            case ImmediateShape.Elem:
                immediates.Index = (uint)_dice.Below(_world.Segments.Count);
                return _world.Segments.Count > 0;
        }
        if (natural == 0) return true;
        if (AnyMemory(null) is not { } accessed) return false;
        uint log2 = (uint)BitOperations.Log2((uint)natural);
        address = _world.Memories[accessed].Address;
        immediates.MemoryIndex = (uint)accessed;
        immediates.AlignLog2 = OpcodeInfo.Feature(opcode).HasFlag(WasmFeatures.Threads) ? log2 : (uint)_dice.Below((int)log2 + 1);
        return true;
    }

    // Lanes of both operands, 0 to 31.
    private ulong Lanes() => _dice.Next() & 0x1F1F_1F1F_1F1F_1F1F;

    private int? AnyMemory(ValType? addressType)
    {
        if (_world.Memories.Count == 0) return null;
        int memory = _dice.Percent(60) ? 0 : _dice.Below(_world.Memories.Count);
        bool fits = addressType is not { } type || type == TypeOfAddress(_world.Memories[memory]);
        return fits ? memory : null;
    }

    private static ValType TypeOfAddress(MemoryType memory) => memory.Address == AddressType.I64 ? ValType.I64 : ValType.I32;

    private static bool IsAccess(Opcode opcode) => OpcodeInfo.NaturalAlignment(opcode) > 0;

    /// <summary>The address of an access, and its static offset.</summary>
    /// <returns>Whether the access may straddle the end.</returns>
    private bool Address(Opcode opcode, ref Immediates immediates)
    {
        MemoryType memory = _world.Memories[(int)immediates.MemoryIndex];
        ValType type = TypeOfAddress(memory);
        ulong length = memory.Limits.Minimum << memory.PageSizeLog2;
        uint byteCount = (uint)OpcodeInfo.NaturalAlignment(opcode);
        bool isAtomic = OpcodeInfo.Feature(opcode).HasFlag(WasmFeatures.Threads);
        int edge = _world.IsEdgy ? 14 : 4;
        int way = _dice.Weighted(40, 34, edge, edge / 2, 1, isAtomic ? 0 : 6);
        switch (way)
        {
            case 0:
                immediates.Offset = length > 64 && _dice.Once(3) ? (ulong)_dice.Below(64) & ~15ul : 0;
                Constant(type, (ulong)_dice.Below((int)Math.Min(length - immediates.Offset, 256)) & (isAtomic ? ~7ul : ~0ul));
                break;
            case 1:
                Expression(type);
                MaskAddress(type, length, byteCount, isAtomic);
                break;
            case 2:      // around the end: inside, straddling, beyond
                ulong at = length - Math.Min(length, (ulong)_dice.Below((2 * (int)byteCount) + 2)) + (_dice.Once(4) ? (ulong)_dice.Below(3) : 0);
                immediates.Offset = _dice.Below(3) switch { 0 => 0, 1 => at, _ => (ulong)_dice.Below((int)Math.Min(at, 5000) + 1) };
                Pinned(type, at - immediates.Offset);
                break;
            case 3:      // what wraps around, or would with 32 bits
                immediates.Offset = _dice.Below(8) switch
                {
                    0 => 0xFFFF_FFFF,
                    1 => 0xFFFF_FFF0,
                    2 => GuardPages.MaxStaticOffset + (ulong)_dice.Below(5) - 2,
                    3 => 0x7FFF_FFFF,
                    4 => 0xFFFF_0000,
                    5 when memory.Address == AddressType.I64 => _dice.OneOf<ulong>(0xFFFF_FFFF_FFFF_FFFF, 0x1_0000_0000, 0x8000_0000_0000_0000),
                    _ => (ulong)_dice.Below(64),
                };
                Pinned(type, 0 - (ulong)_dice.Below(20));
                break;
            case 4: Expression(type); break;
            default:     // a local that is an address, so that the same check is made twice
                if (AnyLocal(local => local == type) is { } index) Op(Opcode.LocalGet, index);
                else Leaf(type);
                MaskAddress(type, length, byteCount, isAtomic: false);
                immediates.Offset = (ulong)_dice.Below(16);
                break;
        }
        return way is 2 or 3 or 4 || length < 256;
    }

    // RyuJIT reads no more than four bytes of a load whose value nobody wants. Where that matters, somebody does.
    private void Observe(ValType type)
    {
        uint value = Scratch(type);
        Op(Opcode.LocalSet, value);
        Op(Opcode.LocalGet, value);
        if (type == ValType.F64) Op(Opcode.I64ReinterpretF64);
        if (type == ValType.V128)
        {
            Writer.Write(Opcode.I64x2ExtractLane, new Immediates { Lane = 0 });
            Constant(ValType.I64, 7);
            Op(Opcode.I64Rotl);
            Op(Opcode.LocalGet, value);
            Writer.Write(Opcode.I64x2ExtractLane, new Immediates { Lane = 1 });
            Op(Opcode.I64Xor);
        }
        Op(Opcode.GlobalSet, World.Digest);
        Op(Opcode.LocalGet, value);
    }

    private void MaskAddress(ValType type, ulong length, uint byteCount, bool isAtomic)
    {
        ulong mask = length < 64 ? 15 : _dice.OneOf(31ul, 63ul, (ulong)BitOperations.RoundUpToPowerOf2((uint)length) / 2 - 1);
        if (isAtomic) mask &= ~(ulong)(byteCount - 1);
        Constant(type, mask);
        Op(type == ValType.I64 ? Opcode.I64And : Opcode.I32And);
    }

    // A number that the compiler knows, or that it does not.
    private void Pinned(ValType type, ulong value)
    {
        if (type == ValType.I32) value = (uint)value;
        Constant(type, value);
        if (_dice.Once(2)) return;
        uint local = Scratch(type);
        Op(Opcode.LocalSet, local);
        if (_dice.Once(2))
        {
            // Zero, of which nobody knows.
            Op(Opcode.GlobalGet, World.Countdown);
            Constant(ValType.I32, 31);
            Op(Opcode.I32ShrU);
            if (type == ValType.I64) Op(Opcode.I64ExtendI32U);
            Op(Opcode.LocalGet, local);
            Op(type == ValType.I64 ? Opcode.I64Add : Opcode.I32Add);
        }
        else Op(Opcode.LocalGet, local);
    }

    private void CopyMemory()
    {
        if (_world.Memories.Count == 0) return;
        int target = _dice.Below(_world.Memories.Count), source = _dice.Below(_world.Memories.Count);
        AddressType to = _world.Memories[target].Address, from = _world.Memories[source].Address;
        SmallNumber(TypeOfAddress(_world.Memories[target]));
        SmallNumber(TypeOfAddress(_world.Memories[source]));
        SmallNumber(to == AddressType.I64 && from == AddressType.I64 ? ValType.I64 : ValType.I32);
        Op(Opcode.MemoryCopy, (uint)target, (uint)source);
    }
}
