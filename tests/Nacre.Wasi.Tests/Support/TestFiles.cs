using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

/// <summary>The host's way to files through the seam itself.</summary>
internal static class TestFiles
{
    public static byte[] Read(WasiDirectory root, string path)
    {
        Assert.Equal(Errno.Success, root.Reopen(out WasiDirectory? directory));
        string[] names = path.Split('/');
        foreach (string name in names[..^1])
        {
            using WasiDirectory parent = directory!;
            Assert.Equal(Errno.Success, parent.Enter(name, out directory));
        }

        using WasiDirectory last = directory!;
        Assert.Equal(Errno.Success, last.Open(names[^1], OpenMode.Read, out WasiNode? node));
        using var file = Assert.IsAssignableFrom<WasiFile>(node);
        Assert.Equal(Errno.Success, file.Stat(out Filestat stat));
        var bytes = new byte[stat.ByteCount];
        for (int done = 0; done < bytes.Length;)
        {
            Assert.Equal(Errno.Success, file.Read((uint)done, bytes.AsSpan(done), out int byteCount));
            Assert.NotEqual(0, byteCount);
            done += byteCount;
        }
        return bytes;
    }

    /// <summary>The names in a directory, in order.</summary>
    public static List<string> Names(WasiDirectory directory)
    {
        var names = new List<string>();
        Assert.Equal(Errno.Success, directory.ReadEntries(0, (in DirectoryEntry entry) =>
        {
            names.Add(entry.Name);
            return true;
        }));
        names.Sort(StringComparer.Ordinal);
        return names;
    }
}
