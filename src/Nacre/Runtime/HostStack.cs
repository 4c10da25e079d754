using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nacre.Runtime;

/// <summary>Where the stack of the running thread ends, so that compiled code never runs over it.</summary>
/// <remarks>Safe because the system calls fill local variables that are large enough: <c>pthread_attr_t</c> has 56 bytes at most (64 on arm64).</remarks>
internal static unsafe partial class HostStack
{
    // The runtime takes some 45 KiB to raise an exception; helpers that compiled code calls need some, too.
    private const int ReservedByteCount = 128 * 1024;

    [ThreadStatic]
    private static nuint t_limit;

    /// <summary>Whether the end of a stack can be found on this platform.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsWindows();

    /// <summary>The lowest address that frames of guests on this thread may reach.</summary>
    public static nuint Limit
    {
        get
        {
            nuint limit = t_limit;
            return limit != 0 ? limit : FindLimit();
        }
    }

    /// <summary>Whether enough is left for a call into a guest.</summary>
    public static bool IsSufficient()
    {
        int here;
        return IsSupported ? (nuint)(&here) > Limit : RuntimeHelpers.TryEnsureSufficientExecutionStack();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nuint FindLimit() => t_limit = FindEnd() + ReservedByteCount;

    private static nuint FindEnd()
    {
        if (OperatingSystem.IsWindows())
        {
            GetCurrentThreadStackLimits(out nuint low, out _);
            return low;
        }
        return OperatingSystem.IsMacOS() ? GetStackAddress(GetSelf()) - GetStackSize(GetSelf()) : FindEndOnLinux();
    }

    private static nuint FindEndOnLinux()
    {
        const int AttributeSlotCount = 16;
        ulong* attributes = stackalloc ulong[AttributeSlotCount];
        if (GetAttributes(GetSelf(), attributes) != 0) throw new PlatformNotSupportedException("pthread_getattr_np failed");
        GetStack(attributes, out nuint end, out _);
        _ = DestroyAttributes(attributes);
        return end;
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
