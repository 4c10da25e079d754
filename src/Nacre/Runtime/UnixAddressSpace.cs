using System.Runtime.InteropServices;

namespace Nacre.Runtime;

/// <summary>Address space from <c>mmap</c>, committed by <c>mprotect</c>: Linux, Android and Apple's systems.</summary>
/// <remarks>
/// Safe because the system calls get only ranges inside the mapping that this object made, and the mapping is removed once, when
/// nobody holds the object any more.
/// </remarks>
internal sealed unsafe partial class UnixAddressSpace : AddressSpace
{
    private const int ProtectNone = 0, ProtectReadWrite = 1 | 2;
    private const int MapPrivate = 2;
    private const nint MapFailed = -1;

    // A process may have 65,530 mappings unless its administrator says otherwise, two for each reservation; the system refuses any
    // allocation beyond, those of the .NET heap included. Counted for the process, because the limit is the process's.
    private const int MaxReservationCount = 16_000;
    private static int s_reservationCount;

    private readonly ulong _mappedByteCount;
    private ulong _committedByteCount;

    private UnixAddressSpace(nint address, ulong byteCapacity, ulong mappedByteCount) : base(address, byteCapacity)
        => _mappedByteCount = mappedByteCount;

    /// <summary>Whether this system's flags are known.</summary>
    public static bool IsSupported => MapFlags != 0;

    // MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE: the values of the last two differ between the systems.
    private static int MapFlags =>
        OperatingSystem.IsLinux() || OperatingSystem.IsAndroid() ? MapPrivate | 0x20 | 0x4000
        : OperatingSystem.IsMacOS() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS() ? MapPrivate | 0x1000 | 0x40
        : 0;

    /// <summary>Reserves address space without memory behind it; null when the system refuses, or would soon refuse others.</summary>
    public static UnixAddressSpace? TryReserve(ulong byteCount)
    {
        if (Interlocked.Increment(ref s_reservationCount) <= MaxReservationCount && TryMap(byteCount) is { } space) return space;
        Interlocked.Decrement(ref s_reservationCount);
        return null;
    }

    private static UnixAddressSpace? TryMap(ulong byteCount)
    {
        ulong mappedByteCount = Math.Max(RoundUpToSystemPage(byteCount), (ulong)Environment.SystemPageSize);   // mmap refuses 0
        nint address = Map(0, (nuint)mappedByteCount, ProtectNone, MapFlags, file: -1, offset: 0);
        return address == MapFailed ? null : new UnixAddressSpace(address, byteCount, mappedByteCount);
    }

    public override bool TryCommit(ulong byteCount)
    {
        if (byteCount > ByteCapacity) return false;
        ulong end = RoundUpToSystemPage(byteCount);
        if (end <= _committedByteCount) return true;
        if (Protect(handle + (nint)_committedByteCount, (nuint)(end - _committedByteCount), ProtectReadWrite) != 0) return false;
        _committedByteCount = end;
        return true;
    }

    protected override bool ReleaseHandle()
    {
        Interlocked.Decrement(ref s_reservationCount);
        return Unmap(handle, (nuint)_mappedByteCount) == 0;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint byteCount, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint byteCount, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint byteCount);
}
