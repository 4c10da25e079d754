using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

public class ReadOnlyDirectoryTests
{
    [Theory, EachFileSystem]
    public void Everything_can_be_read_and_nothing_changed(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine, ReadOnly);
        guest.Directory.WriteFile("a/file", "text"u8);
        Assert.Equal("text", guest.Read(guest.Open("a/file", rights: Wire.Reading)));
        Assert.Equal(3, guest.Entries(FileGuest.Root).Count);
        Assert.Equal(Errno.Rofs, guest.TryOpen("a/file", rights: Wire.FdWrite));
        Assert.Equal(Errno.Rofs, guest.TryOpen("a/file", Wire.Trunc));
        Assert.Equal(Errno.Rofs, guest.TryOpen("new", Wire.Creat));
        Assert.Equal(Errno.Rofs, guest.TryOpen("new", Wire.Creat | Wire.Excl));
        Assert.Equal(Errno.Exist, guest.TryOpen("a", Wire.Creat | Wire.Excl));
        Assert.Equal(Errno.Success, guest.TryOpen("a/file", Wire.Creat));
        Assert.Equal(Errno.Isdir, guest.TryOpen("a", rights: Wire.FdWrite));
        Assert.Equal(Errno.Rofs, guest.CreateDirectory("new"));
        Assert.Equal(Errno.Rofs, guest.RemoveDirectory("a"));
        Assert.Equal(Errno.Rofs, guest.Unlink("a/file"));
        Assert.Equal(Errno.Rofs, guest.Symlink("target", "link"));
        Assert.Equal(Errno.Rofs, guest.Link("a/file", "link"));
        Assert.Equal(Errno.Rofs, guest.Rename("a/file", "b"));
        Assert.Equal(Errno.Rofs, guest.SetTimes("a/file", 1, 1, Wire.Atim));
        Assert.Equal(Errno.Rofs, guest.SetTimes("a", 1, 1, Wire.Mtim));
        Assert.Equal(Errno.Rofs, guest.SetTimes(".", 1, 1, Wire.Mtim));
        Assert.Equal("text", guest.TextOf("a/file"));
    }

    [Theory, EachFileSystem]
    public void Rights_that_go_with_writing_are_left_out_where_writing_itself_is_not_wanted(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine, ReadOnly);
        guest.Directory.WriteFile("file", "text"u8);
        int file = guest.Open("file", rights: Wire.AllRights & ~Wire.FdWrite);
        Assert.Equal(0, guest.Fdstat(file).Rights & (Wire.FdAllocate | Wire.FdFilestatSetSize));
        Assert.Equal(Errno.Notcapable, guest.Call("fd_filestat_set_size", file, 0));
        Assert.Equal(Errno.Notcapable, guest.Call("fd_allocate", file, 0, 10));
        Assert.Equal(Errno.Rofs, guest.Call("fd_filestat_set_times", file, 1, 1, Wire.Mtim));
        Assert.Equal("text", guest.Read(file));
    }

    [Theory, EachFileSystem]
    public void Names_do_not_come_in_from_a_directory_that_can_be_changed(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine, options => options with
        {
            Directories = [options.Directories[0], new PreopenedDirectory("/ro", new ReadOnlyDirectory(options.Directories[0].Directory))],
        });
        guest.Create("file", "text");
        Assert.Contains(guest.Rename("file", "moved", FileGuest.Root, 4), new[] { Errno.Xdev, Errno.Rofs });
        Assert.Equal("text", guest.TextOf("file"));
    }

    private static WasiOptions ReadOnly(WasiOptions options)
        => options with { Directories = [new PreopenedDirectory("/", new ReadOnlyDirectory(options.Directories[0].Directory))] };
}
