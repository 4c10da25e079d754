using System.Runtime.InteropServices;

namespace Nacre.Runtime;

/// <summary>Memory from the C heap, for systems without reservations and for reservations that fail. All of it is committed from the start.</summary>
/// <remarks>Safe because the block is freed once, when nobody holds the object any more.</remarks>
internal sealed unsafe class HeapAddressSpace : AddressSpace
{
    private HeapAddressSpace(nint address, ulong byteCapacity) : base(address, byteCapacity) { }

    /// <summary>Allocates zeroed memory; null when there is not so much.</summary>
    public static HeapAddressSpace? TryAllocate(ulong byteCount)
    {
        if (byteCount > (ulong)nint.MaxValue) return null;
        try
        {
            return new HeapAddressSpace((nint)NativeMemory.AllocZeroed(Math.Max((nuint)byteCount, 1)), byteCount);
        }
        catch (OutOfMemoryException)    // the C heap refused; nothing on the .NET side is affected
        {
            return null;
        }
    }

    public override bool TryCommit(ulong byteCount) => byteCount <= ByteCapacity;

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}
