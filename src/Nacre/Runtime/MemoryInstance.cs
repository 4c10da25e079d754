using System.Runtime.InteropServices;
using Nacre.Syntax;

namespace Nacre.Runtime;

/// <summary>A linear memory.</summary>
/// <remarks>
/// Spec: Execution, Runtime Structure, Memory Instances.
/// Safe because every range is compared with the length read at that moment before it is touched, the length only grows, bytes are
/// committed before they are counted in it, and address space is freed only by <see cref="Dispose"/> or the finalizer: what was
/// outgrown is kept until then, so that a span over it stays harmless. Compiled code may leave out its checks only where
/// <see cref="IsGuarded"/> holds, and then stays inside a slot of <see cref="GuardPages"/> by the form of its accesses.
/// A memory that is not shared is used by one thread at a time. A shared memory never moves and grows under a lock.
/// </remarks>
internal sealed unsafe class MemoryInstance : IDisposable
{
    // A 32-bit memory gets its whole address range; a 64-bit one starts with as much and moves when that does not suffice.
    private const ulong ReservedByteCount = 1UL << 32;

    private const int Undecided = 0, Guarded = 1, Unguarded = 2;

    private readonly CellArena _arena;      // keeps the cell alive
    private readonly ResourceBudget _budget;
    private readonly ulong _maximumPageCount;
    private readonly Lock _growing = new();
    private GrowingArray<AddressSpace> _outgrown;
    private AddressSpace _space;
    private volatile int _guarding = Undecided;

    /// <summary>Creates a memory of the minimal size of its type, filled with zeros.</summary>
    /// <param name="arena">Where its cell lies.</param>
    /// <param name="budget">What it and others may take together.</param>
    /// <param name="type">How many pages there can be, and how addresses look.</param>
    /// <param name="wantsGuardPages">Whether it is to be guarded, if it can be.</param>
    /// <exception cref="ExhaustionException">The store's limits or the machine do not allow that size.</exception>
    public MemoryInstance(CellArena arena, ResourceBudget budget, MemoryType type, bool wantsGuardPages)
    {
        ulong minimum = type.Limits.Minimum;
        _arena = arena;
        _budget = budget;
        _maximumPageCount = Math.Min(type.Limits.Maximum ?? ulong.MaxValue, PageCountLimit(type));
        Type = type;
        Waiting = type.IsShared ? WaitQueue.Create() : null;
        if (minimum > _maximumPageCount || !budget.TryTakeMemory(minimum << type.PageSizeLog2))
            throw ResourceBudget.Exhausted($"a memory of {minimum} pages exceeds the limit of {budget.Limits.MaxMemoryByteCount} bytes");

        ulong byteCount = minimum << type.PageSizeLog2;
        AddressSpace? space = wantsGuardPages && CanBeGuarded(type) ? GuardedAddressSpace.TryTake(byteCount) : null;
        space ??= AddressSpace.TryCreate(WantedByteCount(byteCount), byteCount);
        if (space is null)
        {
            budget.ReturnMemory(byteCount);
            throw ResourceBudget.Exhausted($"the system has no room for a memory of {minimum} pages");
        }
        _space = space;
        Cell = (MemoryCell*)arena.Allocate(sizeof(MemoryCell) / sizeof(ulong));
        Cell->Base = space.Base;
        Cell->ByteLength = byteCount;
    }

    /// <summary>The declared type.</summary>
    public MemoryType Type { get; }

    /// <summary>Base and length, for running code. Lies in the store's arena and does not move.</summary>
    public MemoryCell* Cell { get; }

    /// <summary>
    /// Whether the processor keeps accesses inside, as <see cref="GuardPages"/> says: <see cref="MemoryCell.Base"/> is fixed for life,
    /// and code may leave out its checks. False when that was not wanted, the type does not allow it, or there was no room.
    /// </summary>
    /// <remarks>Decided when first asked for, by any thread: before, nobody relies on it, and the decision may take milliseconds.</remarks>
    public bool IsGuarded
    {
        get
        {
            if (_space is not GuardedAddressSpace) return false;
            if (_guarding == Undecided) Interlocked.CompareExchange(ref _guarding, GuardPages.AreInForce ? Guarded : Unguarded, Undecided);
            return _guarding == Guarded;
        }
    }

