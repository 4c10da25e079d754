namespace Nacre.Runtime;

/// <summary>Address space from <c>mmap</c>, committed by <c>mprotect</c>: Linux, Android and Apple's systems.</summary>
/// <remarks>
/// Safe because the system calls get only ranges inside the mapping that this object made, and the mapping is removed once, when
/// nobody holds the object any more.
/// </remarks>
internal class UnixAddressSpace : AddressSpace
{
    private readonly ulong _mappedByteCount;

    private protected UnixAddressSpace(nint address, ulong byteCapacity, ulong mappedByteCount) : base(address, byteCapacity)
        => _mappedByteCount = mappedByteCount;

    /// <summary>Whether this system's flags are known.</summary>
    public static bool IsSupported => UnixCalls.AnonymousMap != 0;

    /// <summary>Number of bytes that may be touched, a multiple of the system's page.</summary>
    private protected ulong CommittedByteCount { get; private set; }

    /// <summary>Reserves address space without memory behind it; null when the system refuses, or would soon refuse others.</summary>
    public static UnixAddressSpace? TryReserve(ulong byteCount)
    {
        if (!MappingQuota.TryTake()) return null;
        if (TryMap(byteCount) is { } space) return space;
        MappingQuota.Return();
        return null;
    }

    private static UnixAddressSpace? TryMap(ulong byteCount)
    {
        ulong mappedByteCount = Math.Max(RoundUpToSystemPage(byteCount), (ulong)Environment.SystemPageSize);   // mmap refuses 0
        nint address = UnixCalls.Map(mappedByteCount, UnixCalls.ProtectNone);
        return address == UnixCalls.MapFailed ? null : new UnixAddressSpace(address, byteCount, mappedByteCount);
    }

    public sealed override bool TryCommit(ulong byteCount)
    {
        if (byteCount > ByteCapacity) return false;
        ulong end = RoundUpToSystemPage(byteCount);
        if (end <= CommittedByteCount) return true;
        nint start = handle + (nint)CommittedByteCount;
        if (UnixCalls.Protect(start, (nuint)(end - CommittedByteCount), UnixCalls.ProtectReadWrite) != 0) return false;
        CommittedByteCount = end;
        return true;
    }

    protected override bool ReleaseHandle()
    {
        MappingQuota.Return();
        return UnixCalls.Unmap(handle, (nuint)_mappedByteCount) == 0;
    }
}
