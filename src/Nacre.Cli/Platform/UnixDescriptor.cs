using System.Runtime.InteropServices;
using System.Text;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.System32)]      // never a libc from the folder of the tool

namespace Nacre.Cli.Platform;

/// <summary>The calls of a Unix system that read and write by descriptor.</summary>
/// <remarks>
/// They are made directly because start-up counts: opening a file through <see cref="File"/> takes a third, and the first
/// write through <see cref="Console"/> half of the time in which an empty program starts and ends (docs/decisions/0003).
/// </remarks>
internal static partial class UnixDescriptor
{
    private const int ReadOnly = 0;                                                 // O_RDONLY
    private const int GetFlags = 1, ClosesOnExec = 1;                               // F_GETFD, FD_CLOEXEC
    private const int FromStart = 0, FromEnd = 2;                                   // SEEK_SET, SEEK_END
    private const int Interrupted = 4, TryAgainLinux = 11, TryAgainApple = 35;      // EINTR, EAGAIN

    /// <summary>Reads what is there, at most a buffer full.</summary>
    /// <returns>Number of bytes; 0 at the end.</returns>
    /// <exception cref="IOException">The system refuses.</exception>
    public static int Read(int descriptor, Span<byte> buffer)
    {
        while (true)
        {
            nint count = Read(descriptor, ref MemoryMarshal.GetReference(buffer), buffer.Length);
            if (count >= 0) return (int)count;
            WaitOrThrow(Marshal.GetLastSystemError());
        }
    }

    /// <summary>Writes all bytes.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static void Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint count = Write(descriptor, in MemoryMarshal.GetReference(bytes), bytes.Length);
            if (count >= 0) bytes = bytes[(int)count..];
            else WaitOrThrow(Marshal.GetLastSystemError());
        }
    }

    /// <summary>Reads a file whose length is known; false for anything else, be it missing, a folder or a pipe.</summary>
    public static bool TryReadFile(string path, out byte[] bytes)
    {
        bytes = [];
        int descriptor = Open(in Terminated(path)[0], ReadOnly);
        if (descriptor < 0) return false;
        try
        {
            nint length = Seek(descriptor, 0, FromEnd);
            if (length <= 0 || length > Array.MaxLength || Seek(descriptor, 0, FromStart) != 0) return false;

            bytes = GC.AllocateUninitializedArray<byte>((int)length);
            for (int filled = 0; filled < bytes.Length;)
            {
                int count = Read(descriptor, new Span<byte>(bytes, filled, bytes.Length - filled));
                if (count == 0) return false;
                filled += count;
            }
            return true;
        }
        catch (IOException)
        {
            return false;       // the caller's second way fails likewise, and says why
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    // UTF-8 and a zero byte. Names are mostly ASCII, and the first use of Encoding.UTF8 takes a tenth of a short run.
    private static byte[] Terminated(string path)
    {
        var bytes = new byte[path.Length + 1];
        for (int index = 0; index < path.Length; index++)
        {
            if (path[index] > 0x7F) return Encoding.UTF8.GetBytes(path + '\0');
            bytes[index] = (byte)path[index];
        }
        return bytes;
    }

    /// <summary>Whether the descriptor is a terminal.</summary>
    public static bool IsTerminal(int descriptor) => IsTty(descriptor) == 1;

    /// <summary>Whether the descriptor was open when the process began. What the runtime opened since, maybe under the same number, closes by itself in programs that are started.</summary>
    public static bool IsInherited(int descriptor) => Control(descriptor, GetFlags) is >= 0 and var flags && (flags & ClosesOnExec) == 0;

    /// <summary>Returns when the call is worth repeating: after a signal, or a moment later when the descriptor does not block.</summary>
    private static void WaitOrThrow(int error)
    {
        if (error == Interrupted) return;
        if (error != (OperatingSystem.IsMacOS() ? TryAgainApple : TryAgainLinux))
            throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        Thread.Sleep(millisecondsTimeout: 1);
    }

    // Safe: `first` is pinned during the call, and the callee touches no more than `count` bytes from it, which is the
    // length of the span it is the beginning of.
    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int descriptor, ref byte first, nint count);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, in byte first, nint count);

    // Safe: the callee reads up to the terminating zero, which Terminated puts behind the path.
    [LibraryImport("libc", EntryPoint = "open")]
    private static partial int Open(in byte path, int flags);

    [LibraryImport("libc", EntryPoint = "isatty")]
    private static partial int IsTty(int descriptor);

    // Safe: this command takes no third argument.
    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "lseek")]
    private static partial nint Seek(int descriptor, nint offset, int origin);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
