using System.Runtime.InteropServices;

namespace Nacre.Runtime;

/// <summary>Address space from <c>VirtualAlloc</c>, first reserved, then committed piece by piece.</summary>
/// <remarks>
/// Safe because the system calls get only ranges inside the region that this object reserved, and the region is released once, when
/// nobody holds the object any more.
/// </remarks>
internal sealed unsafe partial class WindowsAddressSpace : AddressSpace
{
    private const uint MemCommit = 0x1000, MemReserve = 0x2000, MemRelease = 0x8000;
    private const uint PageNoAccess = 1, PageReadWrite = 4;

    private ulong _committedByteCount;

    private WindowsAddressSpace(nint address, ulong byteCapacity) : base(address, byteCapacity) { }

    /// <summary>Reserves address space without memory behind it; null when the system refuses.</summary>
    public static WindowsAddressSpace? TryReserve(ulong byteCount)
    {
        ulong reserved = Math.Max(RoundUpToSystemPage(byteCount), (ulong)Environment.SystemPageSize);   // VirtualAlloc refuses 0
        nint address = VirtualAlloc(0, (nuint)reserved, MemReserve, PageNoAccess);
        return address == 0 ? null : new WindowsAddressSpace(address, byteCount);
    }

    public override bool TryCommit(ulong byteCount)
    {
        if (byteCount > ByteCapacity) return false;
        ulong end = RoundUpToSystemPage(byteCount);
        if (end <= _committedByteCount) return true;
        nint start = handle + (nint)_committedByteCount;
        if (VirtualAlloc(start, (nuint)(end - _committedByteCount), MemCommit, PageReadWrite) == 0) return false;
        _committedByteCount = end;
        return true;
    }

    protected override bool ReleaseHandle() => VirtualFree(handle, 0, MemRelease) != 0;

    [LibraryImport("kernel32")]
    private static partial nint VirtualAlloc(nint address, nuint byteCount, uint kind, uint protection);

    [LibraryImport("kernel32")]
    private static partial int VirtualFree(nint address, nuint byteCount, uint kind);
}
