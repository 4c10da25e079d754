using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <content>Memories and tables.</content>
internal static unsafe partial class Support
{
    /// <summary>The address of an access, checked.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="index">The dynamic part of the address, in bytes.</param>
    /// <param name="offset">The static part of the address, in bytes.</param>
    /// <param name="byteCount">How many bytes are accessed.</param>
    /// <exception cref="TrapException">The access reaches beyond the memory.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Address(MemoryCell* memory, ulong index, ulong offset, uint byteCount)
    {
        ulong address = index + offset;
        ulong length = memory->ByteLength;
        if (address < offset || length < byteCount || address > length - byteCount) Trap.Throw(TrapKind.MemoryOutOfBounds);
        return memory->Base + address;
    }

    /// <summary>The same for an atomic access, which must be aligned.</summary>
    /// <exception cref="TrapException">The access reaches beyond the memory, or is not aligned.</exception>
    public static byte* AtomicAddress(MemoryCell* memory, ulong index, ulong offset, uint byteCount)
    {
        byte* address = Address(memory, index, offset, byteCount);
        if (((nuint)address & (byteCount - 1)) != 0) Trap.Throw(TrapKind.UnalignedAtomic);
        return address;
    }

    /// <summary>Looks at all of a value that is loaded and dropped.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void UseI64(long value) => _ = value;

    /// <inheritdoc cref="UseI64"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void UseF64(double value) => _ = value;

    /// <inheritdoc cref="UseI64"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void UseV128(Vector128<byte> value) => _ = value;

    /// <summary>A vector of which only a lane is used, but all of which must have been loaded.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector128<byte> Whole(Vector128<byte> value) => value;

    /// <summary>The low bits of a value, by instructions through which RyuJIT does not look.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LowBits(int value, int bitCount)
        => Bmi2.IsSupported ? (int)Bmi2.ZeroHighBits((uint)value, (uint)bitCount) : (int)((uint)value << (32 - bitCount) >> (32 - bitCount));

    /// <inheritdoc cref="LowBits"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long LowBitsLong(long value, int bitCount)
        => Bmi2.X64.IsSupported
            ? (long)Bmi2.X64.ZeroHighBits((ulong)value, (ulong)bitCount)
            : (long)((ulong)value << (64 - bitCount) >> (64 - bitCount));

    /// <summary>The bytes of a number in the opposite order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReverseBytes(int value) => BinaryPrimitives.ReverseEndianness(value);

    /// <summary>Sees to it that an array has room for so many operands, and keeps those that are there.</summary>
    public static void EnsureOperands<T>(ref T[]? operands, int count)
    {
        if (operands is null || operands.Length < count) System.Array.Resize(ref operands, count * 2);
    }

    public static long MemorySize(InstanceContext context, int memory) => (long)context.Instance.Memories[memory].PageCount;

    public static long MemoryGrow(ulong delta, InstanceContext context, int memory) => context.Instance.Memories[memory].Grow(delta);

    public static void MemoryFill(ulong offset, int value, ulong count, InstanceContext context, int memory)
        => context.Instance.Memories[memory].Fill(offset, (byte)value, count);

    public static void MemoryCopy(ulong target, ulong source, ulong count, InstanceContext context, int targetMemory, int sourceMemory)
    {
        MemoryInstance[] memories = context.Instance.Memories;
        MemoryInstance.Copy(memories[targetMemory], target, memories[sourceMemory], source, count);
    }

    public static void MemoryInit(ulong target, ulong source, ulong count, InstanceContext context, int memory, int segment)
        => context.Instance.Memories[memory].Init(target, context.Instance.Data[segment].Span, source, count);

    public static void DataDrop(InstanceContext context, int segment) => context.Instance.DropData((uint)segment);

    public static int Wait32(ulong index, int expected, long timeoutNanoseconds, InstanceContext context, int memory, ulong offset)
    {
        byte* address = AtomicAddress(context.MemoryCells[memory], index, offset, sizeof(int));
        return Wait(context, memory, address, timeoutNanoseconds, () => Meanings.I32AtomicLoad(address) == expected);
    }

    public static int Wait64(ulong index, long expected, long timeoutNanoseconds, InstanceContext context, int memory, ulong offset)
    {
        byte* address = AtomicAddress(context.MemoryCells[memory], index, offset, sizeof(long));
        return Wait(context, memory, address, timeoutNanoseconds, () => Meanings.I64AtomicLoad(address) == expected);
    }

    private static int Wait(InstanceContext context, int memory, byte* address, long timeoutNanoseconds, Func<bool> holdsExpected)
        => (int)context.Instance.Memories[memory].Wait(
            address, holdsExpected, timeoutNanoseconds, context.Store.TimeProvider, context.Store.ThrowIfInterrupted);

    public static int Notify(ulong index, int count, InstanceContext context, int memory, ulong offset)
    {
        byte* address = AtomicAddress(context.MemoryCells[memory], index, offset, sizeof(int));
        return (int)context.Instance.Memories[memory].Notify(address, (uint)count);
    }

    public static object? TableGet(ulong index, InstanceContext context, int table) => context.Tables[table].Get(index);

    public static void TableSet(ulong index, object? value, InstanceContext context, int table) => context.Tables[table].Set(index, value);

    public static long TableSize(InstanceContext context, int table) => context.Tables[table].Size;

    public static long TableGrow(object? value, ulong delta, InstanceContext context, int table) => context.Tables[table].Grow(delta, value);

    public static void TableFill(ulong index, object? value, ulong count, InstanceContext context, int table)
        => context.Tables[table].Fill(index, value, count);

    public static void TableCopy(ulong target, ulong source, ulong count, InstanceContext context, int targetTable, int sourceTable)
        => TableInstance.Copy(context.Tables[targetTable], target, context.Tables[sourceTable], source, count);

    public static void TableInit(ulong target, ulong source, ulong count, InstanceContext context, int table, int segment)
        => context.Tables[table].Init(target, context.Instance.Elements[segment], source, count);

    public static void ElemDrop(InstanceContext context, int segment) => context.Instance.DropElements((uint)segment);

    public static object RefFunc(InstanceContext context, int function) => context.Instance.Function((uint)function);

    public static object? GlobalReference(InstanceContext context, int global) => context.Globals[global].Reference;

    public static void SetGlobalReference(object? value, InstanceContext context, int global) => context.Globals[global].Reference = value;
}
