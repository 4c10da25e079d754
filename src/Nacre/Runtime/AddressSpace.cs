using System.Runtime.InteropServices;

namespace Nacre.Runtime;

/// <summary>A stretch of address space owned by one memory. Only a prefix of it, the committed part, may be touched.</summary>
/// <remarks>
/// The address never changes. Freed by <see cref="SafeHandle.Dispose()"/> or, when the owner is forgotten, by the finalizer.
/// Safe because it is the owner alone that follows <see cref="Base"/>, inside the committed part and before that.
/// </remarks>
internal abstract unsafe class AddressSpace : SafeHandle
{
    private protected AddressSpace(nint address, ulong byteCapacity) : base(invalidHandleValue: 0, ownsHandle: true)
    {
        SetHandle(address);
        ByteCapacity = byteCapacity;
    }

    /// <summary>Address of the first byte, aligned to 16 bytes or more.</summary>
    public byte* Base => (byte*)handle;

    /// <summary>Number of bytes that can be committed at most.</summary>
    public ulong ByteCapacity { get; }

    /// <inheritdoc/>
    public sealed override bool IsInvalid => handle == 0;

    /// <summary>Makes the first <paramref name="byteCount"/> bytes usable; those that were not before are zero.</summary>
    /// <returns>False when that is beyond the capacity or the machine has no more memory; then nothing has changed.</returns>
    public abstract bool TryCommit(ulong byteCount);

    /// <summary>
    /// Reserves <paramref name="wantedByteCount"/> bytes, of which the first <paramref name="neededByteCount"/> are committed at once.
    /// When so much address space is not to be had, falls back to heap memory that only has the needed bytes.
    /// </summary>
    /// <returns>Null when the machine cannot give the needed bytes either.</returns>
    public static AddressSpace? TryCreate(ulong wantedByteCount, ulong neededByteCount)
    {
        AddressSpace? space = TryReserve(wantedByteCount) ?? HeapAddressSpace.TryAllocate(neededByteCount);
        if (space is null || space.TryCommit(neededByteCount)) return space;
        space.Dispose();
        return null;
    }

    private static AddressSpace? TryReserve(ulong byteCount)
    {
        if (byteCount > (ulong)nint.MaxValue) return null;
        if (OperatingSystem.IsWindows()) return WindowsAddressSpace.TryReserve(byteCount);
        return UnixAddressSpace.IsSupported ? UnixAddressSpace.TryReserve(byteCount) : null;
    }

    private protected static ulong RoundUpToSystemPage(ulong byteCount)
    {
        ulong mask = (ulong)Environment.SystemPageSize - 1;
        return (byteCount + mask) & ~mask;
    }
}
