using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.System32)]      // never a libc from the folder of the program

namespace Nacre.Wasi.FileSystems;

/// <summary>The system calls about files, on 64-bit Linux with any C library.</summary>
/// <remarks>
/// Buffers are spans: pinned during the call, and passed together with their length or as large as the call writes at most. What no C
/// library is sure to have is called by its number; the C libraries' variadic functions take their arguments as others do on x64 and arm64.
/// </remarks>
internal static partial class LinuxCalls
{
    private const string Library = "libc";

    public const int CurrentDirectory = -100;                               // AT_FDCWD
    public const int ReadOnly = 0, WriteOnly = 1, ReadWrite = 2;            // O_RDONLY, O_WRONLY, O_RDWR
    public const int Create = 0x40, Exclusive = 0x80, NoTerminal = 0x100;   // O_CREAT, O_EXCL, O_NOCTTY
    public const int Truncate = 0x200, Append = 0x400, NonBlocking = 0x800; // O_TRUNC, O_APPEND, O_NONBLOCK
    public const int CloseOnExec = 0x8_0000, PathOnly = 0x20_0000;          // O_CLOEXEC, O_PATH
    public const int NoFollowAt = 0x100, RemoveDirectory = 0x200;           // AT_SYMLINK_NOFOLLOW, AT_REMOVEDIR
    public const int NoAutomount = 0x800, EmptyPath = 0x1000;               // AT_NO_AUTOMOUNT, AT_EMPTY_PATH
    public const int SetFlagsCommand = 4;                                   // F_SETFL
    public const int FromStart = 0, FromHere = 1;                           // SEEK_SET, SEEK_CUR
    public const int TimeNow = (1 << 30) - 1, TimeOmitted = (1 << 30) - 2;  // UTIME_NOW, UTIME_OMIT
    public const int NoEntry = 2, Interrupted = 4, AccessDenied = 13, NotDirectory = 20;    // ENOENT, EINTR, EACCES, ENOTDIR

    public const int StatByteCount = 256;
    private const uint BasicStat = 0x7FF;                                   // STATX_BASIC_STATS

    private static readonly bool s_isArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    /// <summary>O_DIRECTORY, which is not the same everywhere.</summary>
    public static readonly int DirectoryOnly = s_isArm ? 0x4000 : 0x1_0000;

    /// <summary>O_NOFOLLOW, which is not the same everywhere.</summary>
    public static readonly int NoFollow = s_isArm ? 0x8000 : 0x2_0000;

    private static readonly nint s_statNumber = s_isArm ? 291 : 332, s_listNumber = s_isArm ? 61 : 217;

    /// <summary>Fills in a <c>struct statx</c>, which has the same layout everywhere.</summary>
    public static nint Stat(LinuxHandle directory, string name, int flags, Span<byte> stat)
        => Statx(s_statNumber, directory, name, flags, BasicStat, stat[..StatByteCount]);

    /// <summary>Reads entries of a directory: <c>getdents64</c>.</summary>
    public static nint List(LinuxHandle directory, Span<byte> buffer) => Getdents(s_listNumber, directory, buffer, buffer.Length);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Statx(nint number, LinuxHandle directory, string name, nint flags, nuint mask, Span<byte> stat);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Getdents(nint number, LinuxHandle directory, Span<byte> buffer, nint byteCount);

    [LibraryImport(Library, EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenAt(LinuxHandle directory, string name, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int OpenPath(int currentDirectory, string path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "pread", SetLastError = true)]
    public static partial nint Read(LinuxHandle file, Span<byte> buffer, nuint byteCount, long byteOffset);

    [LibraryImport(Library, EntryPoint = "pwrite", SetLastError = true)]
    public static partial nint Write(LinuxHandle file, ReadOnlySpan<byte> bytes, nuint byteCount, long byteOffset);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    public static partial nint WriteOn(LinuxHandle file, ReadOnlySpan<byte> bytes, nuint byteCount);

    [LibraryImport(Library, EntryPoint = "lseek", SetLastError = true)]
    public static partial long Seek(LinuxHandle file, long offset, int origin);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(LinuxHandle file, int command, nint argument);

    [LibraryImport(Library, EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int SetSize(LinuxHandle file, long byteCount);

    [LibraryImport(Library, EntryPoint = "fallocate", SetLastError = true)]
    public static partial int Allocate(LinuxHandle file, int mode, long byteOffset, long byteCount);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(LinuxHandle file);

    [LibraryImport(Library, EntryPoint = "fdatasync", SetLastError = true)]
    public static partial int SyncData(LinuxHandle file);

    /// <summary>Times are two <c>struct timespec</c>: seconds and nanoseconds, of 64 bits each.</summary>
    [LibraryImport(Library, EntryPoint = "futimens", SetLastError = true)]
    public static partial int SetTimes(LinuxHandle file, ReadOnlySpan<long> times);

    /// <inheritdoc cref="SetTimes"/>
    [LibraryImport(Library, EntryPoint = "utimensat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetTimesAt(LinuxHandle directory, string name, ReadOnlySpan<long> times, int flags);

    [LibraryImport(Library, EntryPoint = "readlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ReadLinkAt(LinuxHandle directory, string name, Span<byte> target, nuint byteCount);

    [LibraryImport(Library, EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int CreateDirectoryAt(LinuxHandle directory, string name, uint mode);

    [LibraryImport(Library, EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int UnlinkAt(LinuxHandle directory, string name, int flags);

    [LibraryImport(Library, EntryPoint = "renameat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int RenameAt(LinuxHandle directory, string name, LinuxHandle target, string targetName);

    /// <summary>Without flags it does not follow a link.</summary>
    [LibraryImport(Library, EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LinkAt(LinuxHandle directory, string name, LinuxHandle target, string targetName, int flags);

    [LibraryImport(Library, EntryPoint = "symlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SymlinkAt(string target, LinuxHandle directory, string name);
}
