using System.Reflection.Emit;
using Nacre.Binary;
using Nacre.Runtime;
using Nacre.Syntax;
using OperandType = Nacre.Syntax.OperandType;

namespace Nacre.Compiler;

/// <content>Accesses to memories. Spec: Execution, Instructions, Memory Instructions.</content>
internal sealed unsafe partial class FunctionLowering
{
    private void LowerMemoryAccess(ref InstructionReader reader)
    {
        AddressType address = _module.Memories[(int)reader.MemoryIndex].Address;
        var access = new Access(reader.MemoryIndex, reader.Offset, (uint)OpcodeInfo.NaturalAlignment(_opcode), address);
        ReadOnlySpan<OperandType> operands = OpcodeInfo.Operands(_opcode);
        if (OpcodeInfo.Prefix(_opcode) == AtomicPrefix) LowerAtomic(access, operands.Length);
        else if (operands.Length == 1) LowerLoad(access, ref reader);
        else LowerStore(access, ref reader);
    }

    private const byte AtomicPrefix = 0xFE;

    /// <summary>What is known of an access: the memory, the static part of the address, and how many bytes.</summary>
    private readonly record struct Access(uint Memory, ulong Offset, uint ByteCount, AddressType Address);

    private void LowerLoad(Access access, ref InstructionReader reader)
    {
        Take(1);
        EmitAddress(access);
        if (LoadOf(_opcode) is { } load)
        {
            if (access.ByteCount > 1) _il.Emit(OpCodes.Unaligned, (byte)1);
            _il.Emit(load);
            if (IsLongLoad(_opcode)) _il.Emit(IsUnsignedLoad(_opcode) ? OpCodes.Conv_U8 : OpCodes.Conv_I8);
        }
        else EmitMeaning(ref reader);
        PushStack(ValueKinds.Of(OpcodeInfo.Results(_opcode)[0], access.Address));
        if (access.ByteCount > 1) Top.Origin = Origin.Load;
    }

    // Stores, and loads of a lane of a vector that is given.
    private void LowerStore(Access access, ref InstructionReader reader)
    {
        if (access.ByteCount < Top.Kind.ByteCount()) PrepareLoadedPart((int)access.ByteCount);
        ValueKind kind = Top.Kind;
        LocalBuilder value;
        Operand pending = Top;
        bool isOnStack = pending.Home == Home.Stack;
        if (isOnStack) value = TakeIntoVariables(1)[0];
        else
        {
            value = null!;
            _count--;
        }
        Take(1);
        EmitAddress(access);
        if (isOnStack)
        {
            _il.Emit(OpCodes.Ldloc, value);
            Free(value, kind);
        }
        else
        {
            EmitLoad(in pending);
            Forget(ref pending);
        }
        if (StoreOf(_opcode) is { } store)
        {
            if (access.ByteCount > 1) _il.Emit(OpCodes.Unaligned, (byte)1);
            _il.Emit(store);
        }
        else EmitMeaning(ref reader);
        if (OpcodeInfo.Results(_opcode).Length > 0) PushStack(ValueKind.V128);
    }

    private static OpCode? LoadOf(Opcode opcode) => opcode switch
    {
        Opcode.I32Load or Opcode.I64Load32S => OpCodes.Ldind_I4,
        Opcode.I64Load => OpCodes.Ldind_I8,
        Opcode.F32Load => OpCodes.Ldind_R4,
        Opcode.F64Load => OpCodes.Ldind_R8,
        Opcode.I32Load8S or Opcode.I64Load8S => OpCodes.Ldind_I1,
        Opcode.I32Load8U or Opcode.I64Load8U => OpCodes.Ldind_U1,
        Opcode.I32Load16S or Opcode.I64Load16S => OpCodes.Ldind_I2,
        Opcode.I32Load16U or Opcode.I64Load16U => OpCodes.Ldind_U2,
        Opcode.I64Load32U => OpCodes.Ldind_U4,
        _ => null,
    };

    private static bool IsLongLoad(Opcode opcode) => opcode is >= Opcode.I64Load8S and <= Opcode.I64Load32U;

    private static bool IsUnsignedLoad(Opcode opcode) => opcode is Opcode.I64Load8U or Opcode.I64Load16U or Opcode.I64Load32U;

    private static OpCode? StoreOf(Opcode opcode) => opcode switch
    {
        Opcode.I32Store or Opcode.I64Store32 => OpCodes.Stind_I4,
        Opcode.I64Store => OpCodes.Stind_I8,
        Opcode.F32Store => OpCodes.Stind_R4,
        Opcode.F64Store => OpCodes.Stind_R8,
        Opcode.I32Store8 or Opcode.I64Store8 => OpCodes.Stind_I1,
        Opcode.I32Store16 or Opcode.I64Store16 => OpCodes.Stind_I2,
        _ => null,
    };

    /// <summary>The machine's address takes the place of the guest's on CIL's stack; the access cannot leave the memory.</summary>
    private void EmitAddress(Access access)
    {
        bool isShort = access.Address == AddressType.I32 && access.Offset <= uint.MaxValue;
        if (!isShort) EmitFarAddress(access);
        else if (access.Memory == 0 && _code.IsGuarded && access.Offset <= GuardPages.MaxStaticOffset) EmitGuardedAddress(access.Offset);
        else EmitCheckedAddress(access);
    }

    // What lies between the last byte of the memory and the end of the reservation faults.
    private void EmitGuardedAddress(ulong offset)
    {
        _il.Emit(OpCodes.Conv_U8);
        _il.Emit(OpCodes.Ldloc, _base!);
        _il.Emit(OpCodes.Add);
        EmitAddOffset(offset);
    }

