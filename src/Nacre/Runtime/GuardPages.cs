using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nacre.Runtime;

/// <summary>
/// Memories whose bounds the processor checks: every address that a 32-bit guest can form lies in address space that belongs to its
/// memory alone, and what lies beyond the memory's length faults.
/// </summary>
/// <remarks>
/// An access at <c>base + (ulong)index + offset</c>, with a 32-bit index, an offset up to <see cref="MaxStaticOffset"/> and at most
/// <see cref="MaxAccessByteCount"/> bytes, touches the memory or raises a <see cref="NullReferenceException"/> for which
/// <see cref="IsFaultInFlight"/> holds. That is true of loads and stores in managed code alone: native code must not be let past the end.
/// How it works and where: docs/decisions/0007. Everything here is thread-safe.
/// Safe because a slot has one owner at a time, and the bytes of all slots belong to the arena for as long as the process lives.
/// </remarks>
internal static unsafe class GuardPages
{
    /// <summary>The largest static offset of an access that needs no check of its own.</summary>
    public const ulong MaxStaticOffset = GuardArena.SlotByteCount - GuardArena.IndexByteCount - MaxAccessByteCount;

    /// <summary>The most bytes that one access may touch.</summary>
    public const int MaxAccessByteCount = 64 * 1024;

    private const uint AccessViolation = 0xC0000005;

    // Once for the process, because the process has one handler of the signal; never undone, because others may have read it. In two
    // steps, because a memory needs its place at once, and the handler, which takes milliseconds, only when compiled code relies on it.
    private static readonly Lock s_preparing = new();
    private static volatile GuardArena? s_arena;
    private static volatile Readiness s_readiness;
    private static volatile bool s_isInstalled;

    private enum Readiness { Unknown, Reserved, Available, Refused }

    /// <summary>Whether this process can have such memories. The first to ask waits for the self-check.</summary>
    public static bool AreAvailable
    {
        get
        {
            if (s_readiness is Readiness.Unknown or Readiness.Reserved) Prepare();
            return s_readiness == Readiness.Available;
        }
    }

    /// <summary>Whether a slot taken before is guarded: guard pages are available, and nobody has put another handler of the signal in front of ours.</summary>
    public static bool AreInForce => AreAvailable && GuardFaultHandler.IsFirst;

    /// <summary>An address at which every access faults, as far as a guest can reach from it: the base of a memory that is gone.</summary>
    /// <value>Null where nothing is reserved for guarded memories.</value>
    public static byte* Nowhere => s_arena is { } arena ? (byte*)arena.Nowhere : null;

    /// <summary>
    /// What an access outside of committed pages looks like to the runtime: an access to this address. It lies in the first page, so that
    /// it counts as a null reference, but in its last byte, where no null reference of C# code comes to lie: the JIT leaves fields
    /// unchecked in the first half of that page only.
    /// </summary>
    internal static nint ReportedAddress => Environment.SystemPageSize - 1;

    /// <summary>
    /// Whether the exception that is being dispatched on this thread is a fault in guard pages. To be asked in the filter of a
    /// <c>catch</c> for <see cref="NullReferenceException"/>.
    /// </summary>
    /// <remarks>
    /// The runtime keeps, for each thread, the record of the exception in flight; the address in it is the one that our handler reported.
    /// Safe because the record lives as long as the exception is in flight, and the caller runs in the middle of that.
    /// </remarks>
    public static bool IsFaultInFlight() => s_isInstalled && IsReported();

    private static bool IsReported()
    {
        var pointers = (ExceptionRecord**)Marshal.GetExceptionPointers();
        if (pointers is null) return false;
        ExceptionRecord* record = *pointers;
        return record->Code == AccessViolation && record->ParameterCount >= 2 && record->FaultAddress == ReportedAddress;
    }

    /// <summary>A place for a memory: the address of a slot of which nothing is committed. Does not wait for the self-check.</summary>
    /// <returns>0 when none is left, or it is known already that it would not be guarded.</returns>
    internal static nint TryTakeSlot()
    {
        if (s_readiness == Readiness.Unknown) Reserve();
        if (s_readiness == Readiness.Refused || (s_readiness == Readiness.Available && !GuardFaultHandler.IsFirst) || !MappingQuota.TryTake()) return 0;
        nint slot = s_arena!.TryTake();
        if (slot == 0) MappingQuota.Return();
        return slot;
    }

    /// <summary>Takes back a slot of which the first <paramref name="committedByteCount"/> bytes are committed.</summary>
    /// <returns>False when the system did not take the bytes back; then nobody gets the slot any more.</returns>
    internal static bool ReturnSlot(nint slot, ulong committedByteCount)
    {
        if (!s_arena!.Return(slot, committedByteCount)) return false;
        MappingQuota.Return();
        return true;
    }

    private static void Reserve()
    {
        lock (s_preparing)
        {
            if (s_readiness != Readiness.Unknown) return;
            if (GuardFaultHandler.IsSupported) s_arena = GuardArena.TryReserve();
            s_readiness = s_arena is null ? Readiness.Refused : Readiness.Reserved;
        }
    }

    private static void Prepare()
    {
        Reserve();
        lock (s_preparing)
        {
            if (s_readiness != Readiness.Reserved) return;
            GuardArena arena = s_arena!;
            s_isInstalled = GuardFaultHandler.TryInstall(arena.Base, arena.ByteCount, ReportedAddress);
            s_readiness = s_isInstalled && Probe(arena) ? Readiness.Available : Readiness.Refused;
        }
    }

    // A fault in the arena is caught and recognised, and an ordinary null reference is what it was.
    private static bool Probe(GuardArena arena) => Faults(arena.Nowhere, inGuardPages: true) && Faults(address: 0, inGuardPages: false);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Faults(nint address, bool inGuardPages)
    {
        try
        {
            Volatile.Read(ref *(byte*)address);
            return false;
        }
        catch (NullReferenceException)      // wanted: this is the probe
        {
            return IsReported() == inGuardPages;
        }
    }

    /// <summary>Windows' EXCEPTION_RECORD on 64 bits, which the runtime uses everywhere.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 152)]
    private struct ExceptionRecord
    {
        [FieldOffset(0)] public uint Code;
        [FieldOffset(24)] public uint ParameterCount;
        [FieldOffset(40)] public nint FaultAddress;     // the second parameter; the first tells reads from writes
    }
}
