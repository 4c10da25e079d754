namespace Nacre.Wasi.Tests;

public class OpeningTests
{
    [Theory, EachFileSystem]
    public void The_guest_finds_what_was_opened_beforehand(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        Assert.Equal(Errno.Success, guest.Call("fd_prestat_get", FileGuest.Root, 0));
        Assert.Equal(0, guest.Memory.Read<int>(0));
        Assert.Equal(5, guest.Memory.Read<int>(4));
        Assert.Equal(Errno.Success, guest.Call("fd_prestat_dir_name", FileGuest.Root, 16, 5));
        Assert.Equal("/data", guest.Memory.ReadUtf8(16, 5));
        Assert.Equal(Errno.Nametoolong, guest.Call("fd_prestat_dir_name", FileGuest.Root, 16, 4));
        Assert.Equal(Errno.Badf, guest.Call("fd_prestat_get", 4, 0));
        Assert.Equal(Errno.Fault, guest.Call("fd_prestat_get", FileGuest.Root, 65_536 - 7));
        Assert.Equal(Errno.Fault, guest.Call("fd_prestat_dir_name", FileGuest.Root, 65_536 - 4, 5));
    }

    [Theory, EachFileSystem]
    public void What_was_opened_by_a_path_was_not_opened_beforehand(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        Assert.Equal(Errno.Badf, guest.Call("fd_prestat_get", guest.OpenDirectory("."), 0));
    }

    [Theory, EachFileSystem]
    public void A_directory_opened_beforehand_can_be_closed(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        Assert.Equal(Errno.Success, guest.Close(FileGuest.Root));
        Assert.Equal(Errno.Badf, guest.Call("fd_prestat_get", FileGuest.Root, 0));
        Assert.Equal(Errno.Badf, guest.TryOpen("file", Wire.Creat));
    }

    [Theory, EachFileSystem]
    public void A_file_is_created_when_that_is_asked_for(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        Assert.Equal(Errno.Noent, guest.TryOpen("file"));
        Assert.Equal(Errno.Success, guest.TryOpen("file", Wire.Creat));
        Assert.Equal(Errno.Success, guest.TryOpen("file"));
        Assert.Equal(Errno.Success, guest.TryOpen("file", Wire.Creat));
        Assert.Equal(Errno.Exist, guest.TryOpen("file", Wire.Creat | Wire.Excl));
        Assert.Equal(Errno.Success, guest.TryOpen("other", Wire.Creat | Wire.Excl));
        Assert.Equal("", guest.TextOf("file"));
    }

    [Theory, EachFileSystem]
    public void A_file_loses_its_bytes_when_that_is_asked_for(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("file", "text");
        Assert.Equal("text", guest.Read(guest.Open("file", Wire.Creat)));
        Assert.Equal("", guest.Read(guest.Open("file", Wire.Trunc)));
        Assert.Equal("", guest.TextOf("file"));
    }

    [Theory, EachFileSystem]
    public void A_file_is_no_directory_and_a_directory_no_file(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("file");
        guest.CreateDirectory("directory");
        Assert.Equal(Errno.Notdir, guest.TryOpen("file", Wire.Directory));
        Assert.Equal(Errno.Notdir, guest.TryOpen("file/"));
        Assert.Equal(Errno.Notdir, guest.TryOpen("file/more"));
        Assert.Equal(Errno.Notdir, guest.TryOpen("file/.."));
        Assert.Equal(Errno.Success, guest.TryOpen("directory"));
        Assert.Equal(Errno.Success, guest.TryOpen("directory/"));
        Assert.Equal(Errno.Success, guest.TryOpen("directory", Wire.Directory));
        Assert.Equal(Errno.Isdir, guest.TryOpen("directory", rights: Wire.FdWrite));
        Assert.Equal(Errno.Isdir, guest.TryOpen("directory", Wire.Directory, Wire.FdWrite));
        Assert.Equal(Errno.Isdir, guest.TryOpen("directory", Wire.Trunc));
        Assert.Equal(Errno.Isdir, guest.TryOpen("directory", Wire.Creat));
        Assert.Equal(Errno.Isdir, guest.TryOpen("new/", Wire.Creat));
        Assert.Equal(Errno.Inval, guest.TryOpen("directory", Wire.Directory | Wire.Creat));
        Assert.Equal(Errno.Inval, guest.TryOpen("directory", Wire.Directory | Wire.Trunc));
    }

