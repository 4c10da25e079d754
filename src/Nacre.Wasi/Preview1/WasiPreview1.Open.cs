using Nacre.Wasi.FileSystems;
using Nacre.Wasi.Preview1;

namespace Nacre.Wasi;

/// <content>Opening by path.</content>
public sealed partial class WasiPreview1
{
    [HostFunction("path_open")]
    private Errno PathOpen(
        Caller caller, uint number, uint lookupflags, uint pathAddress, uint pathByteCount, uint oflags, ulong rights, ulong inheritingRights,
        uint fdflags, uint openedAddress)
    {
        var memory = new GuestMemory(caller.Memory);
        // Guests ask for all bits there are: those that nothing behind a path can have are as good as not asked for.
        const Rights Possible = Rights.File | Rights.Directory;
        var request = new OpenRequest(
            (Lookupflags)lookupflags, (Oflags)oflags, (Rights)rights & Possible, (Rights)inheritingRights & Possible, (Fdflags)fdflags);
        using Held held = Find(number, request.NeededRights, out Errno error);
        if (error != Errno.Success) return error;
        if (!request.IsWithin(held.Descriptor.InheritingRights)) return Errno.Notcapable;
        if (!OpenRequest.IsValid(lookupflags, oflags, fdflags)) return Errno.Inval;
        if (!memory.Contains(openedAddress, sizeof(uint))) return Errno.Fault;
        if (!_descriptors.HasRoom) return Errno.Mfile;
        error = PathText.Read(memory, pathAddress, pathByteCount, out string path);
        if (error != Errno.Success) return error;

        using var walk = new PathWalk(held.Directory);
        error = walk.To(path);
        WasiNode? node = null;
        if (error == Errno.Success) error = Open(walk, ref request, out node);
        if (error != Errno.Success) return error;
        error = _descriptors.Add(Describe(node!, request), out uint opened);
        return error == Errno.Success ? memory.Write(openedAddress, opened) : error;
    }

    private Errno Open(PathWalk walk, ref OpenRequest request, out WasiNode? node)
    {
        while (true)
        {
            OpenMode mode = request.Mode(walk.IsDirectoryMeant);
            Errno error = request.Conflict(walk);
            node = null;
            if (error != Errno.Success) return error;
            if (walk.Name is null)
            {
                if (request.IsFileWanted) return Errno.Isdir;
                error = walk.Directory.Reopen(out WasiDirectory? directory);
                node = directory;
                return error;
            }

            error = OpenName(walk.Directory, walk.Name, mode, out node);
            if (node is WasiDirectory && request.IsFileWanted)
            {
                node.Dispose();
                node = null;
                return Errno.Isdir;
            }
            if (error == Errno.Rofs && request.TryGiveUpWriting()) continue;
            if (error != Errno.Loop || !(request.FollowsLinks || walk.IsDirectoryMeant)) return error;
            error = walk.FollowLink();
            if (error != Errno.Success) return error == Errno.Inval ? Errno.Loop : error;
        }
    }

    // A file that is created takes from the guest's share of names; one that exists does not.
    private Errno OpenName(WasiDirectory directory, string name, OpenMode mode, out WasiNode? node)
    {
        const OpenMode Creation = OpenMode.Create | OpenMode.Exclusive;
        if ((mode & OpenMode.Create) == 0) return directory.Open(name, mode, out node);
        if ((mode & OpenMode.Exclusive) == 0)
        {
            Errno found = directory.Open(name, mode & ~Creation, out node);
            if (found != Errno.Noent) return found;
        }

        node = null;
        Errno error = _quota.TakeEntry();
        return error == Errno.Success ? Added(directory.Open(name, mode, out node)) : error;
    }

    private Descriptor Describe(WasiNode node, in OpenRequest request)
    {
        Descriptor descriptor = node is WasiFile file
            ? new FileDescriptor(file, request.Rights & Rights.File, request.InheritingRights, _quota)
            : new DirectoryDescriptor((WasiDirectory)node, request.Rights & Rights.Directory, request.InheritingRights, preopenedName: null);
        descriptor.SetFlags(request.Fdflags);
        return descriptor;
    }
}
