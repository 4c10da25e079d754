namespace Nacre.Wasi.Tests;

public class StatTests
{
    private const long Second = 1_000_000_000;

    [Theory, EachFileSystem]
    public void A_file_tells_what_is_known_of_it(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("file", "text");
        guest.CreateDirectory("directory");
        GuestStat file = guest.Stat("file"), directory = guest.Stat("directory"), root = guest.Stat(FileGuest.Root);
        Assert.Equal((Wire.RegularFile, 4UL, 1UL), (file.FileType, file.ByteCount, file.LinkCount));
        Assert.Equal(Wire.DirectoryType, directory.FileType);
        Assert.Equal((root.Device, root.Device), (file.Device, directory.Device));
        Assert.Equal(3, new[] { root.Inode, file.Inode, directory.Inode }.Distinct().Count());
        Assert.DoesNotContain(0UL, new[] { root.Inode, file.Inode, directory.Inode });
        Assert.Equal(root, guest.Stat("."));
        Assert.Equal(root, guest.Stat("directory/.."));
        Assert.Equal(file, guest.Stat(guest.Open("file")));
    }

    [Theory, EachFileSystem]
    public void Nothing_is_told_outside_the_memory(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        Assert.Equal(Errno.Fault, guest.Call("fd_filestat_get", FileGuest.Root, 65_536 - 63));
        Assert.Equal(Errno.Fault, guest.Call("path_filestat_get", FileGuest.Root, 0, 65_535, 2, 0));
        guest.Memory.WriteUtf8(1024, ".");
        Assert.Equal(Errno.Fault, guest.Call("path_filestat_get", FileGuest.Root, 0, 1024, 1, 65_536 - 63));
    }

    [Theory, EachFileSystem]
    public void Times_are_set_by_path_and_by_descriptor(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        int file = guest.Open("file", Wire.Creat);
        Assert.Equal(Errno.Success, guest.SetTimes("file", 1 * Second, 2 * Second + 500, Wire.Atim | Wire.Mtim));
        Assert.Equal(((ulong)Second, 2UL * Second + 500), (guest.Stat(file).Access, guest.Stat(file).Modification));
        Assert.Equal(Errno.Success, guest.Call("fd_filestat_set_times", file, 3 * Second, 4 * Second, Wire.Mtim));
        Assert.Equal(((ulong)Second, 4UL * Second), (guest.Stat(file).Access, guest.Stat(file).Modification));
        Assert.Equal(Errno.Success, guest.Call("fd_filestat_set_times", file, 0, 0, 0));
        Assert.Equal(((ulong)Second, 4UL * Second), (guest.Stat(file).Access, guest.Stat(file).Modification));
        Assert.Equal(Errno.Success, guest.Call("fd_filestat_set_times", file, 0, 0, Wire.AtimNow));
        Assert.True(guest.Stat(file).Access > 1_000_000_000UL * Second);
    }

    [Theory, EachFileSystem]
    public void Times_of_directories_and_of_what_links_lead_to_are_set(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.CreateDirectory("directory");
        guest.Symlink("directory", "link");
        Assert.Equal(Errno.Success, guest.SetTimes("link", 0, 7 * Second, Wire.Mtim, Wire.Follow));
        Assert.Equal(7UL * Second, guest.Stat("directory").Modification);
        Assert.Equal(Errno.Success, guest.SetTimes("directory/.", 0, 8 * Second, Wire.Mtim));
        Assert.Equal(8UL * Second, guest.Stat("link", Wire.Follow).Modification);
        Assert.Equal(Errno.Noent, guest.SetTimes("missing", 0, 0, Wire.Mtim));
    }

    [Theory]
    [EachFileSystemWith(Wire.Atim | Wire.AtimNow)]
    [EachFileSystemWith(Wire.Mtim | Wire.MtimNow)]
    [EachFileSystemWith(16)]
    public void Flags_of_times_must_not_contradict_each_other(FileSystemKind kind, EngineKind engine, int flags)
    {
        using var guest = new FileGuest(kind, engine);
        int file = guest.Open("file", Wire.Creat);
        Assert.Equal(Errno.Inval, guest.Call("fd_filestat_set_times", file, 0, 0, flags));
        Assert.Equal(Errno.Inval, guest.SetTimes("file", 0, 0, flags));
    }

    [Theory, EachFileSystem]
    public void Writing_changes_the_time_of_modification(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        int file = guest.Open("file", Wire.Creat);
        guest.SetTimes("file", Second, Second, Wire.Atim | Wire.Mtim);
        guest.Write(file, "text");
        Assert.True(guest.Stat(file).Modification > 1_000_000_000UL * Second);
    }
}
