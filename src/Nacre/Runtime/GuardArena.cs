using Nacre.Syntax;

namespace Nacre.Runtime;

/// <summary>The address space that all guarded memories of the process share, in slots of one size.</summary>
/// <remarks>
/// <code>
/// slot  [ index: 4 GiB                       ][ static offset and width of an access: 1 GiB ]
///        ▲ base   committed │ inaccessible …                                                ▲ next slot
/// </code>
/// One reservation, because the handler of the signal compares an address with one range. Thread-safe.
/// Safe because the system calls get only ranges inside a slot, and never unmap one: no foreign mapping can come to lie in the arena.
/// </remarks>
internal sealed class GuardArena
{
    /// <summary>What a 32-bit index reaches.</summary>
    public const ulong IndexByteCount = 1UL << 32;

    /// <summary>Distance from slot to slot.</summary>
    public const ulong SlotByteCount = IndexByteCount + (1UL << 30);

    // Half of what a process has with 47-bit addresses: 13,107 slots. Less where addresses are shorter or limited.
    private const ulong LargestByteCount = 1UL << 46, SmallestByteCount = 1UL << 36;

    private readonly Lock _lock = new();
    private GrowingArray<nint> _free;
    private int _usedSlotCount = 1;      // with Nowhere

    private GuardArena(nint address, ulong byteCount)
    {
        Base = address;
        ByteCount = byteCount;
    }

    /// <summary>Address of the first byte.</summary>
    public nint Base { get; }

    /// <summary>Number of bytes reserved.</summary>
    public ulong ByteCount { get; }

    /// <summary>The first slot, which nobody gets.</summary>
    public nint Nowhere => Base;

    /// <summary>Reserves as much as the system gives; null when that is next to nothing.</summary>
    public static GuardArena? TryReserve()
    {
        for (ulong byteCount = LargestByteCount; byteCount >= SmallestByteCount; byteCount /= 2)
        {
            nint address = UnixCalls.Map(byteCount, UnixCalls.ProtectNone);
            if (address == UnixCalls.MapFailed) continue;
            // Else a core dump would have to walk through all of it. That the advice is refused costs only time then.
            _ = UnixCalls.Advise(address, (nuint)byteCount, UnixCalls.AdviseDontDump);
            return new GuardArena(address, byteCount);
        }
        return null;
    }

    /// <summary>The address of a slot that nobody has, all of it inaccessible; 0 when there is none.</summary>
    public nint TryTake()
    {
        lock (_lock)
        {
            if (_free.Count > 0) return _free.RemoveLast();
            ulong byteOffset = (ulong)_usedSlotCount * SlotByteCount;
            if (byteOffset > ByteCount - SlotByteCount) return 0;
            _usedSlotCount++;
            return Base + (nint)byteOffset;
        }
    }

    /// <summary>Takes a slot back, with its first <paramref name="committedByteCount"/> bytes accessible, and makes it as it was.</summary>
    /// <returns>False when the system refuses; then the slot is kept from everybody.</returns>
    public bool Return(nint slot, ulong committedByteCount)
    {
        // The pages go first: one who gets the slot must find zeros.
        if (committedByteCount > 0
            && (UnixCalls.Advise(slot, (nuint)committedByteCount, UnixCalls.AdviseDontNeed) != 0
                || UnixCalls.Protect(slot, (nuint)committedByteCount, UnixCalls.ProtectNone) != 0)) return false;
        lock (_lock) _free.Add(slot);
        return true;
    }
}
