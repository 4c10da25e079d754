using System.IO.Compression;
using System.Text;

namespace Nacre.Wasi.FileSystems;

/// <summary>Zip archives as directories that can be read.</summary>
public static class ZipFileSystem
{
    // What a Unix that made an archive writes into the upper half of an entry's attributes: the file's type, here that of a link.
    private const int TypeShift = 16, TypeMask = 0xF000, LinkType = 0xA000;

    /// <summary>Unpacks an archive into the host's memory.</summary>
    /// <param name="archive">The archive: it is read, at once, and stays the caller's. It must be seekable.</param>
    /// <param name="maximumByteCount">How many bytes it may take when unpacked.</param>
    /// <returns>Its topmost directory. Nothing in it can be changed.</returns>
    /// <exception cref="InvalidDataException">It is no archive, is damaged, or has names that no directory can have.</exception>
    /// <exception cref="IOException">It takes more bytes, or a name is both a file's and a directory's.</exception>
    public static WasiDirectory Load(Stream archive, long maximumByteCount = 1L << 30)
    {
        ArgumentNullException.ThrowIfNull(archive);
        var system = new MemoryFileSystem { MaximumByteCount = maximumByteCount };
        using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
        foreach (ZipArchiveEntry entry in zip.Entries) Unpack(entry, system);
        return new ReadOnlyDirectory(system.Root);
    }

    private static void Unpack(ZipArchiveEntry entry, MemoryFileSystem system)
    {
        string path = entry.FullName;
        string[] names = path.Split('/');
        bool isDirectory = names[^1].Length == 0;
        if (isDirectory) names = names[..^1];
        if (names.Length == 0 || !Array.TrueForAll(names, IsName)) throw new InvalidDataException($"'{path}' cannot be a path in an archive.");

        using WasiDirectory directory = system.CreateDirectory(isDirectory ? path : string.Join('/', names[..^1]));
        Errno error = Errno.Success;
        if (isDirectory) error = directory.SetTimes(TimeOf(entry), TimeOf(entry));
        else if ((entry.ExternalAttributes >> TypeShift & TypeMask) == LinkType) error = directory.Symlink(TargetOf(entry), names[^1]);
        else UnpackFile(entry, system, directory, names[^1]);
        if (error != Errno.Success) throw new IOException($"'{path}': {error}");
    }

    private static void UnpackFile(ZipArchiveEntry entry, MemoryFileSystem system, WasiDirectory directory, string name)
    {
        system.WriteFile(entry.FullName, []);
        directory.Open(name, OpenMode.Write, out WasiNode? node);
        using var file = (WasiFile)node!;
        using Stream bytes = entry.Open();
        var buffer = new byte[1 << 16];
        ulong byteOffset = 0;
        for (int byteCount; (byteCount = bytes.Read(buffer)) > 0; byteOffset += (uint)byteCount)
        {
            Errno error = file.Write(byteOffset, buffer.AsSpan(0, byteCount), out _);
            if (error != Errno.Success) throw new IOException($"'{entry.FullName}': {error}");
        }
        file.SetTimes(TimeOf(entry), TimeOf(entry));
    }

    private static string TargetOf(ZipArchiveEntry entry)
    {
        using Stream bytes = entry.Open();
        var target = new byte[WasiDirectory.MaximumPathByteCount + 1];
        int byteCount = bytes.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        return byteCount <= WasiDirectory.MaximumPathByteCount
            ? Encoding.UTF8.GetString(target, 0, byteCount)
            : throw new InvalidDataException($"The link '{entry.FullName}' leads too far.");
    }

    private static TimeChange TimeOf(ZipArchiveEntry entry)
        => TimeChange.At(UnixTime.Of(entry.LastWriteTime));

    private static bool IsName(string name)
        => name is not ("" or "." or "..") && !name.Contains('\0') && Encoding.UTF8.GetByteCount(name) <= WasiDirectory.MaximumNameByteCount;
}
