namespace Nacre.Wasi.FileSystems;

/// <summary>A directory of the host by its path.</summary>
/// <param name="root">Path of the directory that the host opened. What lies above is the host's and not looked at.</param>
/// <param name="path">Path of this directory: the root's, or one that begins with it and goes on with names.</param>
/// <param name="listings">The listings of directories in the root, by their paths.</param>
internal sealed class PortableDirectory(string root, string path, SharedListings<string> listings) : WasiDirectory
{
    private NumberedListing? _listing;

    /// <inheritdoc cref="HostDirectory.Open"/>
    public static PortableDirectory Open(string path)
    {
        string root = Path.TrimEndingDirectorySeparator(path);
        return Directory.Exists(root) ? new PortableDirectory(root, root, new SharedListings<string>()) : throw new DirectoryNotFoundException($"'{path}': no such directory");
    }

    public override Errno Stat(out Filestat stat)
    {
        Errno error = Check();
        stat = default;
        return error == Errno.Success ? PortableStat.Of(path, out stat) : error;
    }

    public override Errno Stat(string name, out Filestat stat)
    {
        stat = default;
        Errno error = Check(name, out string entry);
        return error == Errno.Success ? PortableStat.Of(entry, out stat) : error;
    }

    public override Errno SetTimes(TimeChange access, TimeChange modification)
    {
        Errno error = Check();
        return error == Errno.Success ? PortableTimes.Change(path, FileType.Directory, access, modification) : error;
    }

    public override Errno SetTimes(string name, TimeChange access, TimeChange modification)
    {
        Errno error = Find(name, out string entry, out FileType type);
        if (error != Errno.Success) return error;
        return type == FileType.SymbolicLink ? Errno.Notsup : PortableTimes.Change(entry, type, access, modification);
    }

    public override Errno Open(string name, OpenMode mode, out WasiNode? node)
    {
        node = null;
        Errno error = Find(name, out string entry, out FileType type);
        if (error is not (Errno.Success or Errno.Noent) || (error == Errno.Noent && (mode & OpenMode.Create) == 0)) return error;
        if (error == Errno.Success)
        {
            if ((mode & OpenMode.Exclusive) != 0) return Errno.Exist;
            if (type == FileType.SymbolicLink) return Errno.Loop;
            if (type == FileType.Directory) return OpenDirectory(entry, mode, out node);
            if ((mode & OpenMode.Directory) != 0) return Errno.Notdir;
        }

        error = PortableFile.Open(entry, mode, out PortableFile? file);
        if (error != Errno.Success) return error;
        error = Find(name, out _, out type);
        if (error == Errno.Success && type != FileType.RegularFile) error = Errno.Loop;
        if (error == Errno.Success && (mode & OpenMode.Truncate) != 0) error = file!.SetSize(0);
        if (error == Errno.Success) node = file;
        else file!.Dispose();
        return error;
    }

    public override Errno Reopen(out WasiDirectory? directory)
    {
        Errno error = Check();
        directory = error == Errno.Success ? new PortableDirectory(root, path, listings) : null;
        return error;
    }

    public override Errno ReadLink(string name, out string? target)
    {
        target = null;
        Errno error = Find(name, out string entry, out FileType type);
        if (error != Errno.Success) return error;
        if (type != FileType.SymbolicLink) return Errno.Inval;
        if (OperatingSystem.IsWindows()) return Errno.Notsup;
        string? found = null;
        error = PortableCall.Try(() => found = new FileInfo(entry).LinkTarget);
        target = found;
        return error == Errno.Success && found is null ? Errno.Inval : error;
    }

    public override Errno ReadEntries(ulong cookie, DirectoryEntryReceiver receiver)
    {
        Errno error = Check();
        if (error != Errno.Success) return error;
        return listings.Get(path, ref _listing).Read(entries => PortableListing.List(path, entries), cookie, receiver);
    }

    public override Errno CreateDirectory(string name)
        => Add(name, entry => PortableCall.Try(() => Directory.CreateDirectory(entry)));

    public override Errno Symlink(string target, string name)
        => OperatingSystem.IsWindows() ? Errno.Notsup : Add(name, entry => PortableCall.Try(() => File.CreateSymbolicLink(entry, target)));

    public override Errno Link(string name, WasiDirectory target, string targetName)
    {
        if (target is not PortableDirectory other) return Errno.Xdev;
        Errno error = Find(name, out _, out FileType type);
        if (error != Errno.Success) return error;
        return type == FileType.Directory ? Errno.Perm : other.Add(targetName, _ => Errno.Notsup);
    }

    public override Errno RemoveDirectory(string name)
    {
        Errno error = Find(name, out string entry, out FileType type);
        if (error != Errno.Success) return error;
        return type == FileType.Directory ? PortableCall.Try(() => Directory.Delete(entry)) : Errno.Notdir;
    }

    public override Errno Unlink(string name)
    {
        Errno error = Find(name, out string entry, out FileType type);
        if (error != Errno.Success) return error;
        return type == FileType.Directory ? Errno.Isdir : PortableCall.Try(() => Remove(entry));
    }

