namespace Nacre.Runtime;

/// <summary>The address space of one memory with guard pages: a slot of the arena, of which a prefix is committed.</summary>
/// <remarks>Safe because the slot is this object's alone until it is returned, once, when nobody holds the object any more.</remarks>
internal sealed class GuardedAddressSpace : UnixAddressSpace
{
    private GuardedAddressSpace(nint slot) : base(slot, GuardArena.IndexByteCount, GuardArena.SlotByteCount) { }

    /// <summary>Takes a slot and commits its first bytes.</summary>
    /// <returns>Null when there are no guard pages here, no slot is left, or the machine has not so much memory.</returns>
    public static GuardedAddressSpace? TryTake(ulong byteCount)
    {
        nint slot = GuardPages.TryTakeSlot();
        if (slot == 0) return null;
        var space = new GuardedAddressSpace(slot);
        if (space.TryCommit(byteCount)) return space;
        space.Dispose();
        return null;
    }

    protected override bool ReleaseHandle() => GuardPages.ReturnSlot(handle, CommittedByteCount);
}
