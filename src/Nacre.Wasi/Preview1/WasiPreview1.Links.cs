using Nacre.Wasi.FileSystems;
using Nacre.Wasi.Preview1;

namespace Nacre.Wasi;

/// <content>New names for what there is: moving, hard and symbolic links.</content>
public sealed partial class WasiPreview1
{
    [HostFunction("path_rename")]
    private Errno PathRename(
        Caller caller, uint number, uint pathAddress, uint pathByteCount, uint targetNumber, uint targetAddress, uint targetByteCount)
    {
        Errno error = Walk(caller, number, Rights.PathRenameSource, pathAddress, pathByteCount, out PathWalk? source);
        if (error != Errno.Success) return error;
        using (source)
        {
            error = Walk(caller, targetNumber, Rights.PathRenameTarget, targetAddress, targetByteCount, out PathWalk? target);
            if (error != Errno.Success) return error;
            using (target) return Rename(source!, target!);
        }
    }

    [HostFunction("path_link")]
    private Errno PathLink(
        Caller caller, uint number, uint lookupflags, uint pathAddress, uint pathByteCount, uint targetNumber, uint targetAddress,
        uint targetByteCount)
    {
        Errno error = Walk(caller, number, Rights.PathLinkSource, pathAddress, pathByteCount, out PathWalk? source);
        if (error != Errno.Success) return error;
        using (source)
        {
            error = Walk(caller, targetNumber, Rights.PathLinkTarget, targetAddress, targetByteCount, out PathWalk? target);
            if (error != Errno.Success) return error;
            using (target)
            {
                error = Stat(source!, lookupflags, out _);
                if (error != Errno.Success) return error;
                if (source!.Name is not { } name) return Errno.Perm;
                error = CanCreate(target!, out string targetName);
                return error == Errno.Success ? Added(source.Directory.Link(name, target!.Directory, targetName)) : error;
            }
        }
    }

    /// <summary>A link's target is kept as it is, but an absolute one, which could never be followed, is refused.</summary>
    [HostFunction("path_symlink")]
    private Errno PathSymlink(Caller caller, uint targetAddress, uint targetByteCount, uint number, uint pathAddress, uint pathByteCount)
    {
        Errno error = Walk(caller, number, Rights.PathSymlink, pathAddress, pathByteCount, out PathWalk? walk);
        if (error != Errno.Success) return error;
        using (walk)
        {
            error = PathText.Read(new GuestMemory(caller.Memory), targetAddress, targetByteCount, out string target);
            if (error != Errno.Success) return error;
            error = CanCreate(walk!, out string name);
            return error == Errno.Success ? Added(walk!.Directory.Symlink(target, name)) : error;
        }
    }

    // Only a directory is moved from or to a path that ends with a slash.
    private Errno Rename(PathWalk source, PathWalk target)
    {
        if (source.Name is not { } name || target.Name is not { } targetName) return Errno.Busy;
        if (source.IsDirectoryMeant || target.IsDirectoryMeant)
        {
            Errno error = source.Directory.Stat(name, out Filestat stat);
            if (error != Errno.Success) return error;
            if (stat.FileType != FileType.Directory) return Errno.Notdir;
        }
        lock (_removing)
        {
            bool isReplaced = IsOther(source, name, target, targetName);
            Errno error = source.Directory.Rename(name, target.Directory, targetName);
            return isReplaced ? Removed(error) : error;
        }
    }

    // Whether there is something under the second name that moving the first onto it removes: two names of one file both stay.
    private static bool IsOther(PathWalk source, string name, PathWalk target, string targetName)
        => target.Directory.Stat(targetName, out Filestat there) == Errno.Success
            && source.Directory.Stat(name, out Filestat moved) == Errno.Success
            && (there.Device, there.Inode) != (moved.Device, moved.Inode);

    // Nothing but a directory is created under a path that ends with a slash. Takes room for the name.
    private Errno CanCreate(PathWalk walk, out string name)
    {
        name = walk.Name ?? "";
        if (walk.Name is null) return Errno.Exist;
        if (!walk.IsDirectoryMeant) return _quota.TakeEntry();
        Errno error = walk.Directory.Stat(name, out Filestat stat);
        return error != Errno.Success ? error : stat.FileType == FileType.Directory ? Errno.Exist : Errno.Notdir;
    }
}
