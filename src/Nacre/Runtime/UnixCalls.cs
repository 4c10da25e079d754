using System.Runtime.InteropServices;

namespace Nacre.Runtime;

/// <summary>The system calls about address space, on Linux, Android and Apple's systems.</summary>
/// <remarks>Safe because nothing is touched here: whoever calls gives ranges and structures of its own, and says why they are.</remarks>
internal static unsafe partial class UnixCalls
{
    public const int ProtectNone = 0, ProtectReadWrite = 1 | 2, ProtectReadExecute = 1 | 4;
    public const int MapPrivate = 2;
    public const nint MapFailed = -1;

    /// <summary><c>madvise</c>: give the pages back; when touched again they are zero. Linux alone promises that.</summary>
    public const int AdviseDontNeed = 4;

    /// <summary><c>madvise</c> of Linux: leave the range out of core dumps.</summary>
    public const int AdviseDontDump = 16;

    /// <summary>MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE of this system; 0 where they are not known.</summary>
    public static int AnonymousMap =>
        OperatingSystem.IsLinux() || OperatingSystem.IsAndroid() ? MapPrivate | 0x20 | 0x4000
        : OperatingSystem.IsMacOS() || OperatingSystem.IsIOS() || OperatingSystem.IsTvOS() ? MapPrivate | 0x1000 | 0x40
        : 0;

    /// <summary>Maps zeroed memory somewhere; <see cref="MapFailed"/> when the system refuses.</summary>
    public static nint Map(ulong byteCount, int protection)
        => byteCount > (ulong)nint.MaxValue ? MapFailed : Map(0, (nuint)byteCount, protection, AnonymousMap, file: -1, offset: 0);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    public static partial int Protect(nint address, nuint byteCount, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    public static partial int Unmap(nint address, nuint byteCount);

    [LibraryImport("libc", EntryPoint = "madvise")]
    public static partial int Advise(nint address, nuint byteCount, int advice);

    [LibraryImport("libc", EntryPoint = "sigaction")]
    public static partial int SignalAction(int signal, void* action, void* previous);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint byteCount, int protection, int flags, int file, nint offset);
}
