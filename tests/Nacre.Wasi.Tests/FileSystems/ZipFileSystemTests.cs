using System.IO.Compression;
using System.Text;
using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

public class ZipFileSystemTests
{
    [Fact]
    public void An_archive_is_a_directory()
    {
        WasiDirectory root = ZipFileSystem.Load(Archive(("a/b/file", "text"), ("a/empty/", ""), ("top", "other")));
        Assert.Equal("text", Encoding.UTF8.GetString(TestFiles.Read(root, "a/b/file")));
        Assert.Equal("other", Encoding.UTF8.GetString(TestFiles.Read(root, "top")));
        Assert.Equal(Errno.Success, root.Enter("a", out WasiDirectory? a));
        Assert.Equal(Errno.Success, a!.Enter("empty", out _));
        Assert.Equal(Errno.Rofs, root.CreateDirectory("new"));
        Assert.Equal(Errno.Success, root.Stat("top", out Filestat stat));
        Assert.Equal((ulong)new DateTimeOffset(2020, 2, 2, 2, 2, 2, TimeSpan.Zero).ToUnixTimeSeconds() * 1_000_000_000, stat.ModificationTime);
    }

    [Fact]
    public void A_link_in_an_archive_is_a_link()
    {
        WasiDirectory root = ZipFileSystem.Load(Archive(("link", "target")));
        Assert.Equal(Errno.Inval, root.ReadLink("link", out _));
        root = ZipFileSystem.Load(Archive(attributes: 0xA1FF << 16, ("link", "target")));
        Assert.Equal(Errno.Success, root.ReadLink("link", out string? target));
        Assert.Equal("target", target);
    }

    [Theory]
    [InlineData("../file")]
    [InlineData("/file")]
    [InlineData("a/../../file")]
    [InlineData("a//file")]
    [InlineData("./file")]
    [InlineData("a/./")]
    [InlineData("/")]
    public void A_path_that_is_none_is_refused(string path)
        => Assert.Throws<InvalidDataException>(() => ZipFileSystem.Load(Archive((path, "text"))));

    [Fact]
    public void An_archive_that_unpacks_to_too_much_is_refused()
    {
        using MemoryStream archive = Archive(("zeros", new string('0', 1_000_000)));
        Assert.True(archive.Length < 10_000);
        Assert.Throws<IOException>(() => ZipFileSystem.Load(archive, maximumByteCount: 500_000));
        Assert.Throws<InvalidDataException>(() => ZipFileSystem.Load(new MemoryStream([1, 2, 3])));
        Assert.Throws<IOException>(() => ZipFileSystem.Load(Archive(("a", "file"), ("a/b", "file"))));
    }

    private static MemoryStream Archive(params (string Path, string Text)[] entries) => Archive(attributes: 0, entries);

    private static MemoryStream Archive(int attributes, params (string Path, string Text)[] entries)
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string path, string text) in entries)
            {
                ZipArchiveEntry entry = archive.CreateEntry(path);
                entry.ExternalAttributes = attributes;
                entry.LastWriteTime = new DateTimeOffset(2020, 2, 2, 2, 2, 2, TimeSpan.Zero);
                using Stream content = entry.Open();
                content.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        bytes.Position = 0;
        return bytes;
    }
}
