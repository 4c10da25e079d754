namespace Nacre.Wasi.FileSystems;

/// <summary>What the host's errors are for a guest.</summary>
internal static class HostErrors
{
    private const int HighestNumber = 133;
    private const int Win32Facility = unchecked((int)0x8007_0000);

    // Numbers of Linux (x64, arm64) and of Apple's systems; 0 where there is none.
    private static readonly (Errno Error, int Linux, int Apple)[] s_unix =
    [
        (Errno.Perm, 1, 1), (Errno.Noent, 2, 2), (Errno.Srch, 3, 3), (Errno.Intr, 4, 4), (Errno.Io, 5, 5), (Errno.Nxio, 6, 6),
        (Errno.TooBig, 7, 7), (Errno.Noexec, 8, 8), (Errno.Badf, 9, 9), (Errno.Child, 10, 10), (Errno.Again, 11, 35), (Errno.Nomem, 12, 12),
        (Errno.Acces, 13, 13), (Errno.Fault, 14, 14), (Errno.Busy, 16, 16), (Errno.Exist, 17, 17), (Errno.Xdev, 18, 18),
        (Errno.Nodev, 19, 19), (Errno.Notdir, 20, 20), (Errno.Isdir, 21, 21), (Errno.Inval, 22, 22), (Errno.Nfile, 23, 23),
        (Errno.Mfile, 24, 24), (Errno.Notty, 25, 25), (Errno.Txtbsy, 26, 26), (Errno.Fbig, 27, 27), (Errno.Nospc, 28, 28),
        (Errno.Spipe, 29, 29), (Errno.Rofs, 30, 30), (Errno.Mlink, 31, 31), (Errno.Pipe, 32, 32), (Errno.Dom, 33, 33), (Errno.Range, 34, 34),
        (Errno.Deadlk, 35, 11), (Errno.Nametoolong, 36, 63), (Errno.Nolck, 37, 77), (Errno.Nosys, 38, 78), (Errno.Notempty, 39, 66),
        (Errno.Loop, 40, 62), (Errno.Nomsg, 42, 91), (Errno.Idrm, 43, 90), (Errno.Nolink, 67, 97), (Errno.Proto, 71, 100),
        (Errno.Multihop, 72, 95), (Errno.Badmsg, 74, 94), (Errno.Overflow, 75, 84), (Errno.Ilseq, 84, 92), (Errno.Notsock, 88, 38),
        (Errno.Destaddrreq, 89, 39), (Errno.Msgsize, 90, 40), (Errno.Prototype, 91, 41), (Errno.Noprotoopt, 92, 42),
        (Errno.Protonosupport, 93, 43), (Errno.Notsup, 95, 45), (Errno.Notsup, 0, 102), (Errno.Afnosupport, 97, 47),
        (Errno.Addrinuse, 98, 48), (Errno.Addrnotavail, 99, 49), (Errno.Netdown, 100, 50), (Errno.Netunreach, 101, 51),
        (Errno.Netreset, 102, 52), (Errno.Connaborted, 103, 53), (Errno.Connreset, 104, 54), (Errno.Nobufs, 105, 55), (Errno.Isconn, 106, 56),
        (Errno.Notconn, 107, 57), (Errno.Timedout, 110, 60), (Errno.Connrefused, 111, 61), (Errno.Hostunreach, 113, 65),
        (Errno.Already, 114, 37), (Errno.Inprogress, 115, 36), (Errno.Stale, 116, 70), (Errno.Dquot, 122, 69), (Errno.Canceled, 125, 89),
        (Errno.Ownerdead, 130, 105), (Errno.Notrecoverable, 131, 104),
    ];

    private static readonly Errno[] s_linux = ByNumber(row => row.Linux), s_apple = ByNumber(row => row.Apple);

    /// <summary>Of a number that Linux left in <c>errno</c>.</summary>
    public static Errno OfLinux(int number) => Find(s_linux, number);

    /// <summary>Of a number that one of Apple's systems left in <c>errno</c>.</summary>
    public static Errno OfApple(int number) => Find(s_apple, number);

    /// <summary>Of a code of Windows.</summary>
    public static Errno OfWindows(int code) => code switch
    {
        2 or 3 => Errno.Noent,              // ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND
        4 => Errno.Mfile,                   // ERROR_TOO_MANY_OPEN_FILES
        5 => Errno.Acces,                   // ERROR_ACCESS_DENIED
        6 => Errno.Badf,                    // ERROR_INVALID_HANDLE
        8 or 14 or 1450 => Errno.Nomem,     // ERROR_NOT_ENOUGH_MEMORY, ERROR_OUTOFMEMORY, ERROR_NO_SYSTEM_RESOURCES
        17 => Errno.Xdev,                   // ERROR_NOT_SAME_DEVICE
        19 => Errno.Rofs,                   // ERROR_WRITE_PROTECT
        32 or 33 or 170 => Errno.Busy,      // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, ERROR_BUSY
        39 or 112 => Errno.Nospc,           // ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL
        1 or 50 => Errno.Notsup,            // ERROR_INVALID_FUNCTION, ERROR_NOT_SUPPORTED
        80 or 183 => Errno.Exist,           // ERROR_FILE_EXISTS, ERROR_ALREADY_EXISTS
        87 or 123 => Errno.Inval,           // ERROR_INVALID_PARAMETER, ERROR_INVALID_NAME
        109 => Errno.Pipe,                  // ERROR_BROKEN_PIPE
        145 => Errno.Notempty,              // ERROR_DIR_NOT_EMPTY
        206 => Errno.Nametoolong,           // ERROR_FILENAME_EXCED_RANGE
        223 => Errno.Fbig,                  // ERROR_FILE_TOO_LARGE
        267 => Errno.Notdir,                // ERROR_DIRECTORY
        1142 => Errno.Mlink,                // ERROR_TOO_MANY_LINKS
        1314 => Errno.Perm,                 // ERROR_PRIVILEGE_NOT_HELD
        1921 => Errno.Loop,                 // ERROR_CANT_RESOLVE_FILENAME
        _ => Errno.Io,
    };

    /// <summary>Whether an exception is one that <c>System.IO</c> throws because the host's file system refuses.</summary>
    public static bool IsOfFileSystem(Exception exception)
        => exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    /// <summary>Of an exception that <see cref="IsOfFileSystem"/>.</summary>
    public static Errno Of(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => Errno.Noent,
        PathTooLongException => Errno.Nametoolong,
        NotSupportedException => Errno.Notsup,
        ArgumentException => Errno.Inval,
        UnauthorizedAccessException { InnerException: { } inner } when IsOfFileSystem(inner) => Of(inner),
        UnauthorizedAccessException => Errno.Acces,
        _ when (exception.HResult & ~0xFFFF) == Win32Facility => OfWindows(exception.HResult & 0xFFFF),
        _ when OperatingSystem.IsLinux() => OfLinux(exception.HResult),
        _ => OfApple(exception.HResult),
    };

    private static Errno Find(Errno[] byNumber, int number) => (uint)number < (uint)byNumber.Length ? byNumber[number] : Errno.Io;

    private static Errno[] ByNumber(Func<(Errno Error, int Linux, int Apple), int> numberOf)
    {
        var byNumber = new Errno[HighestNumber + 1];
        Array.Fill(byNumber, Errno.Io);
        foreach ((Errno, int, int) row in s_unix) byNumber[numberOf(row)] = row.Item1;
        byNumber[0] = Errno.Io;
        return byNumber;
    }
}
