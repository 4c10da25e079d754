using Microsoft.Win32.SafeHandles;

namespace Nacre.Wasi.FileSystems;

/// <summary>A file of the host.</summary>
/// <param name="handle">Its handle, which it closes.</param>
/// <param name="path">The path under which it was opened.</param>
internal sealed class PortableFile(SafeFileHandle handle, string path) : WasiFile
{
    private readonly Lock _appendLock = new();

    /// <summary>Opens a file, or creates it; it keeps its bytes.</summary>
    public static Errno Open(string path, OpenMode mode, out PortableFile? file)
    {
        FileMode fileMode = (mode & OpenMode.Create) == 0 ? FileMode.Open
            : (mode & OpenMode.Exclusive) != 0 ? FileMode.CreateNew : FileMode.OpenOrCreate;
        // The framework creates nothing that is only read.
        bool writes = (mode & (OpenMode.Write | OpenMode.Truncate | OpenMode.Exclusive)) != 0;
        FileAccess access = !writes ? FileAccess.Read : (mode & OpenMode.Read) != 0 ? FileAccess.ReadWrite : FileAccess.Write;
        PortableFile? opened = null;
        Errno error = PortableCall.Try(
            () => opened = new PortableFile(File.OpenHandle(path, fileMode, access, FileShare.ReadWrite | FileShare.Delete), path));
        file = opened;
        return error;
    }

    public override Errno Stat(out Filestat stat)
    {
        Filestat found = default;
        Errno error = PortableCall.Try(() => found = new Filestat
        {
            Inode = PortableStat.InodeOf(path),
            FileType = FileType.RegularFile,
            LinkCount = 1,
            ByteCount = (ulong)RandomAccess.GetLength(handle),
            AccessTime = UnixTime.Of(File.GetLastAccessTimeUtc(handle)),
            ModificationTime = UnixTime.Of(File.GetLastWriteTimeUtc(handle)),
            ChangeTime = UnixTime.Of(File.GetLastWriteTimeUtc(handle)),
        });
        stat = found;
        return error;
    }

    public override Errno SetTimes(TimeChange access, TimeChange modification) => PortableTimes.Change(handle, access, modification);

    public override Errno Sync(bool dataOnly) => PortableCall.Try(() => RandomAccess.FlushToDisk(handle));

    public override Errno Read(ulong byteOffset, Span<byte> buffer, out int byteCount)
    {
        byteCount = 0;
        if (byteOffset > (ulong)(long.MaxValue - buffer.Length)) return Errno.Success;      // no file reaches that far
        try
        {
            byteCount = RandomAccess.Read(handle, buffer, (long)byteOffset);
            return Errno.Success;
        }
        catch (Exception exception) when (HostErrors.IsOfFileSystem(exception))
        {
            return HostErrors.Of(exception);
        }
    }

    public override Errno Write(ulong byteOffset, ReadOnlySpan<byte> bytes, out int byteCount)
    {
        byteCount = 0;
        if (byteOffset > (ulong)(long.MaxValue - bytes.Length)) return Errno.Fbig;
        try
        {
            RandomAccess.Write(handle, bytes, (long)byteOffset);
            byteCount = bytes.Length;
            return Errno.Success;
        }
        catch (Exception exception) when (HostErrors.IsOfFileSystem(exception))
        {
            return HostErrors.Of(exception);
        }
    }

    public override Errno Append(ReadOnlySpan<byte> bytes, out int byteCount, out ulong endOffset)
    {
        (byteCount, endOffset) = (0, 0);
        lock (_appendLock)
        {
            Errno error = ByteCount(out long end);
            if (error == Errno.Success) error = Write((ulong)end, bytes, out byteCount);
            endOffset = (ulong)(end + byteCount);
            return error;
        }
    }

    public override Errno SetSize(ulong byteCount)
        => byteCount > long.MaxValue ? Errno.Inval : PortableCall.Try(() => RandomAccess.SetLength(handle, (long)byteCount));

    public override Errno Allocate(ulong byteOffset, ulong byteCount)
    {
        if (byteOffset > long.MaxValue || byteCount > long.MaxValue - byteOffset) return Errno.Fbig;
        Errno error = ByteCount(out long end);
        if (error != Errno.Success) return error;
        return byteOffset + byteCount > (ulong)end ? SetSize(byteOffset + byteCount) : Errno.Success;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) handle.Dispose();
        base.Dispose(disposing);
    }

    private Errno ByteCount(out long byteCount)
    {
        byteCount = 0;
        try
        {
            byteCount = RandomAccess.GetLength(handle);
            return Errno.Success;
        }
        catch (Exception exception) when (HostErrors.IsOfFileSystem(exception))
        {
            return HostErrors.Of(exception);
        }
    }
}
