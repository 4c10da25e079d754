namespace Nacre.Wasi.Tests;

public class RightsTests
{
    [Theory, EachFileSystem]
    public void A_descriptor_has_the_rights_that_were_asked_for(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("file", "text");
        int reader = guest.Open("file", rights: Wire.FdRead), writer = guest.Open("file", rights: Wire.FdWrite);
        Assert.Equal(Wire.FdRead, guest.Fdstat(reader).Rights);
        Assert.Equal(Errno.Badf, guest.Write(reader, "no"));
        Assert.Equal(Errno.Badf, guest.TryRead(writer));
        Assert.Equal("text", guest.Read(reader));
        Assert.Equal(Errno.Success, guest.Write(writer, "TEXT"));
    }

    [Theory]
    [EachFileSystemWith(Wire.FdSeek, "fd_seek")]
    [EachFileSystemWith(Wire.FdSeek | Wire.FdTell, "fd_tell")]
    [EachFileSystemWith(Wire.FdAdvise, "fd_advise")]
    [EachFileSystemWith(Wire.FdAllocate, "fd_allocate")]
    [EachFileSystemWith(Wire.FdDatasync, "fd_datasync")]
    [EachFileSystemWith(Wire.FdSync, "fd_sync")]
    [EachFileSystemWith(Wire.FdFdstatSetFlags, "fd_fdstat_set_flags")]
    [EachFileSystemWith(Wire.FdFilestatGet, "fd_filestat_get")]
    [EachFileSystemWith(Wire.FdFilestatSetSize, "fd_filestat_set_size")]
    [EachFileSystemWith(Wire.FdFilestatSetTimes, "fd_filestat_set_times")]
    [EachFileSystemWith(Wire.FdSeek, "fd_pread")]
    [EachFileSystemWith(Wire.FdSeek, "fd_pwrite")]
    public void A_function_of_a_file_needs_its_right(FileSystemKind kind, EngineKind engine, long right, string function)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("file");
        Assert.Equal(Errno.Success, Call(guest.Open("file")));
        Assert.Equal(Errno.Notcapable, Call(guest.Open("file", rights: Wire.AllRights & ~right)));
        int restricted = guest.Open("file");
        Assert.Equal(Errno.Success, guest.Call("fd_fdstat_set_rights", restricted, guest.Fdstat(restricted).Rights & ~right, 0));
        Assert.Equal(Errno.Notcapable, Call(restricted));