    private void EmitAddOffset(ulong offset)
    {
        if (offset == 0) return;
        EmitInt64((long)offset);
        _il.Emit(OpCodes.Add);
    }

    // The check is a subtraction that overflows when the access ends beyond the memory: unlike a comparison and a branch, it leaves the
    // expression in one piece, and RyuJIT merges equal ones.
    private void EmitCheckedAddress(Access access)
    {
        LocalBuilder index = Rent(ValueKind.I64);
        _il.Emit(OpCodes.Conv_U8);
        _il.Emit(OpCodes.Stloc, index);
        bool isAtHand = access.Memory == 0 && _byteLength is not null;
        ulong end = access.Offset + access.ByteCount;
        bool isLongEnough = end <= MinimumByteCount(access.Memory);
        if (isAtHand) _il.Emit(OpCodes.Ldloc, _byteLength!);
        else
        {
            EmitMemoryCell(access.Memory);
            _il.Emit(OpCodes.Ldfld, Members.MemoryByteLength);
        }
        if (isLongEnough)
        {
            // The last index that is allowed does not change in a loop.
            EmitInt64((long)end);
            _il.Emit(OpCodes.Sub);
        }
        _il.Emit(OpCodes.Ldloc, index);
        if (!isLongEnough) EmitAddOffset(end);
        _il.Emit(OpCodes.Sub_Ovf_Un);
        _il.Emit(OpCodes.Pop);
        if (isAtHand) _il.Emit(OpCodes.Ldloc, _base!);
        else
        {
            EmitMemoryCell(access.Memory);
            _il.Emit(OpCodes.Ldfld, Members.MemoryBase);
        }
        _il.Emit(OpCodes.Ldloc, index);
        _il.Emit(OpCodes.Add);
        EmitAddOffset(access.Offset);
        Free(index, ValueKind.I64);
    }

    // No memory becomes shorter than it was declared.
    private ulong MinimumByteCount(uint memory)
    {
        MemoryType type = _module.Memories[(int)memory];
        return type.Limits.Minimum * type.PageByteCount;
    }

    private void EmitFarAddress(Access access)
    {
        EmitFarOperands(access);
        EmitHelper(nameof(Support.Address));
    }

    private void EmitFarOperands(Access access)
    {
        LocalBuilder index = Rent(ValueKind.I64);
        if (access.Address == AddressType.I32) _il.Emit(OpCodes.Conv_U8);
        _il.Emit(OpCodes.Stloc, index);
        EmitMemoryCell(access.Memory);
        _il.Emit(OpCodes.Ldloc, index);
        _il.Emit(OpCodes.Ldc_I8, (long)access.Offset);
        _il.Emit(OpCodes.Ldc_I4, (int)access.ByteCount);
        Free(index, ValueKind.I64);
    }

    private void EmitMemoryCell(uint memory)
    {
        if (memory == 0)
        {
            _il.Emit(OpCodes.Ldloc, _memory!);
            return;
        }
        EmitContextField(Members.MemoryCells);
        _il.Emit(OpCodes.Ldc_I4, (int)memory * sizeof(MemoryCell*));
        _il.Emit(OpCodes.Conv_I);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldind_I);
    }

    private void LowerAtomic(Access access, int operandCount)
    {
        if (_opcode is Opcode.MemoryAtomicWait32 or Opcode.MemoryAtomicWait64 or Opcode.MemoryAtomicNotify)
        {
            LowerWait(access, operandCount);
            return;
        }
        ValueKind[] kinds = OperandKinds(access.Address);
        LocalBuilder[] values = TakeIntoVariables(operandCount);
        _il.Emit(OpCodes.Ldloc, values[0]);
        EmitFarOperands(access);
        EmitHelper(nameof(Support.AtomicAddress));
        for (int i = 1; i < values.Length; i++) _il.Emit(OpCodes.Ldloc, values[i]);
        Free(values, kinds);
        _il.Emit(OpCodes.Call, Members.MeaningOf(_opcode));
        foreach (OperandType result in OpcodeInfo.Results(_opcode)) PushStack(ValueKinds.Of(result, access.Address));
    }

    private ValueKind[] OperandKinds(AddressType address)
    {
        ReadOnlySpan<OperandType> operands = OpcodeInfo.Operands(_opcode);
        var kinds = new ValueKind[operands.Length];
        for (int i = 0; i < kinds.Length; i++) kinds[i] = ValueKinds.Of(operands[i], address);
        return kinds;
    }

    private void LowerWait(Access access, int operandCount)
    {
        ValueKind[] kinds = OperandKinds(access.Address);
        LocalBuilder[] values = TakeIntoVariables(operandCount);
        EmitWide(values[0], kinds[0]);
        for (int i = 1; i < values.Length; i++) _il.Emit(OpCodes.Ldloc, values[i]);
        Free(values, kinds);
        EmitContext();
        _il.Emit(OpCodes.Ldc_I4, (int)access.Memory);
        _il.Emit(OpCodes.Ldc_I8, (long)access.Offset);
        EmitHelper(_opcode switch
        {
            Opcode.MemoryAtomicWait32 => nameof(Support.Wait32),
            Opcode.MemoryAtomicWait64 => nameof(Support.Wait64),
            _ => nameof(Support.Notify),
        });
        PushStack(ValueKind.I32);
    }

    /// <summary>Loads an address, index or count, extended to 64 bits.</summary>
    private void EmitWide(LocalBuilder value, ValueKind kind)
    {
        _il.Emit(OpCodes.Ldloc, value);
        if (kind == ValueKind.I32) _il.Emit(OpCodes.Conv_U8);
    }
}
