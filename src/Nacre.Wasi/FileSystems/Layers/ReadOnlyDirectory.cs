namespace Nacre.Wasi.FileSystems;

/// <summary>A directory, with everything beneath it, in which nothing can be changed: that answers <see cref="Errno.Rofs"/>.</summary>
/// <param name="inner">What it shows. Disposing of this disposes of that.</param>
public sealed class ReadOnlyDirectory(WasiDirectory inner) : WasiDirectory
{
    private const OpenMode Changing = OpenMode.Write | OpenMode.Truncate;

    /// <inheritdoc/>
    public override Errno Open(string name, OpenMode mode, out WasiNode? node)
    {
        node = null;
        if ((mode & OpenMode.Exclusive) != 0) return inner.Stat(name, out _) == Errno.Success ? Errno.Exist : Errno.Rofs;

        Errno error = inner.Open(name, mode & ~(Changing | OpenMode.Create), out WasiNode? found);
        if (error == Errno.Noent && (mode & OpenMode.Create) != 0) return Errno.Rofs;
        if (error != Errno.Success) return error;
        if ((mode & Changing) != 0)
        {
            found!.Dispose();
            return found is WasiDirectory ? Errno.Isdir : Errno.Rofs;
        }
        node = found is WasiFile file ? new ReadOnlyFile(file) : new ReadOnlyDirectory((WasiDirectory)found!);
        return Errno.Success;
    }

    /// <inheritdoc/>
    public override Errno Enter(string name, out WasiDirectory? directory)
    {
        Errno error = inner.Enter(name, out WasiDirectory? found);
        directory = found is null ? null : new ReadOnlyDirectory(found);
        return error;
    }

    /// <inheritdoc/>
    public override Errno Reopen(out WasiDirectory? directory)
    {
        Errno error = inner.Reopen(out WasiDirectory? found);
        directory = found is null ? null : new ReadOnlyDirectory(found);
        return error;
    }

    /// <inheritdoc/>
    public override Errno Stat(out Filestat stat) => inner.Stat(out stat);

    /// <inheritdoc/>
    public override Errno Stat(string name, out Filestat stat) => inner.Stat(name, out stat);

    /// <inheritdoc/>
    public override Errno ReadLink(string name, out string? target) => inner.ReadLink(name, out target);

    /// <inheritdoc/>
    public override Errno ReadEntries(ulong cookie, DirectoryEntryReceiver receiver) => inner.ReadEntries(cookie, receiver);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private sealed class ReadOnlyFile(WasiFile file) : WasiFile
    {
        public override FileType FileType => file.FileType;

        public override bool IsSeekable => file.IsSeekable;

        public override Errno Stat(out Filestat stat) => file.Stat(out stat);

        public override Errno Read(ulong byteOffset, Span<byte> buffer, out int byteCount) => file.Read(byteOffset, buffer, out byteCount);

        public override Errno Allocate(ulong byteOffset, ulong byteCount) => Errno.Rofs;

        protected override void Dispose(bool disposing)
        {
            if (disposing) file.Dispose();
            base.Dispose(disposing);
        }
    }
}