    public override Errno Rename(string name, WasiDirectory target, string targetName)
    {
        if (target is not PortableDirectory other) return Errno.Xdev;
        Errno error = Find(name, out string entry, out FileType type);
        if (error != Errno.Success) return error;
        error = other.Find(targetName, out string targetEntry, out FileType replaced);
        bool replaces = error == Errno.Success;
        if (error is not (Errno.Success or Errno.Noent)) return error;
        if (other.Check() is var missing and not Errno.Success) return missing;
        if (entry == targetEntry) return Errno.Success;
        return replaces ? Replace(entry, type, targetEntry, replaced) : Move(entry, targetEntry, type);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) listings.Release(path, ref _listing);
        base.Dispose(disposing);
    }

    private static Errno Replace(string entry, FileType type, string target, FileType replaced)
    {
        bool isSame = false;
        Errno error = PortableCall.Try(() => isSame = IsSame(entry, target));
        if (error != Errno.Success) return error;
        if (isSame) return Move(entry, target, type);

        bool isDirectory = type == FileType.Directory;
        if (isDirectory != (replaced == FileType.Directory)) return isDirectory ? Errno.Notdir : Errno.Isdir;
        if (isDirectory && target.StartsWith(entry + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return Errno.Inval;
        error = PortableCall.Try(() =>
        {
            if (isDirectory) Directory.Delete(target);
            else if (!IsPlainFile(type, entry) || !IsPlainFile(replaced, target)) Remove(target);
        });
        return error == Errno.Success ? Move(entry, target, type) : error;
    }

    private static Errno Move(string entry, string target, FileType type)
    {
        bool isDirectory = type == FileType.Directory;
        if (isDirectory && target.StartsWith(entry + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return Errno.Inval;
        return PortableCall.Try(() =>
        {
            if (!isDirectory && IsPlainFile(type, entry)) File.Move(entry, target, overwrite: true);
            else Directory.Move(entry, target);
        });
    }

    // The framework takes a link that leads to a directory for a directory.
    private static bool IsPlainFile(FileType type, string entry)
        => type != FileType.SymbolicLink || (File.GetAttributes(entry) & FileAttributes.Directory) == 0;

    // A link that leads to a directory is a directory for Windows.
    private static void Remove(string entry)
    {
        if (OperatingSystem.IsWindows() && (File.GetAttributes(entry) & FileAttributes.Directory) != 0) Directory.Delete(entry);
        else File.Delete(entry);
    }

    // Where case means nothing, one file has several paths. Two that differ in case alone are two files when both are there as written.
    private static bool IsSame(string entry, string other)
    {
        if (entry == other) return true;
        if (!string.Equals(entry, other, StringComparison.OrdinalIgnoreCase)) return false;
        string parent = Path.GetDirectoryName(entry)!, name = Path.GetFileName(entry), otherName = Path.GetFileName(other);
        return IsSame(parent, Path.GetDirectoryName(other)!) && (name == otherName || !IsListed(parent, name) || !IsListed(parent, otherName));
    }

    private static bool IsListed(string parent, string name)
        => Directory.EnumerateFileSystemEntries(parent).Any(entry => Path.GetFileName(entry) == name);

    private Errno OpenDirectory(string entry, OpenMode mode, out WasiNode? node)
    {
        const OpenMode OfFiles = OpenMode.Write | OpenMode.Truncate | OpenMode.Create;
        bool isDirectoryWanted = (mode & OfFiles) == 0;
        node = isDirectoryWanted ? new PortableDirectory(root, entry, listings) : null;
        return isDirectoryWanted ? Errno.Success : Errno.Isdir;
    }

    private Errno Add(string name, Func<string, Errno> create)
    {
        Errno error = Find(name, out string entry, out _);
        if (error == Errno.Success) return Errno.Exist;
        if (error != Errno.Noent) return error;
        error = Check();
        return error == Errno.Success ? create(entry) : error;
    }

    private Errno Find(string name, out string entry, out FileType type)
    {
        type = default;
        Errno error = Check(name, out entry);
        if (error == Errno.Success) error = PortableStat.TypeOf(entry, out type);
        return error;
    }

    private Errno Check(string name, out string entry)
    {
        entry = "";
        if (!(OperatingSystem.IsWindows() ? HostName.IsPlainOnWindows(name) : HostName.IsPlain(name))) return Errno.Inval;
        entry = path + Path.DirectorySeparatorChar + name;
        return Check();
    }

    // Whether the names that lead here from the root are directories still, and not links.
    private Errno Check()
    {
        for (int end = root.Length; ; end = path.IndexOf(Path.DirectorySeparatorChar, end + 1))
        {
            bool isLast = end < 0 || end == path.Length;
            FileType type = FileType.Directory;
            // The root's path may be a link of the host.
            Errno error = end == root.Length ? Errno.Success : PortableStat.TypeOf(isLast ? path : path[..end], out type);
            if (error != Errno.Success) return error;
            if (type != FileType.Directory) return Errno.Noent;
            if (isLast) return Errno.Success;
        }
    }
}