        Errno Call(int file) => function switch
        {
            "fd_seek" => guest.TrySeek(file, 1, Wire.FromStart),
            "fd_tell" => guest.Call(function, file, 0),
            "fd_advise" => guest.Call(function, file, 0, 0, 0),
            "fd_allocate" => guest.Call(function, file, 0, 1),
            "fd_fdstat_set_flags" or "fd_filestat_get" or "fd_filestat_set_size" => guest.Call(function, file, 0),
            "fd_filestat_set_times" => guest.Call(function, file, 0, 0, 0),
            "fd_pread" or "fd_pwrite" => guest.Call(function, file, 0, 0, 0, 0),
            _ => guest.Call(function, file),
        };
    }

    [Theory]
    [EachFileSystemWith(Wire.PathOpen, "path_open")]
    [EachFileSystemWith(Wire.PathCreateFile, "path_open create")]
    [EachFileSystemWith(Wire.PathFilestatSetSize, "path_open truncate")]
    [EachFileSystemWith(Wire.PathCreateDirectory, "path_create_directory")]
    [EachFileSystemWith(Wire.PathRemoveDirectory, "path_remove_directory")]
    [EachFileSystemWith(Wire.PathUnlinkFile, "path_unlink_file")]
    [EachFileSystemWith(Wire.PathFilestatGet, "path_filestat_get")]
    [EachFileSystemWith(Wire.PathFilestatSetTimes, "path_filestat_set_times")]
    [EachFileSystemWith(Wire.PathReadlink, "path_readlink")]
    [EachFileSystemWith(Wire.PathSymlink, "path_symlink")]
    [EachFileSystemWith(Wire.PathLinkSource, "path_link")]
    [EachFileSystemWith(Wire.PathLinkTarget, "path_link")]
    [EachFileSystemWith(Wire.PathRenameSource, "path_rename")]
    [EachFileSystemWith(Wire.PathRenameTarget, "path_rename")]
    [EachFileSystemWith(Wire.FdReaddir, "fd_readdir")]
    public void A_function_of_a_directory_needs_its_right(FileSystemKind kind, EngineKind engine, long right, string function)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("file", "text");
        guest.CreateDirectory("empty");
        guest.Symlink("file", "link");
        (_, _, long rights, long inheriting) = guest.Fdstat(FileGuest.Root);
        Assert.Equal(Errno.Success, guest.Call("fd_fdstat_set_rights", FileGuest.Root, rights & ~right, inheriting));
        Assert.Equal(Errno.Notcapable, Call());
        Assert.Equal("text", guest.TextOf("file"));
        Assert.Equal(Errno.Notcapable, guest.Call("fd_fdstat_set_rights", FileGuest.Root, rights, inheriting));

        Errno Call() => function switch
        {
            "path_open" => guest.TryOpen("file"),
            "path_open create" => guest.TryOpen("new", Wire.Creat),
            "path_open truncate" => guest.TryOpen("file", Wire.Trunc),
            "path_create_directory" => guest.CreateDirectory("new"),
            "path_remove_directory" => guest.RemoveDirectory("empty"),
            "path_unlink_file" => guest.Unlink("file"),
            "path_filestat_get" => guest.TryStat("file"),
            "path_filestat_set_times" => guest.SetTimes("file", 1, 1, Wire.Atim),
            "path_readlink" => guest.TryReadLink("link"),
            "path_symlink" => guest.Symlink("file", "new"),
            "path_link" => guest.Link("file", "new"),
            "path_rename" => guest.Rename("file", "new"),
            _ => guest.Call(function, FileGuest.Root, 0, 100, 0, 200),
        };
    }

    [Theory, EachFileSystem]
    public void Rights_are_handed_on_and_never_grow(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.CreateDirectory("a");
        guest.Create("a/file", "text");
        int directory = guest.Open("a", Wire.Directory, Wire.PathOpen | Wire.FdReaddir, inheriting: Wire.FdRead | Wire.PathOpen);
        Assert.Equal((Wire.PathOpen | Wire.FdReaddir, Wire.FdRead | Wire.PathOpen), (guest.Fdstat(directory).Rights, guest.Fdstat(directory).Inheriting));
        Assert.Equal(Errno.Success, guest.TryOpen("file", rights: Wire.FdRead, directory: directory));
        Assert.Equal(Errno.Notcapable, guest.TryOpen("file", rights: Wire.FdRead | Wire.FdWrite, directory: directory));
        Assert.Equal(Errno.Notcapable, guest.TryOpen("file", rights: Wire.FdRead, inheriting: Wire.FdSeek, directory: directory));
        Assert.Equal(Errno.Notcapable, guest.TryOpen("file", rights: Wire.FdRead, fdflags: Wire.Sync, directory: directory));
        Assert.Equal(Errno.Notcapable, guest.TryOpen("file", rights: Wire.FdRead, fdflags: Wire.Dsync, directory: directory));
        Assert.Equal(Errno.Notcapable, guest.Call("fd_fdstat_set_rights", directory, Wire.PathOpen, Wire.FdRead | Wire.FdWrite));
        Assert.Equal(Errno.Success, guest.Call("fd_fdstat_set_rights", directory, Wire.PathOpen, 0));
        Assert.Equal(Errno.Notcapable, guest.TryOpen("file", rights: Wire.FdRead, directory: directory));
    }

    [Theory, EachFileSystem]
    public void Some_rights_come_with_others(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("file", "text");
        int seeker = guest.Open("file", rights: Wire.FdSeek), teller = guest.Open("file", rights: Wire.FdTell);
        Assert.Equal(3, guest.Seek(seeker, 3, Wire.FromStart));
        Assert.Equal(3, guest.Tell(seeker));
        Assert.Equal(3, guest.Seek(seeker, 0, Wire.FromHere));
        Assert.Equal(0, guest.Seek(teller, 0, Wire.FromHere));
        Assert.Equal(Errno.Notcapable, guest.TrySeek(teller, 1, Wire.FromHere));

        guest.CreateDirectory("a");
        guest.Create("a/file");
        foreach (long right in new[] { Wire.FdSync, Wire.FdDatasync })
        {
            int directory = guest.Open("a", Wire.Directory, Wire.PathOpen, inheriting: Wire.FdRead | right);
            Assert.Equal(Errno.Success, guest.TryOpen("file", rights: Wire.FdRead, fdflags: Wire.Dsync, directory: directory));
        }
    }

    [Theory, EachFileSystem]
    public void Rights_that_do_not_exist_are_not_handed_out(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.CreateDirectory("a");
        int file = guest.Open("file", Wire.Creat, rights: -1, inheriting: -1);
        int directory = guest.Open("a", Wire.Directory, ~Wire.FdWrite, inheriting: -1);
        Assert.Equal(0, guest.Fdstat(file).Rights & (Wire.PathOpen | Wire.FdReaddir | ~Wire.AllRights));
        Assert.Equal(0, guest.Fdstat(directory).Rights & (Wire.FdRead | Wire.FdSeek | ~Wire.AllRights));
        Assert.Equal(Wire.PathOpen, guest.Fdstat(directory).Rights & Wire.PathOpen);
    }
}
