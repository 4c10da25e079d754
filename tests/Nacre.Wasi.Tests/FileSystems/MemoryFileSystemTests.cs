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
        Assert.Equal(Errno.Nospc, file.SetSize(1UL << 36));
        Assert.Equal(Errno.Inval, file.SetSize(ulong.MaxValue));
        Assert.Equal(Errno.Nospc, file.Write((1UL << 36) - 1, "x"u8, out _));
        Assert.Equal(Errno.Fbig, file.Write(ulong.MaxValue, "x"u8, out _));
        Assert.Equal(Errno.Fbig, file.Allocate(ulong.MaxValue, 2));

        int count = 0;
        while (system.Root.CreateDirectory($"{count}") == Errno.Success) count++;
        Assert.InRange(count, 10, 30);
        for (int i = 0; i < count; i++) Assert.Equal(Errno.Success, system.Root.RemoveDirectory($"{i}"));
        Assert.Equal(Errno.Success, system.Root.CreateDirectory("room again"));
    }

    [Fact]
    public void A_file_has_a_limit_of_its_own_where_the_file_system_has_none()
    {
        const ulong Limit = 1UL << 36;
        var system = new MemoryFileSystem { MaximumByteCount = long.MaxValue };
        system.WriteFile("file", "text"u8);
        using WasiFile file = Open(system, "file");
        foreach (ulong byteCount in (ulong[])[Limit + 1, 1UL << 40, 1UL << 62, long.MaxValue])
        {
            Assert.Equal(Errno.Fbig, file.SetSize(byteCount));
            Assert.Equal(Errno.Fbig, file.Allocate(0, byteCount));
            Assert.Equal(Errno.Fbig, file.Write(byteCount - 1, "x"u8, out _));
        }
        Assert.Equal(Errno.Success, file.Stat(out Filestat stat));
        Assert.Equal(4UL, stat.ByteCount);

        Assert.Equal(Errno.Success, file.SetSize(Limit));
        var last = new byte[2];
        Assert.Equal((Errno.Success, 1), (file.Read(Limit - 1, last, out int byteCountRead), byteCountRead));
        Assert.Equal(Errno.Success, file.Write(Limit - 1, "x"u8, out _));
        Assert.Equal((Errno.Success, 1), (file.Read(Limit - 1, last, out byteCountRead), byteCountRead));
        Assert.Equal("x\0"u8.ToArray(), last);
        Assert.Equal(Errno.Fbig, file.Append("x"u8, out _, out _));
    }

    [Fact]
    public void What_was_cut_off_is_zero_when_a_file_grows_again()
    {
        const int Piece = 1 << 16;
        var system = new MemoryFileSystem();
        var random = new Random(1);
        var expected = Array.Empty<byte>();
        system.WriteFile("file", expected);
        using WasiFile file = Open(system, "file");
        int[] sizes = [1, 63, 64, 65, 300, Piece - 1, Piece, Piece + 1, 3 * Piece, 9 * Piece + 5];
        for (int i = 0; i < 300; i++)
        {
            int size = sizes[random.Next(sizes.Length)] - random.Next(2);
            Array.Resize(ref expected, size);
            Assert.Equal(Errno.Success, file.SetSize((uint)size));
            if (random.Next(2) == 0 && size > 0)
            {
                int offset = random.Next(size);
                byte[] bytes = new byte[Math.Min(random.Next(1, 100), size - offset)];
                random.NextBytes(bytes);
                bytes.CopyTo(expected, offset);
                Assert.Equal(Errno.Success, file.Write((uint)offset, bytes, out _));
            }
            Assert.True(expected.AsSpan().SequenceEqual(system.ReadFile("file")), $"after {i} changes");
        }
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
    public void Through_a_closed_handle_nothing_is_written()
    {
        var system = new MemoryFileSystem { MaximumByteCount = 10_000 };
        system.WriteFile("file", "text"u8);
        WasiFile file = Open(system, "file");
        Assert.Equal(Errno.Success, system.Root.Unlink("file"));
        file.Dispose();
        var bytes = new byte[8000];
        Assert.Equal((Errno.Badf, 0), (file.Write(0, bytes, out int byteCount), byteCount));
        Assert.Equal((Errno.Badf, 0), (file.Append(bytes, out byteCount, out _), byteCount));
        Assert.Equal(Errno.Badf, file.SetSize(8000));
        Assert.Equal(Errno.Badf, file.Allocate(0, 8000));
        system.WriteFile("other", bytes);
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
    public void A_hundred_thousand_entries_are_listed_once_each_by_the_hundred()
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
