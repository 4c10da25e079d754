using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Preview1;

/// <summary>What a guest says when it opens a path.</summary>
internal struct OpenRequest(Lookupflags lookupflags, Oflags oflags, Rights rights, Rights inheritingRights, Fdflags fdflags)
{
    private bool _givesUpWriting;

    public readonly Fdflags Fdflags => fdflags;

    public readonly Rights InheritingRights => inheritingRights;

    public readonly Rights Rights => _givesUpWriting ? rights & ~Rights.Writing : rights;

    public readonly bool FollowsLinks => (lookupflags & Lookupflags.SymlinkFollow) != 0;

    /// <summary>The rights that the directory must have for it.</summary>
    public readonly Rights NeededRights => Rights.PathOpen
        | (Has(Oflags.Creat) ? Rights.PathCreateFile : 0)
        | (Has(Oflags.Trunc) ? Rights.PathFilestatSetSize : 0);

    /// <summary>Whether a directory can hand on what is asked for, when it hands on these rights.</summary>
    public readonly bool IsWithin(Rights handedOn)
    {
        Rights needed = Rights | inheritingRights | ((fdflags & (Fdflags.Sync | Fdflags.Rsync)) != 0 ? Rights.FdSync : 0);
        bool maySync = (fdflags & Fdflags.Dsync) == 0 || (handedOn & (Rights.FdDatasync | Rights.FdSync)) != 0;
        return maySync && (needed & ~handedOn) == 0;
    }

    /// <summary>Whether flags are ones that exist and go together.</summary>
    public static bool IsValid(uint lookupflags, uint oflags, uint fdflags)
        => (lookupflags & ~(uint)Lookupflags.SymlinkFollow) == 0 && (oflags & ~(uint)Oflags.All) == 0 && (fdflags & ~(uint)Fdflags.All) == 0
            && !(((Oflags)oflags & Oflags.Directory) != 0 && ((Oflags)oflags & (Oflags.Creat | Oflags.Trunc)) != 0);

    /// <summary>How the last name of the path is to be opened.</summary>
    public readonly OpenMode Mode(bool isDirectoryMeant)
    {
        OpenMode mode = (Rights & (Rights.FdRead | Rights.FdReaddir)) != 0 ? OpenMode.Read : OpenMode.None;
        if (isDirectoryMeant || Has(Oflags.Directory)) return mode | OpenMode.Directory;
        if ((Rights & Rights.Writing) != 0) mode |= OpenMode.Write;
        if (Has(Oflags.Creat)) mode |= OpenMode.Create;
        if (Has(Oflags.Creat) && Has(Oflags.Excl)) mode |= OpenMode.Exclusive;
        if (Has(Oflags.Trunc)) mode |= OpenMode.Truncate;
        return mode;
    }

    /// <summary>What a path that can only mean a directory answers when it is to be created or cut off.</summary>
    public readonly Errno Conflict(PathWalk walk)
    {
        if (walk.Name is not null && !walk.IsDirectoryMeant) return Errno.Success;
        if (Has(Oflags.Creat) && Has(Oflags.Excl) && walk.Name is null) return Errno.Exist;
        return Has(Oflags.Creat) || Has(Oflags.Trunc) ? Errno.Isdir : Errno.Success;
    }

    /// <summary>Whether it was a file that the guest had in mind, should it turn out to be a directory.</summary>
    public readonly bool IsFileWanted => (Rights & Rights.FdWrite) != 0 || Has(Oflags.Creat);

    /// <summary>
    /// Where nothing can be written, does without the rights that only go with writing: guests that want to read ask for them too.
    /// </summary>
    /// <returns>False when the guest does want to write, or has been here before.</returns>
    public bool TryGiveUpWriting()
    {
        if (_givesUpWriting || (rights & Rights.FdWrite) != 0 || (rights & Rights.Writing) == 0 || Has(Oflags.Creat) || Has(Oflags.Trunc)) return false;
        return _givesUpWriting = true;
    }

    private readonly bool Has(Oflags flag) => (oflags & flag) != 0;
}
