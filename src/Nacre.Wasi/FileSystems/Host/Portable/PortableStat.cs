using System.Text;

namespace Nacre.Wasi.FileSystems;

/// <summary>What <c>System.IO</c> knows about a file.</summary>
internal static class PortableStat
{
    private const FileAttributes Missing = (FileAttributes)(-1);

    /// <summary>Tells what a path refers to, be it a link.</summary>
    public static Errno TypeOf(string path, out FileType type)
    {
        FileType found = default;
        bool exists = false;
        Errno error = PortableCall.Try(() =>
        {
            FileAttributes attributes = new FileInfo(path).Attributes;
            (exists, found) = (attributes != Missing, TypeOf(attributes));
        });
        type = found;
        return error == Errno.Success && !exists ? Errno.Noent : error;
    }

    /// <summary>Of a link is known what is known of it, not of what it leads to.</summary>
    public static FileType TypeOf(FileAttributes attributes)
        => (attributes & FileAttributes.ReparsePoint) != 0 ? FileType.SymbolicLink
        : (attributes & FileAttributes.Directory) != 0 ? FileType.Directory
        : FileType.RegularFile;

    /// <summary>Tells about what a path refers to, be it a link.</summary>
    public static Errno Of(string path, out Filestat stat)
    {
        Filestat found = default;
        bool exists = false;
        Errno error = PortableCall.Try(() =>
        {
            var info = new FileInfo(path);
            exists = info.Attributes != Missing;
            if (exists) found = Of(info);
        });
        stat = found;
        return error == Errno.Success && !exists ? Errno.Noent : error;
    }

    /// <summary>The number of a file is made of its path: the host's own is not known.</summary>
    public static ulong InodeOf(string path)
    {
        ulong hash = 14695981039346656037;          // FNV-1a
        foreach (char c in path) hash = (hash ^ c) * 1099511628211;
        return Math.Max(hash, 1);
    }

    private static Filestat Of(FileInfo info)
    {
        FileType type = TypeOf(info.Attributes);
        return new Filestat
        {
            Inode = InodeOf(info.FullName),
            FileType = type,
            LinkCount = 1,
            ByteCount = type switch
            {
                FileType.RegularFile => (ulong)info.Length,
                FileType.SymbolicLink => (ulong)Encoding.UTF8.GetByteCount(info.LinkTarget ?? ""),
                _ => 0,
            },
            AccessTime = UnixTime.Of(info.LastAccessTimeUtc),
            ModificationTime = UnixTime.Of(info.LastWriteTimeUtc),
            ChangeTime = UnixTime.Of(info.LastWriteTimeUtc),
        };
    }
}
