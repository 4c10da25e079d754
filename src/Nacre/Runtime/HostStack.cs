using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nacre.Runtime;

/// <summary>The part of a thread's stack that calls may use.</summary>
/// <param name="Limit">The lowest address that frames may reach. No two threads that live have the same.</param>
/// <param name="End">Where the stack begins: the first address beyond it.</param>
internal readonly record struct StackRange(nuint Limit, nuint End)
{
    /// <summary>The size of the part; 0 when the whole stack is too small.</summary>
    public nuint ByteCount => End > Limit ? End - Limit : 0;
}

/// <summary>Where the stack of the running thread lies, so that compiled code never runs over it.</summary>
/// <remarks>
/// Safe because addresses of frames are compared and never used, and the system calls fill local variables that are large enough:
/// <c>pthread_attr_t</c> has 56 bytes at most (64 on arm64).
/// </remarks>
internal static unsafe partial class HostStack
{
    // The runtime takes some 45 KiB to raise an exception; helpers that compiled code calls need some, too.
    private const int ReservedByteCount = 128 * 1024;

    // Two numbers, because a structure would lie in a box of its own, one more step away for every call.
    [ThreadStatic]
    private static nuint t_limit, t_end;

    /// <summary>Whether the end of a stack can be found on this platform.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsWindows();

    /// <summary>The running thread's stack.</summary>
    public static StackRange Range
    {
        get
        {
            nuint limit = t_limit;
            return limit != 0 ? new StackRange(limit, t_end) : FindRange();
        }
    }

    /// <summary>Where the running thread's stack ends for calls; 0 if nobody asked for <see cref="Range"/> on this thread.</summary>
    public static nuint KnownLimit
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => t_limit;
    }

    /// <summary>An address in the frame of the running method.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nuint Here()
    {
        int here;
        return (nuint)(&here);
    }

    /// <summary>Whether enough is left for a call into a guest.</summary>
    public static bool IsSufficient() => IsSupported ? Here() > Range.Limit : RuntimeHelpers.TryEnsureSufficientExecutionStack();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static StackRange FindRange()
    {
        (nuint low, nuint end) = Find();
        (t_limit, t_end) = (low + ReservedByteCount, end);
        return new StackRange(t_limit, t_end);
    }

    private static (nuint Low, nuint End) Find()
    {
        if (OperatingSystem.IsWindows())
        {
            GetCurrentThreadStackLimits(out nuint low, out nuint high);
            return (low, high);
        }
        if (!OperatingSystem.IsMacOS()) return FindOnLinux();
        nuint top = GetStackAddress(GetSelf());
        return (top - GetStackSize(GetSelf()), top);
    }

    private static (nuint Low, nuint End) FindOnLinux()
    {
        const int AttributeSlotCount = 16;
        ulong* attributes = stackalloc ulong[AttributeSlotCount];
        if (GetAttributes(GetSelf(), attributes) != 0) throw new PlatformNotSupportedException("pthread_getattr_np failed");
        GetStack(attributes, out nuint low, out nuint byteCount);
        _ = DestroyAttributes(attributes);
        return (low, low + byteCount);
    }

    [LibraryImport("libc", EntryPoint = "pthread_self")]
    private static partial nint GetSelf();

    [LibraryImport("libc", EntryPoint = "pthread_getattr_np")]
    private static partial int GetAttributes(nint thread, void* attributes);

    [LibraryImport("libc", EntryPoint = "pthread_attr_getstack")]
    private static partial int GetStack(void* attributes, out nuint address, out nuint byteCount);

    [LibraryImport("libc", EntryPoint = "pthread_attr_destroy")]
    private static partial int DestroyAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "pthread_get_stackaddr_np")]
    private static partial nuint GetStackAddress(nint thread);

    [LibraryImport("libc", EntryPoint = "pthread_get_stacksize_np")]
    private static partial nuint GetStackSize(nint thread);

    [LibraryImport("kernel32")]
    private static partial void GetCurrentThreadStackLimits(out nuint low, out nuint high);
}
