using System.Numerics;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <content>Loads at the end of memory of which only a part is used, by an integer, a condition, a store, a shift, or a lane.</content>
internal sealed partial class BodyGenerator
{
    /// <summary>Statements that use parts of loads, and results that are such parts.</summary>
    private void Probe()
    {
        for (int count = _dice.Between(0, 2); count > 0; count--) NarrowStatement();
        foreach (ValType result in _self.Type.Results) NarrowValue(result);
    }

    /// <summary>An integer that is part of what a load reads.</summary>
    private void NarrowValue(ValType type)
    {
        if (AnyMemory(null) is not { } memory)
        {
            Leaf(type);
            return;
        }
        Narrow(NarrowUse.Any(_dice, type, x => x), memory);
        Mix(type);
    }

    private void NarrowStatement()
    {
        if (AnyMemory(null) is not { } memory) return;
        switch (_dice.Below(7))
        {
            case 0: NarrowStore(memory); break;
            case 1:
                Narrow(NarrowUse.Any(_dice, ValType.I32, IsTrue), memory);
                Open(Opcode.If, [], []);
                Change();
                Close();
                break;
            case 2:
                Open(Opcode.Block, [], []);
                Narrow(NarrowUse.Any(_dice, ValType.I32, IsTrue), memory);
                Op(Opcode.BrIf, 0);
                Change();
                Close();
                break;
            case 3:
                Constant(ValType.I32, 1);
                Constant(ValType.I32, 2);
                Narrow(NarrowUse.Any(_dice, ValType.I32, IsTrue), memory);
                Op(Opcode.Select);
                Mix(ValType.I32);
                Op(Opcode.Drop);
                break;
            case 4: NarrowSwitch(memory); break;
            case 5: NarrowLanes(memory); break;
            default:
                NarrowValue(_dice.OneOf(ValType.I32, ValType.I64));
                Op(Opcode.Drop);
                break;
        }

        static ulong IsTrue(ulong value) => value == 0 ? 0u : 1;
    }

    private void NarrowStore(int memory)
    {
        (Opcode store, ValType type, ulong mask) = _dice.OneOf<(Opcode, ValType, ulong)>((Opcode.I32Store8, ValType.I32, 0xFFul), (Opcode.I32Store16, ValType.I32, 0xFFFFul),
            (Opcode.I64Store8, ValType.I64, 0xFFul), (Opcode.I64Store16, ValType.I64, 0xFFFFul), (Opcode.I64Store32, ValType.I64, 0xFFFF_FFFFul), (Opcode.MemoryFill, ValType.I32, 0xFFul));
        ValType address = TypeOfAddress(_world.Memories[memory]);
        Constant(address, (ulong)_dice.Below(13));
        Narrow(NarrowUse.Any(_dice, type, x => x & mask), memory);
        if (store == Opcode.MemoryFill)
        {
            Constant(address, (ulong)_dice.Between(1, 3));
            Op(store, (uint)memory);
            return;
        }
        _budget--;
        Writer.Write(store, new Immediates { MemoryIndex = (uint)memory });
    }

    // Two labels; which of them is taken tells.
    private void NarrowSwitch(int memory)
    {
        int count = _dice.Between(1, 3);
        Open(Opcode.Block, [], []);
        Open(Opcode.Block, [], []);
        Narrow(NarrowUse.Any(_dice, ValType.I32, x => x < (ulong)count ? 1u : 0), memory);
        _budget--;
        Writer.Write(Opcode.BrTable, new Immediates { Labels = new uint[count], Index = 1 });
        Close();
        Change();
        Close();
    }

    // An integer as all lanes, as one of them, or as the count of a shift.
    private void NarrowLanes(int memory)
    {
        bool isShift = _dice.Once(2), isReplacement = !isShift && _dice.Once(2);
        (Opcode splat, Opcode replace, Opcode shift, ulong mask) = _dice.OneOf<(Opcode, Opcode, Opcode, ulong)>((Opcode.I8x16Splat, Opcode.I8x16ReplaceLane, Opcode.I8x16Shl, 0xFFul),
            (Opcode.I16x8Splat, Opcode.I16x8ReplaceLane, Opcode.I16x8ShrU, 0xFFFFul), (Opcode.I32x4Splat, Opcode.I32x4ReplaceLane, Opcode.I32x4ShrS, 0xFFFF_FFFFul));
        if (isShift || isReplacement) Constant(ValType.V128, 0x8181_8181_8181_8181, 0x8181_8181_8181_8181);
        int width = BitOperations.PopCount(mask);
        Narrow(NarrowUse.Any(_dice, ValType.I32, x => isShift ? x % (ulong)width : x & mask), memory);
        _budget--;
        Writer.Write(isShift ? shift : isReplacement ? replace : splat, new Immediates { Lane = (byte)_dice.Below(isReplacement ? 64 / width : 0) });
        Writer.Write(Opcode.I64x2ExtractLane, default(Immediates));
        Mix(ValType.I64);
        Op(Opcode.Drop);
    }

