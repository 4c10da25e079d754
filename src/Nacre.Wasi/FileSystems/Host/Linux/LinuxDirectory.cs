using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Nacre.Wasi.FileSystems;

/// <summary>A directory of Linux.</summary>
/// <remarks>Each call names one entry relative to the descriptor, and none follows a link.</remarks>
/// <param name="handle">Its descriptor, which it closes.</param>
/// <param name="isReadable">Whether the descriptor is good for more than going on to names.</param>
internal sealed class LinuxDirectory(LinuxHandle handle, bool isReadable) : WasiDirectory
{
    private const uint FileMode = 0x1B6, DirectoryMode = 0x1FF;     // 0666 and 0777, less the umask of the process

    private readonly Lock _lock = new();
    private LinuxListing? _listing;

    /// <summary>Whether this system is one whose numbers are known here.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    /// <inheritdoc cref="HostDirectory.Open"/>
    public static LinuxDirectory Open(string path)
    {
        int flags = LinuxCalls.DirectoryOnly | LinuxCalls.CloseOnExec;
        int descriptor = LinuxCalls.OpenPath(LinuxCalls.CurrentDirectory, path, flags, mode: 0);
        if (descriptor >= 0) return new LinuxDirectory(new LinuxHandle(descriptor), isReadable: true);
        int error = Marshal.GetLastPInvokeError();
        string message = $"'{path}': {Marshal.GetPInvokeErrorMessage(error)}";
        throw error is LinuxCalls.NoEntry or LinuxCalls.NotDirectory ? new DirectoryNotFoundException(message) : new IOException(message);
    }

    public override Errno Stat(out Filestat stat) => LinuxStat.Of(handle, out stat);

    public override Errno Stat(string name, out Filestat stat)
    {
        stat = default;
        return HostName.IsPlain(name) ? LinuxStat.Of(handle, name, out stat) : Errno.Inval;
    }

    public override Errno SetTimes(TimeChange access, TimeChange modification) => SetTimesAt(".", access, modification);

    public override Errno SetTimes(string name, TimeChange access, TimeChange modification)
        => HostName.IsPlain(name) ? SetTimesAt(name, access, modification) : Errno.Inval;

    public override Errno Sync(bool dataOnly)
    {
        if (isReadable) return Answer(dataOnly ? LinuxCalls.SyncData(handle) : LinuxCalls.Sync(handle));
        Errno error = Reopen(out WasiDirectory? readable);
        if (error != Errno.Success) return error;
        using (readable) return ((LinuxDirectory)readable!).SyncReopened(dataOnly);
    }

    public override Errno Open(string name, OpenMode mode, out WasiNode? node)
    {
        node = null;
        if (!HostName.IsPlain(name)) return Errno.Inval;
        if ((mode & OpenMode.Directory) != 0) return OpenDirectory(name, mode, out node);

        // Merely opening a device or a pipe may act on it. Where it takes a file's place at this very moment, opening does not wait,
        // and what was opened is looked at once more.
        Errno error = LinuxStat.Of(handle, name, out Filestat stat);
        if (error == Errno.Success && !IsOpened(stat.FileType) && (mode & OpenMode.Exclusive) == 0) return Refusal(stat.FileType);

        error = OpenAt(name, Flags(mode), out LinuxHandle opened);
        if (error == Errno.Acces && mode == OpenMode.None) error = OpenAt(name, LinuxCalls.PathOnly, out opened);
        if (error == Errno.Success) error = LinuxStat.Of(opened, out stat);
        if (error == Errno.Success && !IsOpened(stat.FileType)) error = Refusal(stat.FileType);
        if (error != Errno.Success)
        {
            opened.Dispose();
            return error;
        }
        node = stat.FileType == FileType.Directory ? new LinuxDirectory(opened, isReadable: mode != OpenMode.None) : new LinuxFile(opened);
        return Errno.Success;
    }

    public override Errno Enter(string name, out WasiDirectory? directory)
    {
        directory = null;
        if (!HostName.IsPlain(name)) return Errno.Inval;
        Errno error = OpenDirectoryAt(name, LinuxCalls.PathOnly, out LinuxHandle opened);
        if (error == Errno.Success) directory = new LinuxDirectory(opened, isReadable: false);
        return error;
    }

    public override Errno Reopen(out WasiDirectory? directory)
    {
        directory = null;
        Errno error = OpenDirectoryAt(".", LinuxCalls.ReadOnly, out LinuxHandle opened);
        bool isDenied = error == Errno.Acces;
        if (isDenied) error = OpenDirectoryAt(".", LinuxCalls.PathOnly, out opened);
        if (error == Errno.Success) directory = new LinuxDirectory(opened, isReadable: !isDenied);
        return error;
    }

    public override Errno ReadLink(string name, out string? target)
    {
        target = null;
        if (!HostName.IsPlain(name)) return Errno.Inval;
        Span<byte> buffer = stackalloc byte[MaximumPathByteCount];
        nint byteCount = LinuxCalls.ReadLinkAt(handle, name, buffer, (nuint)buffer.Length);
        if (byteCount < 0) return LastError();
        if (byteCount == buffer.Length) return Errno.Nametoolong;
        buffer = buffer[..(int)byteCount];
        if (!Utf8.IsValid(buffer)) return Errno.Ilseq;
        target = Encoding.UTF8.GetString(buffer);
        return Errno.Success;
    }

