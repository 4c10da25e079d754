using Nacre.Wasi.FileSystems;
using Nacre.Wasi.Preview1;

namespace Nacre.Wasi;

/// <content>What is done with a path without opening it.</content>
public sealed partial class WasiPreview1
{
    // Held by who removes a name: none is given back to the quota twice.
    private readonly Lock _removing = new();

    [HostFunction("path_filestat_get")]
    private Errno PathFilestatGet(Caller caller, uint number, uint lookupflags, uint pathAddress, uint pathByteCount, uint statAddress)
    {
        Errno error = Stat(caller, number, lookupflags, pathAddress, pathByteCount, out Filestat stat);
        return error == Errno.Success ? new GuestMemory(caller.Memory).Write(statAddress, stat) : error;
    }

    /// <summary>Tells what is known about what a path names.</summary>
    internal Errno Stat(Caller caller, uint number, uint lookupflags, uint pathAddress, uint pathByteCount, out Filestat stat)
    {
        stat = default;
        Errno error = Walk(caller, number, Rights.PathFilestatGet, pathAddress, pathByteCount, out PathWalk? walk);
        if (error != Errno.Success) return error;
        using (walk) return Stat(walk!, lookupflags, out stat);
    }

    [HostFunction("path_filestat_set_times")]
    private Errno PathFilestatSetTimes(
        Caller caller, uint number, uint lookupflags, uint pathAddress, uint pathByteCount, ulong accessTime, ulong modificationTime, uint fstflags)
    {
        Errno error = Walk(caller, number, Rights.PathFilestatSetTimes, pathAddress, pathByteCount, out PathWalk? walk);
        if (error != Errno.Success) return error;
        using (walk)
        {
            error = Times(accessTime, modificationTime, fstflags, out TimeChange access, out TimeChange modification);
            if (error == Errno.Success) error = Stat(walk!, lookupflags, out _);
            if (error != Errno.Success) return error;
            return walk!.Name is { } name
                ? walk.Directory.SetTimes(name, access, modification)
                : walk.Directory.SetTimes(access, modification);
        }
    }

    [HostFunction("path_readlink")]
    private Errno PathReadlink(
        Caller caller, uint number, uint pathAddress, uint pathByteCount, uint bufferAddress, uint byteCount, uint usedByteCountAddress)
    {
        Errno error = Walk(caller, number, Rights.PathReadlink, pathAddress, pathByteCount, out PathWalk? walk);
        if (error != Errno.Success) return error;
        using (walk)
        {
            var memory = new GuestMemory(caller.Memory);
            if (!memory.TrySlice(bufferAddress, byteCount, out Span<byte> buffer) || !memory.Contains(usedByteCountAddress, sizeof(uint))) return Errno.Fault;
            if (walk!.IsDirectoryMeant) error = Stat(walk, (uint)Lookupflags.SymlinkFollow, out _);
            if (error != Errno.Success) return error;
            if (walk.Name is not { } name) return Errno.Inval;
            error = walk.Directory.ReadLink(name, out string? target);
            return error == Errno.Success ? memory.Write(usedByteCountAddress, PathText.Write(target!, buffer)) : error;
        }
    }

    [HostFunction("path_create_directory")]
    private Errno PathCreateDirectory(Caller caller, uint number, uint pathAddress, uint pathByteCount)
    {
        Errno error = Walk(caller, number, Rights.PathCreateDirectory, pathAddress, pathByteCount, out PathWalk? walk);
        if (error != Errno.Success) return error;
        using (walk)
        {
            if (walk!.Name is not { } name) return Errno.Exist;
            error = _quota.TakeEntry();
            return error == Errno.Success ? Added(walk.Directory.CreateDirectory(name)) : error;
        }
    }

    [HostFunction("path_remove_directory")]
    private Errno PathRemoveDirectory(Caller caller, uint number, uint pathAddress, uint pathByteCount)
    {
        Errno error = Walk(caller, number, Rights.PathRemoveDirectory, pathAddress, pathByteCount, out PathWalk? walk);
        if (error != Errno.Success) return error;
        using (walk)
        {
            if (walk!.Name is not { } name) return Errno.Inval;
            lock (_removing) return Removed(walk.Directory.RemoveDirectory(name));
        }
    }

    [HostFunction("path_unlink_file")]
    private Errno PathUnlinkFile(Caller caller, uint number, uint pathAddress, uint pathByteCount)
    {
        Errno error = Walk(caller, number, Rights.PathUnlinkFile, pathAddress, pathByteCount, out PathWalk? walk);
        if (error != Errno.Success) return error;
        using (walk)
        {
            if (walk!.Name is not { } name) return Errno.Isdir;
            if (!walk.IsDirectoryMeant)
            {
                lock (_removing) return Removed(walk.Directory.Unlink(name));
            }
            error = walk.Directory.Stat(name, out Filestat stat);
            return error != Errno.Success ? error : stat.FileType == FileType.Directory ? Errno.Isdir : Errno.Notdir;
        }
    }

    // Tells about what the path means, and leaves the walk there.
    private static Errno Stat(PathWalk walk, uint lookupflags, out Filestat stat)
    {
        stat = default;
        if ((lookupflags & ~(uint)Lookupflags.SymlinkFollow) != 0) return Errno.Inval;
        while (true)
        {
            Errno error = walk.Name is { } name ? walk.Directory.Stat(name, out stat) : walk.Directory.Stat(out stat);
            if (error != Errno.Success) return error;
            bool follows = (lookupflags & (uint)Lookupflags.SymlinkFollow) != 0 || walk.IsDirectoryMeant;
            if (stat.FileType != FileType.SymbolicLink || !follows)
                return walk.IsDirectoryMeant && stat.FileType != FileType.Directory ? Errno.Notdir : Errno.Success;
            error = walk.FollowLink();
            if (error is not (Errno.Success or Errno.Inval)) return error;      // no longer a link: ask again
        }
    }

    // The descriptor's rights are checked before its path is looked at.
    private Errno Walk(Caller caller, uint number, Rights needed, uint pathAddress, uint pathByteCount, out PathWalk? walk)
    {
        walk = null;
        using Held held = Find(number, needed, out Errno error);
        if (error != Errno.Success) return error;
        error = PathText.Read(new GuestMemory(caller.Memory), pathAddress, pathByteCount, out string path);
        if (error != Errno.Success) return error;

        walk = new PathWalk(held.Directory);
        error = walk.To(path);
        if (error != Errno.Success) walk.Dispose();
        return error;
    }

    // Room for the name was taken before.
    private Errno Added(Errno error)
    {
        if (error != Errno.Success) _quota.ReturnEntry();
        return error;
    }

    private Errno Removed(Errno error)
    {
        if (error == Errno.Success) _quota.ReturnEntry();
        return error;
    }
}