    /// <summary>The load and its steps. The first operands of the last steps come first.</summary>
    private void Narrow(NarrowUse use, int memory)
    {
        for (int i = use.Steps.Length - 1; i >= 0; i--)
            if (use.Steps[i] is { IsConstantFirst: true, Constant: { } first } step) Constant(step.Type, first);
        LoadAtEnd(use.Source, memory);
        foreach (NarrowStep step in use.Steps)
        {
            if (_dice.Once(6)) ThroughLocal(step.Type);
            if (step is { IsConstantFirst: false, Constant: { } second }) Constant(step.Type, second);
            Op(step.Opcode);
        }
    }

    private void ThroughLocal(ValType type)
    {
        uint local = Scratch(type);
        Op(Opcode.LocalSet, local);
        Op(Opcode.LocalGet, local);
    }

    private void LoadAtEnd(NarrowSource source, int memory)
    {
        MemoryType type = _world.Memories[memory];
        uint byteCount = (uint)OpcodeInfo.NaturalAlignment(source.Load);
        var immediates = new Immediates { MemoryIndex = (uint)memory };
        if (OpcodeInfo.Feature(source.Load).HasFlag(WasmFeatures.Threads)) immediates.AlignLog2 = (uint)BitOperations.Log2(byteCount);
        AddressAtEnd(TypeOfAddress(type), type.Limits.Minimum << type.PageSizeLog2, byteCount, ref immediates);
        _budget--;
        Writer.Write(source.Load, immediates);
        if (source.ToInteger is not { } conversion) return;
        if (_dice.Once(6)) ThroughLocal(OpcodeInfo.Results(source.Load)[0].ToValType(AddressType.I32));
        _budget--;
        Writer.Write(conversion, new Immediates { Lane = (byte)_dice.Below(source.LaneCount) });
    }

    // From the last address inside by a few bytes on. Arguments choose among these where they can, so that a call passes what the next does not.
    private void AddressAtEnd(ValType type, ulong length, uint byteCount, ref Immediates immediates)
    {
        ulong last = length - byteCount;
        int spread = _dice.OneOf(0, 1, 3, 7, 15);
        if (spread == 0 || AnyLocal(local => local == type || local == ValType.I32) is not { } local)
        {
            ulong at = last - 1 + (ulong)_dice.Below((int)byteCount + 1);
            immediates.Offset = _dice.Once(2) ? 0 : (ulong)_dice.Below((int)Math.Min(at, 5000) + 1);
            Pinned(type, at - immediates.Offset);
            return;
        }
        ulong first = last - Math.Min(last, (ulong)_dice.Below(spread + 1));
        bool isOffset = _dice.Once(2);
        if (isOffset) immediates.Offset = first;
        Op(Opcode.LocalGet, local);
        if (_locals[(int)local] != type) Op(Opcode.I64ExtendI32U);
        Constant(type, (ulong)spread);
        Op(type == ValType.I64 ? Opcode.I64And : Opcode.I32And);
        if (isOffset) return;
        Constant(type, first);
        Op(type == ValType.I64 ? Opcode.I64Add : Opcode.I32Add);
    }

    /// <summary>Mixes the integer on the stack into the digest, and leaves it.</summary>
    private void Mix(ValType type)
    {
        uint value = Scratch(type);
        Op(Opcode.LocalTee, value);
        Op(Opcode.LocalGet, value);
        if (type == ValType.I32) Op(Opcode.I64ExtendI32U);
        MixIn();
    }

    // What tells that this was reached.
    private void Change()
    {
        Constant(ValType.I64, _dice.Next() | 1);
        MixIn();
    }

    private void MixIn()
    {
        Op(Opcode.GlobalGet, World.Digest);
        Constant(ValType.I64, 7);
        Op(Opcode.I64Rotl);
        Op(Opcode.I64Xor);
        Op(Opcode.GlobalSet, World.Digest);
    }
}
