namespace Nacre.Wasi.FileSystems;

/// <summary>A directory in which nothing is.</summary>
internal sealed class EmptyDirectory : WasiDirectory
{
    public override Errno Open(string name, OpenMode mode, out WasiNode? node)
    {
        node = null;
        return Errno.Noent;
    }

    public override Errno Reopen(out WasiDirectory? directory)
    {
        directory = this;
        return Errno.Success;
    }

    public override Errno Stat(out Filestat stat)
    {
        stat = new Filestat { FileType = FileType.Directory };
        return Errno.Success;
    }

    public override Errno Stat(string name, out Filestat stat)
    {
        stat = default;
        return Errno.Noent;
    }

    public override Errno ReadEntries(ulong cookie, DirectoryEntryReceiver receiver) => Errno.Success;
}
