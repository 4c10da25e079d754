using System.Text;
using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

public class MemoryFileSystemTests
{
    [Fact]
    public void The_host_writes_and_reads_files_by_path()
    {
        var system = new MemoryFileSystem();
        system.WriteFile("a/b/file", "text"u8);
        Assert.Equal("text", Encoding.UTF8.GetString(system.ReadFile("/a/b/file")));
        system.WriteFile("a/b/file", "t"u8);
        Assert.Equal("t", Encoding.UTF8.GetString(system.ReadFile("a//b/file")));
        using WasiDirectory directory = system.CreateDirectory("a/c");
        Assert.Equal(Errno.Success, directory.Stat(out Filestat stat));
        Assert.Equal((FileType.Directory, 0UL), (stat.FileType, stat.ModificationTime));
        Assert.Throws<IOException>(() => system.ReadFile("missing"));
        Assert.Throws<IOException>(() => system.WriteFile("a/b", "text"u8));
        Assert.Throws<IOException>(() => system.CreateDirectory("a/b/file"));
    }

    [Fact]
    public void Its_size_has_a_limit_that_gaps_and_names_count_for()
    {
        var system = new MemoryFileSystem { MaximumByteCount = 10_000 };
        system.WriteFile("file", new byte[5000]);
        Assert.Throws<IOException>(() => system.WriteFile("other", new byte[5000]));
        using WasiFile file = Open(system, "file");
        Assert.Equal(Errno.Nospc, file.SetSize(1L << 40));
        Assert.Equal(Errno.Fbig, file.SetSize(ulong.MaxValue));
        Assert.Equal(Errno.Nospc, file.Write(1UL << 40, "x"u8, out _));
        Assert.Equal(Errno.Fbig, file.Write(ulong.MaxValue, "x"u8, out _));
        Assert.Equal(Errno.Fbig, file.Allocate(ulong.MaxValue, 2));

        int count = 0;
        while (system.Root.CreateDirectory($"{count}") == Errno.Success) count++;
        Assert.InRange(count, 10, 30);
        for (int i = 0; i < count; i++) Assert.Equal(Errno.Success, system.Root.RemoveDirectory($"{i}"));
        Assert.Equal(Errno.Success, system.Root.CreateDirectory("room again"));
    }

    [Fact]
    public void A_files_room_is_given_back_when_its_last_name_and_handle_are_gone()
    {
        var system = new MemoryFileSystem { MaximumByteCount = 10_000 };
        for (int i = 0; i < 10; i++)
        {
            system.WriteFile("file", new byte[8000]);
            using WasiFile file = Open(system, "file");
            Assert.Equal(Errno.Success, system.Root.Unlink("file"));
            Assert.Throws<IOException>(() => system.WriteFile("other", new byte[8000]));
            Assert.Equal(Errno.Success, system.Root.Unlink("other"));
        }
    }

    [Fact]
    public void Names_do_not_lead_to_another_file_system()
    {
        MemoryFileSystem one = new(), two = new();
        one.WriteFile("file", "text"u8);
        Assert.Equal(Errno.Xdev, one.Root.Rename("file", two.Root, "file"));
        Assert.Equal(Errno.Xdev, one.Root.Link("file", two.Root, "file"));
    }

    [Fact]
    public void A_hundred_thousand_entries_are_listed_in_linear_time()
    {
        var system = new MemoryFileSystem();
        for (int i = 0; i < 100_000; i++) Assert.Equal(Errno.Success, system.Root.Symlink("x", $"{i}"));
        int count = 0;
        ulong cookie = 0;
        for (bool isEnd = false; !isEnd;)
        {
            isEnd = true;
            Assert.Equal(Errno.Success, system.Root.ReadEntries(cookie, (in DirectoryEntry entry) =>
            {
                (cookie, isEnd) = (entry.NextCookie, false);
                return ++count % 100 != 0;
            }));
        }
        Assert.Equal(100_000, count);
    }

    private static WasiFile Open(MemoryFileSystem system, string name)
    {
        Assert.Equal(Errno.Success, system.Root.Open(name, OpenMode.Read | OpenMode.Write, out WasiNode? file));
        return (WasiFile)file!;
    }
}
