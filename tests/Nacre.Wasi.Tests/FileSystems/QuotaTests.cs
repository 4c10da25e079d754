namespace Nacre.Wasi.Tests;

public class QuotaTests
{
    [Theory, EachFileSystem]
    public void Only_so_many_descriptors_can_be_open(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine, options => options with { MaximumOpenFileCount = 6 });
        int first = guest.Open("file", Wire.Creat);
        guest.Open("file");
        Assert.Equal(Errno.Mfile, guest.TryOpen("file"));
        Assert.Equal(Errno.Mfile, guest.TryOpen("new", Wire.Creat));
        Assert.Equal(Errno.Noent, guest.TryStat("new"));
        guest.Close(first);
        Assert.Equal(Errno.Success, guest.TryOpen("file"));
        Assert.Equal(Errno.Mfile, guest.TryOpen("file"));
    }

    [Fact]
    public void The_host_cannot_open_more_beforehand_than_may_be_open()
    {
        using var directory = TestDirectory.Create(FileSystemKind.Memory);
        var options = new WasiOptions { MaximumOpenFileCount = 3, Directories = [new PreopenedDirectory("/", directory.Root)] };
        Assert.Throws<ArgumentException>(() => new WasiPreview1(options));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WasiOptions { MaximumOpenFileCount = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WasiOptions { MaximumWrittenByteCount = -1 });
    }

    [Theory, EachFileSystem]
    public void Only_so_many_bytes_can_be_written(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine, options => options with { MaximumWrittenByteCount = 10 });
        int file = guest.Open("file", Wire.Creat);
        Assert.Equal(Errno.Success, guest.Write(file, "123456"));
        Assert.Equal(Errno.Success, guest.Write(file, "789abc", out int byteCount));
        Assert.Equal(4, byteCount);
        Assert.Equal(Errno.Nospc, guest.Write(file, "d"));
        Assert.Equal(Errno.Nospc, guest.Pwrite(file, "d", 0));
        Assert.Equal(Errno.Nospc, guest.Call("fd_filestat_set_size", file, 11));
        Assert.Equal(Errno.Nospc, guest.Call("fd_allocate", file, 10, 1));
        Assert.Equal(Errno.Success, guest.Call("fd_filestat_set_size", file, 3));
        Assert.Equal("123", guest.TextOf("file"));
    }

    [Theory, EachFileSystem]
    public void Lengthening_counts_as_writing(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine, options => options with { MaximumWrittenByteCount = 10 });
        int file = guest.Open("file", Wire.Creat);
        Assert.Equal(Errno.Success, guest.Call("fd_filestat_set_size", file, 4));
        Assert.Equal(Errno.Success, guest.Call("fd_allocate", file, 4, 4));
        Assert.Equal(Errno.Success, guest.Write(file, "abc", out int byteCount));
        Assert.Equal(2, byteCount);
        Assert.Equal("ab\0\0\0\0\0\0", guest.TextOf("file"));
    }

    [Theory, EachFileSystem]
    public void A_gap_that_writing_leaves_counts_as_written(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine, options => options with { MaximumWrittenByteCount = 10 });
        int file = guest.Open("file", Wire.Creat);
        Assert.Equal(Errno.Nospc, guest.Pwrite(file, "a", 1L << 40));
        Assert.Equal(Errno.Nospc, guest.Pwrite(file, "a", 10));
        guest.Seek(file, 10, Wire.FromStart);
        Assert.Equal(Errno.Nospc, guest.Write(file, "a"));
        Assert.Equal(0UL, guest.Stat(file).ByteCount);
        Assert.Equal(Errno.Success, guest.Pwrite(file, "abc", 4));
        Assert.Equal(7UL, guest.Stat(file).ByteCount);
        guest.Seek(file, 9, Wire.FromStart);
        Assert.Equal(Errno.Success, guest.Write(file, "d", out int byteCount));
        Assert.Equal((1, Errno.Nospc), (byteCount, guest.Pwrite(file, "e", 0)));
    }

    [Theory, EachFileSystem]
    public void Allocating_counts_also_inside_a_file(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine, options => options with { MaximumWrittenByteCount = 10 });
        int file = guest.Open("file", Wire.Creat);
        Assert.Equal(Errno.Success, guest.Call("fd_filestat_set_size", file, 6));
        Assert.Equal(Errno.Nospc, guest.Call("fd_allocate", file, 0, 5));
        Assert.Equal(Errno.Nospc, guest.Call("fd_allocate", file, 8, 3));
        Assert.Equal(Errno.Success, guest.Call("fd_allocate", file, 0, 4));
        Assert.Equal(Errno.Nospc, guest.Call("fd_allocate", file, 0, 1));
    }

    [Theory, EachFileSystem]
    public void A_guest_that_removed_what_was_there_before_may_add_names_still(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Directory.WriteFile("before", "text"u8);
        Assert.Equal(Errno.Success, guest.Unlink("before"));
        guest.Create("after");
        Assert.Equal(Errno.Success, guest.CreateDirectory("directory"));
    }

    [Theory, EachFileSystem(WithoutPortable = true)]
    public void Only_so_many_names_can_be_added(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine, options => options with { MaximumDirectoryEntryCount = 3 });
        Assert.Equal(Errno.Success, guest.TryOpen("file", Wire.Creat));
        Assert.Equal(Errno.Success, guest.CreateDirectory("directory"));
        Assert.Equal(Errno.Success, guest.Symlink("file", "link"));
        Assert.Equal(Errno.Success, guest.TryOpen("file", Wire.Creat));
        Assert.Equal(Errno.Success, guest.Rename("file", "moved"));
        Assert.Equal(Errno.Nospc, guest.TryOpen("new", Wire.Creat));
        Assert.Equal(Errno.Nospc, guest.TryOpen("new", Wire.Creat | Wire.Excl));
        Assert.Equal(Errno.Nospc, guest.CreateDirectory("new"));
        Assert.Equal(Errno.Nospc, guest.Symlink("file", "new"));
        Assert.Equal(Errno.Nospc, guest.Link("moved", "new"));
        Assert.Equal(Errno.Success, guest.Unlink("link"));
        Assert.Equal(Errno.Success, guest.Link("moved", "new"));
        Assert.Equal(Errno.Success, guest.RemoveDirectory("directory"));
        Assert.Equal(Errno.Success, guest.CreateDirectory("again"));
        Assert.Equal(Errno.Nospc, guest.CreateDirectory("more"));
    }

    [Theory, EachFileSystem(WithoutPortable = true)]
    public void A_name_that_is_moved_onto_another_leaves_room_for_one(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine, options => options with { MaximumDirectoryEntryCount = 2 });
        guest.Create("file");
        for (int round = 0; round < 3; round++)
        {
            guest.Create("new");
            Assert.Equal(Errno.Success, guest.Rename("new", "file"));
        }
        Assert.Equal(Errno.Success, guest.Link("file", "same"));
        Assert.Equal(Errno.Success, guest.Rename("file", "same"));
        Assert.Equal(Errno.Success, guest.Rename("same", "same"));
        Assert.Equal(Errno.Nospc, guest.TryOpen("new", Wire.Creat));
    }

    [Fact]
    public void Only_so_many_random_bytes_come_at_once()
    {
        using var guest = new WasiGuest(new WasiOptions { MaximumRandomByteCount = 100 });
        Assert.Equal(Errno.Success, guest.Call("random_get", 0, 100));
        Assert.Equal(Errno.Inval, guest.Call("random_get", 0, 101));
        Assert.Equal(Errno.Inval, guest.Call("random_get", 0, -1));
    }
}