    [Theory, EachFileSystem]
    public void Flags_that_do_not_exist_are_refused(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("file");
        Assert.Equal(Errno.Inval, guest.TryOpen("file", oflags: 16));
        Assert.Equal(Errno.Inval, guest.TryOpen("file", fdflags: 32));
        Assert.Equal(Errno.Inval, guest.TryOpen("file", lookupflags: 2));
        Assert.Equal(Errno.Inval, guest.TryStat("file", lookupflags: 2));
    }

    [Theory, EachFileSystem]
    public void Paths_are_walked_name_by_name(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.CreateDirectory("a");
        guest.CreateDirectory("a/b");
        guest.Create("a/b/file", "found");
        foreach (string path in (string[])["a/b/file", "./a/b/file", "a//b///file", "a/./b/./file", "a/../a/b/../b/file", "a/b/../../a/b/file"])
            Assert.Equal("found", guest.Read(guest.Open(path)));
        Assert.Equal(Errno.Noent, guest.TryOpen("a/c/file"));
        Assert.Equal(Errno.Noent, guest.TryOpen("a/c/../b/file"));
    }

    [Theory, EachFileSystem(WithoutPortable = true)]
    public void A_descriptor_of_a_directory_is_a_place_to_start_from(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.CreateDirectory("a");
        guest.Create("a/file", "inside");
        guest.Create("outside", "outside");
        int directory = guest.OpenDirectory("a");
        Assert.Equal("inside", guest.Read(guest.Open("file", directory: directory)));
        Assert.Equal(Errno.Perm, guest.TryOpen("../outside", directory: directory));
        Assert.Equal(Errno.Success, guest.Rename("a", "b"));
        Assert.Equal("inside", guest.Read(guest.Open("file", directory: directory)));
    }

    [Theory, EachFileSystem]
    public void Only_a_directory_is_a_place_to_start_from(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        int file = guest.Open("file", Wire.Creat);
        Assert.Equal(Errno.Notdir, guest.TryOpen("file", directory: file));
        Assert.Equal(Errno.Notdir, guest.TryStat("file", directory: file));
        Assert.Equal(Errno.Notdir, guest.Call("fd_readdir", file, 0, 100, 0, 200));
        Assert.Equal(Errno.Badf, guest.TryOpen("file", directory: 99));
    }

    [Theory, EachFileSystem]
    public void A_directory_without_a_name_left_takes_no_names(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.CreateDirectory("gone");
        int directory = guest.OpenDirectory("gone");
        Assert.Equal(Errno.Success, guest.RemoveDirectory("gone"));
        Assert.Equal(Errno.Noent, guest.TryOpen("file", Wire.Creat, directory: directory));
        Assert.Equal(Errno.Noent, guest.CreateDirectory("more", directory));
    }

    [Theory, EachFileSystem(WithoutPortable = true)]
    public void A_file_without_a_name_lives_while_it_is_open(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        int file = guest.Open("file", Wire.Creat);
        guest.Write(file, "still here");
        Assert.Equal(Errno.Success, guest.Unlink("file"));
        Assert.Equal(Errno.Noent, guest.TryStat("file"));
        guest.Create("file", "another");
        Assert.Equal("still here", guest.Pread(file, 100, 0));
        Assert.Equal(0u, guest.Stat(file).LinkCount);
    }

    [Theory, EachFileSystem]
    public void Descriptors_get_the_lowest_free_number(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        Assert.Equal([4, 5, 6], new[] { guest.Open("a", Wire.Creat), guest.Open("b", Wire.Creat), guest.Open("c", Wire.Creat) });
        guest.Close(5);
        Assert.Equal([5, 7], new[] { guest.Open("a"), guest.Open("b") });
    }

    [Theory, EachFileSystem]
    public void A_descriptor_can_take_the_number_of_another(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("a", "a");
        guest.Create("b", "b");
        (int a, int b) = (guest.Open("a"), guest.Open("b"));
        Assert.Equal(Errno.Success, guest.Call("fd_renumber", a, b));
        Assert.Equal("a", guest.Read(b));
        Assert.Equal(Errno.Badf, guest.Close(a));
        Assert.Equal(Errno.Success, guest.Call("fd_renumber", b, b));
        Assert.Equal(Errno.Badf, guest.Call("fd_renumber", b, 77));
        Assert.Equal(Errno.Badf, guest.Call("fd_renumber", 77, b));
        Assert.Equal(Errno.Success, guest.Call("fd_renumber", b, FileGuest.Root));
        Assert.Equal(Errno.Badf, guest.Call("fd_prestat_get", FileGuest.Root, 0));
    }
}