    /// <summary>It is listed through a descriptor of its own, whose position nobody else moves.</summary>
    public override Errno ReadEntries(ulong cookie, DirectoryEntryReceiver receiver)
    {
        lock (_lock)
        {
            if (_listing is null)
            {
                Errno error = OpenDirectoryAt(".", LinuxCalls.ReadOnly, out LinuxHandle opened);
                if (error != Errno.Success) return error;
                _listing = new LinuxListing(opened);
            }
            return _listing.Read(cookie, receiver);
        }
    }

    public override Errno CreateDirectory(string name)
        => HostName.IsPlain(name) ? Answer(LinuxCalls.CreateDirectoryAt(handle, name, DirectoryMode)) : Errno.Inval;

    public override Errno RemoveDirectory(string name)
        => HostName.IsPlain(name) ? Answer(LinuxCalls.UnlinkAt(handle, name, LinuxCalls.RemoveDirectory)) : Errno.Inval;

    public override Errno Unlink(string name) => HostName.IsPlain(name) ? Answer(LinuxCalls.UnlinkAt(handle, name, flags: 0)) : Errno.Inval;

    public override Errno Rename(string name, WasiDirectory target, string targetName)
    {
        if (target is not LinuxDirectory other) return Errno.Xdev;
        if (!HostName.IsPlain(name) || !HostName.IsPlain(targetName)) return Errno.Inval;
        Errno error = Answer(LinuxCalls.RenameAt(handle, name, other.Handle, targetName));
        // The system says so of a directory that what is moved lies in, be that a file.
        bool isFile = error == Errno.Notempty && Stat(name, out Filestat stat) == Errno.Success && stat.FileType != FileType.Directory;
        return isFile ? Errno.Isdir : error;
    }

    public override Errno Link(string name, WasiDirectory target, string targetName)
    {
        if (target is not LinuxDirectory other) return Errno.Xdev;
        return HostName.IsPlain(name) && HostName.IsPlain(targetName)
            ? Answer(LinuxCalls.LinkAt(handle, name, other.Handle, targetName, flags: 0))
            : Errno.Inval;
    }

    public override Errno Symlink(string target, string name)
        => HostName.IsPlain(name) && !target.Contains('\0') ? Answer(LinuxCalls.SymlinkAt(target, handle, name)) : Errno.Inval;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_lock) _listing?.Dispose();
            handle.Dispose();
        }
        base.Dispose(disposing);
    }

    private LinuxHandle Handle => handle;

    private static bool IsOpened(FileType type) => type is FileType.RegularFile or FileType.Directory;

    private static Errno Refusal(FileType type) => type == FileType.SymbolicLink ? Errno.Loop : Errno.Nxio;

    // What loses its bytes is written, also when the guest does not say so.
    private static int Flags(OpenMode mode)
    {
        bool writes = (mode & (OpenMode.Write | OpenMode.Truncate)) != 0;
        int flags = !writes ? LinuxCalls.ReadOnly : (mode & OpenMode.Read) != 0 ? LinuxCalls.ReadWrite : LinuxCalls.WriteOnly;
        if ((mode & OpenMode.Create) != 0) flags |= LinuxCalls.Create;
        if ((mode & OpenMode.Exclusive) != 0) flags |= LinuxCalls.Exclusive;
        if ((mode & OpenMode.Truncate) != 0) flags |= LinuxCalls.Truncate;
        return flags;
    }

    private Errno OpenDirectory(string name, OpenMode mode, out WasiNode? node)
    {
        Errno error = OpenDirectoryAt(name, LinuxCalls.ReadOnly, out LinuxHandle opened);
        bool isDenied = error == Errno.Acces && (mode & OpenMode.Read) == 0;
        if (isDenied) error = OpenDirectoryAt(name, LinuxCalls.PathOnly, out opened);
        node = error == Errno.Success ? new LinuxDirectory(opened, isReadable: !isDenied) : null;
        return error;
    }

    // Where a directory is asked for, the system says of a link what it says of a file.
    private Errno OpenDirectoryAt(string name, int flags, out LinuxHandle opened)
    {
        Errno error = OpenAt(name, flags | LinuxCalls.DirectoryOnly, out opened);
        if (error != Errno.Notdir) return error;
        return LinuxStat.Of(handle, name, out Filestat stat) == Errno.Success && stat.FileType == FileType.SymbolicLink ? Errno.Loop : error;
    }

    private Errno OpenAt(string name, int flags, out LinuxHandle opened)
    {
        flags |= LinuxCalls.NoFollow | LinuxCalls.CloseOnExec;
        if ((flags & LinuxCalls.PathOnly) == 0) flags |= LinuxCalls.NonBlocking | LinuxCalls.NoTerminal;
        while (true)
        {
            int descriptor = LinuxCalls.OpenAt(handle, name, flags, FileMode);
            int error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
            opened = new LinuxHandle(descriptor);
            if (error != LinuxCalls.Interrupted) return error == 0 ? Errno.Success : HostErrors.OfLinux(error);
        }
    }

    private Errno SetTimesAt(string name, TimeChange access, TimeChange modification)
    {
        Span<long> times = stackalloc long[LinuxTimes.Length];
        LinuxTimes.Write(access, modification, times);
        return Answer(LinuxCalls.SetTimesAt(handle, name, times, LinuxCalls.NoFollowAt));
    }

    private Errno SyncReopened(bool dataOnly) => isReadable ? Sync(dataOnly) : Errno.Acces;

    private static Errno LastError() => HostErrors.OfLinux(Marshal.GetLastPInvokeError());

    private static Errno Answer(int result) => result == 0 ? Errno.Success : LastError();
}
