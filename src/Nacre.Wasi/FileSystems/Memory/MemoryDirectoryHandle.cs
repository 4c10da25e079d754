namespace Nacre.Wasi.FileSystems;

/// <summary>An open directory in memory. It holds nothing that would have to be given back.</summary>
internal sealed class MemoryDirectoryHandle(MemoryDirectory directory) : WasiDirectory
{
    private Lock Lock => directory.System.Lock;

    public override Errno Stat(out Filestat stat)
    {
        lock (Lock) stat = directory.Stat();
        return Errno.Success;
    }

    public override Errno Stat(string name, out Filestat stat)
    {
        stat = default;
        lock (Lock)
        {
            if (directory.Find(name) is not { } inode) return Errno.Noent;
            stat = inode.Stat();
            return Errno.Success;
        }
    }

    public override Errno SetTimes(TimeChange access, TimeChange modification)
    {
        lock (Lock) directory.SetTimes(access, modification);
        return Errno.Success;
    }

    public override Errno SetTimes(string name, TimeChange access, TimeChange modification)
    {
        lock (Lock)
        {
            if (directory.Find(name) is not { } inode) return Errno.Noent;
            inode.SetTimes(access, modification);
            return Errno.Success;
        }
    }

    public override Errno Reopen(out WasiDirectory? reopened)
    {
        reopened = new MemoryDirectoryHandle(directory);
        return Errno.Success;
    }

    public override Errno Open(string name, OpenMode mode, out WasiNode? node)
    {
        node = null;
        lock (Lock)
        {
            MemoryInode? inode = directory.Find(name);
            if (inode is null)
            {
                if ((mode & OpenMode.Create) == 0) return Errno.Noent;
                inode = new MemoryFile(directory.System);
                Errno error = directory.Add(name, inode);
                if (error != Errno.Success) return error;
            }
            else if ((mode & OpenMode.Exclusive) != 0)
            {
                return Errno.Exist;
            }
            return Open(inode, mode, out node);
        }
    }

    public override Errno ReadLink(string name, out string? target)
    {
        lock (Lock)
        {
            MemoryInode? inode = directory.Find(name);
            target = (inode as MemoryLink)?.Target;
            return inode is null ? Errno.Noent : target is null ? Errno.Inval : Errno.Success;
        }
    }

    public override Errno ReadEntries(ulong cookie, DirectoryEntryReceiver receiver)
    {
        lock (Lock)
        {
            while (directory.After(cookie) is var (name, inode, number))
            {
                if (!receiver(new DirectoryEntry(name, inode.FileType, inode.Number, number))) break;
                cookie = number;
            }
            return Errno.Success;
        }
    }

    public override Errno CreateDirectory(string name)
    {
        lock (Lock)
            return directory.Find(name) is null ? directory.Add(name, new MemoryDirectory(directory.System, directory)) : Errno.Exist;
    }

    public override Errno Symlink(string target, string name)
    {
        lock (Lock)
        {
            if (directory.Find(name) is not null) return Errno.Exist;
            if (!directory.System.TryTake(MemoryInode.CostOf(target))) return Errno.Nospc;
            Errno error = directory.Add(name, new MemoryLink(directory.System, target));
            if (error != Errno.Success) directory.System.TryTake(-MemoryInode.CostOf(target));
            return error;
        }
    }

    public override Errno RemoveDirectory(string name)
    {
        lock (Lock)
        {
            MemoryInode? inode = directory.Find(name);
            if (inode is null) return Errno.Noent;
            if (inode is not MemoryDirectory removed) return Errno.Notdir;
            if (!removed.IsEmpty) return Errno.Notempty;
            directory.Remove(name);
            return Errno.Success;
        }
    }

    public override Errno Unlink(string name)
    {
        lock (Lock)
        {
            MemoryInode? inode = directory.Find(name);
            if (inode is null) return Errno.Noent;
            if (inode is MemoryDirectory) return Errno.Isdir;
            directory.Remove(name);
            return Errno.Success;
        }
    }

    public override Errno Link(string name, WasiDirectory target, string targetName)
    {
        if (Same(target) is not { } other) return Errno.Xdev;
        lock (Lock)
        {
            MemoryInode? inode = directory.Find(name);
            if (inode is null) return Errno.Noent;
            if (inode is MemoryDirectory) return Errno.Perm;
            return other.Find(targetName) is null ? other.Add(targetName, inode) : Errno.Exist;
        }
    }

    public override Errno Rename(string name, WasiDirectory target, string targetName)
    {
        if (Same(target) is not { } other) return Errno.Xdev;
        lock (Lock)
        {
            if (directory.Find(name) is not { } inode) return Errno.Noent;
            if (other.IsRemoved) return Errno.Noent;
            MemoryInode? replaced = other.Find(targetName);
            if (replaced == inode) return Errno.Success;
            if (inode is MemoryDirectory && other.IsWithin(inode)) return Errno.Inval;
            Errno error = CanReplace(inode, replaced);
            if (error != Errno.Success) return error;

            // The new name first: nothing is lost when there is no room for it.
            if (replaced is not null) other.Remove(targetName);
            error = other.Add(targetName, inode);
            if (error == Errno.Success) directory.Remove(name);
            return error;
        }
    }

    private static Errno Open(MemoryInode inode, OpenMode mode, out WasiNode? node)
    {
        node = null;
        switch (inode)
        {
            case MemoryLink:
                return Errno.Loop;
            case MemoryDirectory found:
                if ((mode & (OpenMode.Write | OpenMode.Truncate | OpenMode.Create)) != 0) return Errno.Isdir;
                node = new MemoryDirectoryHandle(found);
                return Errno.Success;
            default:
                if ((mode & OpenMode.Directory) != 0) return Errno.Notdir;
                var file = (MemoryFile)inode;
                if ((mode & OpenMode.Truncate) != 0) file.SetSize(0);
                node = new MemoryFileHandle(file);
                return Errno.Success;
        }
    }

    private static Errno CanReplace(MemoryInode inode, MemoryInode? replaced) => (inode, replaced) switch
    {
        (_, null) => Errno.Success,
        (MemoryDirectory, MemoryDirectory { IsEmpty: false }) => Errno.Notempty,
        (MemoryDirectory, not MemoryDirectory) => Errno.Notdir,
        (not MemoryDirectory, MemoryDirectory) => Errno.Isdir,
        _ => Errno.Success,
    };

    private MemoryDirectory? Same(WasiDirectory target)
        => target is MemoryDirectoryHandle handle && handle.Directory.System == directory.System ? handle.Directory : null;

    private MemoryDirectory Directory => directory;
}