    /// <summary>Threads that wait at addresses of this memory; null when it is not shared.</summary>
    public WaitQueue? Waiting { get; }

    /// <summary>Number of bytes at this moment.</summary>
    public ulong ByteLength => Volatile.Read(ref Cell->ByteLength);

    /// <summary>Number of pages at this moment.</summary>
    public ulong PageCount => ByteLength >> Type.PageSizeLog2;

    /// <summary>Whether the memory was freed.</summary>
    public bool IsDisposed => _space.IsClosed;

    /// <summary>The type with the present size as minimum, which is what imports are matched with.</summary>
    public MemoryType CurrentType => Type with { Limits = Type.Limits with { Minimum = PageCount } };

    /// <summary><c>memory.grow</c>: adds zeroed pages.</summary>
    /// <returns>The number of pages before; −1 when the maximum, the store's limits or the machine do not allow more.</returns>
    /// <remarks>Spec: Execution, Modules, Growing memories.</remarks>
    public long Grow(ulong deltaPageCount)
    {
        lock (_growing)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            ulong pageCount = PageCount;
            if (deltaPageCount > _maximumPageCount - pageCount) return -1;
            if (deltaPageCount == 0) return (long)pageCount;

            ulong addedByteCount = deltaPageCount << Type.PageSizeLog2;
            if (!_budget.TryTakeMemory(addedByteCount)) return -1;
            if (!TryExtend(Cell->ByteLength + addedByteCount))
            {
                _budget.ReturnMemory(addedByteCount);
                return -1;
            }
            Volatile.Write(ref Cell->ByteLength, Cell->ByteLength + addedByteCount);
            return (long)pageCount;
        }
    }

    /// <summary>The bytes <c>[byteOffset, byteOffset + byteCount)</c>, valid until the memory is freed.</summary>
    /// <exception cref="TrapException">They are not all inside the memory at this moment.</exception>
    /// <exception cref="ArgumentOutOfRangeException">More than a span can hold.</exception>
    public Span<byte> Slice(ulong byteOffset, ulong byteCount)
    {
        byte* start = Check(byteOffset, byteCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(byteCount, (ulong)int.MaxValue);
        return new Span<byte>(start, (int)byteCount);
    }

    /// <summary><c>memory.fill</c>.</summary>
    /// <exception cref="TrapException">The range is not all inside the memory; nothing was written.</exception>
    public void Fill(ulong byteOffset, byte value, ulong byteCount)
        => NativeMemory.Fill(Check(byteOffset, byteCount), (nuint)byteCount, value);

    /// <summary><c>memory.copy</c>; the ranges may overlap.</summary>
    /// <exception cref="TrapException">A range is not all inside its memory; nothing was written.</exception>
    public static void Copy(MemoryInstance target, ulong targetOffset, MemoryInstance source, ulong sourceOffset, ulong byteCount)
    {
        byte* from = source.Check(sourceOffset, byteCount);
        byte* to = target.Check(targetOffset, byteCount);
        Buffer.MemoryCopy(from, to, byteCount, byteCount);
    }

    /// <summary><c>memory.init</c>: copies part of a data segment.</summary>
    /// <exception cref="TrapException">A range is not all inside the segment or the memory; nothing was written.</exception>
    public void Init(ulong byteOffset, ReadOnlySpan<byte> segment, ulong segmentOffset, ulong byteCount)
    {
        if (segmentOffset > (ulong)segment.Length || byteCount > (ulong)segment.Length - segmentOffset) Trap.Throw(TrapKind.MemoryOutOfBounds);
        segment.Slice((int)segmentOffset, (int)byteCount).CopyTo(Slice(byteOffset, byteCount));
    }

    /// <summary><c>memory.atomic.wait</c> at an address inside the memory, which was checked.</summary>
    /// <inheritdoc cref="WaitQueue.Wait"/>
    /// <exception cref="TrapException">The memory is not shared.</exception>
    public WaitQueue.Outcome Wait(byte* address, Func<bool> holdsExpected, long timeoutNanoseconds, TimeProvider time, Action throwIfInterrupted)
    {
        if (Waiting is null) Trap.Throw(TrapKind.ExpectedSharedMemory);
        return Waiting.Wait((ulong)(address - Cell->Base), holdsExpected, timeoutNanoseconds, time, throwIfInterrupted);
    }

    /// <summary><c>memory.atomic.notify</c> at an address inside the memory, which was checked.</summary>
    /// <returns>How many threads were woken: none where none can wait.</returns>
    public uint Notify(byte* address, uint count) => Waiting?.Notify((ulong)(address - Cell->Base), count) ?? 0;

    /// <summary>Frees the memory. Must not happen while guest code runs.</summary>
    public void Dispose()
    {
        lock (_growing)
        {
            if (IsDisposed) return;
            _budget.ReturnMemory(Cell->ByteLength);
            Cell->ByteLength = 0;                   // any later access is out of bounds, checked or not
            Cell->Base = _space is GuardedAddressSpace ? GuardPages.Nowhere : null;
            _space.Dispose();
            foreach (AddressSpace space in _outgrown.Items) space.Dispose();
        }
    }

    private byte* Check(ulong byteOffset, ulong byteCount)
    {
        ulong length = ByteLength;
        if (byteOffset > length || byteCount > length - byteOffset) Refuse();
        return Cell->Base + byteOffset;
    }

    private void Refuse()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Trap.Throw(TrapKind.MemoryOutOfBounds);
    }

    private bool TryExtend(ulong byteCount)
    {
        if (_space.TryCommit(byteCount)) return true;
        if (Type.IsShared || byteCount <= _space.ByteCapacity) return false;    // never moves; or the machine has no more

        ulong maximumByteCount = _maximumPageCount << Type.PageSizeLog2;
        ulong roomyByteCount = Math.Min(Math.Max(byteCount, _space.ByteCapacity * 2), maximumByteCount);
        AddressSpace? larger = AddressSpace.TryCreate(roomyByteCount, byteCount);
        if (larger is null) return false;
        Buffer.MemoryCopy(_space.Base, larger.Base, byteCount, Cell->ByteLength);
        _outgrown.Add(_space);
        _space = larger;
        Cell->Base = larger.Base;
        return true;
    }

    /// <summary>Whether a memory of this type could rely on guard pages, where there are any.</summary>
    /// <remarks>An index of 32 bits cannot leave its slot, and the length must be one that the processor can guard.</remarks>
    public static bool CanBeGuarded(MemoryType type)
        => type.Address == AddressType.I32 && 1UL << type.PageSizeLog2 >= (ulong)Environment.SystemPageSize;

    private ulong WantedByteCount(ulong minimumByteCount)
    {
        ulong reachable = Math.Min(_maximumPageCount << Type.PageSizeLog2, _budget.Limits.MaxMemoryByteCount);
        return Math.Max(minimumByteCount, Type.IsShared ? reachable : Math.Min(reachable, ReservedByteCount));
    }

    // Pages whose bytes the address type can name and this process can map. With pages of one byte, 2³² of them cannot be
    // counted by an i32.
    private static ulong PageCountLimit(MemoryType type)
    {
        ulong byteLimit = type.Address == AddressType.I64 ? (ulong)nint.MaxValue : Math.Min(1UL << 32, (ulong)nint.MaxValue);
        ulong pageLimit = byteLimit >> type.PageSizeLog2;
        return type.Address == AddressType.I64 ? pageLimit : Math.Min(pageLimit, uint.MaxValue);
    }
}
