namespace Nacre.Wasi.Tests;

public class SymbolicLinksTests
{
    [Theory, EachFileSystem]
    public void A_link_tells_its_target(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        Assert.Equal(Errno.Success, guest.Symlink("tärget", "link"));
        Assert.Equal("tärget", guest.ReadLink("link"));
        Assert.Equal("tä", guest.ReadLink("link", 3));
        Assert.Equal("", guest.ReadLink("link", 0));
        Assert.Equal((Wire.SymbolicLink, 7UL), (guest.Stat("link").FileType, guest.Stat("link").ByteCount));
        guest.Create("file");
        Assert.Equal(Errno.Inval, guest.TryReadLink("file"));
        Assert.Equal(Errno.Inval, guest.TryReadLink("."));
        Assert.Equal(Errno.Noent, guest.TryReadLink("missing"));
        Assert.Equal(Errno.Noent, guest.TryReadLink("link/"));
    }

    [Theory, EachFileSystem]
    public void The_last_link_is_followed_when_that_is_asked_for(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("file", "text");
        guest.Symlink("file", "link");
        Assert.Equal("text", guest.Read(guest.Open("link")));
        Assert.Equal(Errno.Loop, guest.TryOpen("link", lookupflags: Wire.NoFollow));
        Assert.Equal(Wire.RegularFile, guest.Stat("link", Wire.Follow).FileType);
        Assert.Equal(Wire.SymbolicLink, guest.Stat("link", Wire.NoFollow).FileType);
        Assert.Equal(Errno.Exist, guest.TryOpen("link", Wire.Creat | Wire.Excl));
    }

    [Theory, EachFileSystem]
    public void Links_before_the_last_name_are_always_followed(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.CreateDirectory("a");
        guest.CreateDirectory("a/b");
        guest.Create("a/b/file", "text");
        guest.Symlink("a/b", "down");
        guest.Symlink("../../down", "a/b/round");
        Assert.Equal("text", guest.Read(guest.Open("down/file", lookupflags: Wire.NoFollow)));
        Assert.Equal("text", guest.Read(guest.Open("down/../b/file", lookupflags: Wire.NoFollow)));
        Assert.Equal("text", guest.Read(guest.Open("down/round/round/file", lookupflags: Wire.NoFollow)));
        Assert.Equal(Errno.Success, guest.Unlink("down/file"));
        Assert.Equal(Errno.Success, guest.CreateDirectory("down/new"));
        Assert.Equal(Wire.DirectoryType, guest.Stat("a/b/new").FileType);
    }

    [Theory, EachFileSystem]
    public void A_slash_at_the_end_means_the_directory_behind_a_link(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.CreateDirectory("directory");
        guest.Create("file");
        guest.Symlink("directory", "to-directory");
        guest.Symlink("file", "to-file");
        Assert.Equal(Errno.Success, guest.TryOpen("to-directory/", lookupflags: Wire.NoFollow));
        Assert.Equal(Wire.DirectoryType, guest.Stat("to-directory/", Wire.NoFollow).FileType);
        Assert.Equal(Errno.Notdir, guest.TryStat("to-file/", Wire.NoFollow));
        Assert.Equal(Errno.Notdir, guest.TryOpen("to-file/"));
        Assert.Equal(Errno.Loop, guest.TryOpen("to-directory", Wire.Directory, lookupflags: Wire.NoFollow));
        Assert.Equal(Errno.Success, guest.TryOpen("to-directory", Wire.Directory));
    }

    [Theory, EachFileSystem]
    public void A_link_may_lead_to_nothing(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Symlink("missing", "link");
        Assert.Equal(Errno.Noent, guest.TryOpen("link"));
        Assert.Equal(Errno.Noent, guest.TryStat("link", Wire.Follow));
        Assert.Equal(Errno.Success, guest.TryStat("link", Wire.NoFollow));
        Assert.Equal(Errno.Exist, guest.CreateDirectory("link"));
        guest.Create("link", "created behind the link");
        Assert.Equal("created behind the link", guest.TextOf("missing"));
    }

    [Theory, EachFileSystem]
    public void Links_that_lead_in_a_circle_end(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Symlink("b", "a");
        guest.Symlink("a", "b");
        guest.Symlink("self/self", "self");
        Assert.Equal(Errno.Loop, guest.TryOpen("a"));
        Assert.Equal(Errno.Loop, guest.TryOpen("a/file"));
        Assert.Equal(Errno.Loop, guest.TryStat("b", Wire.Follow));
        Assert.Equal(Errno.Loop, guest.TryOpen("self"));
        Assert.Equal(Errno.Success, guest.Unlink("a"));
    }

    [Theory, EachFileSystem]
    public void Forty_links_are_followed_and_no_more(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("0", "text");
        for (int i = 1; i <= 41; i++) guest.Symlink($"{i - 1}", $"{i}");
        Assert.Equal("text", guest.Read(guest.Open("40")));
        Assert.Equal(Errno.Loop, guest.TryOpen("41"));
    }

    [Theory, EachFileSystem]
    public void A_link_is_made_under_a_free_name(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("file");
        guest.CreateDirectory("directory");
        Assert.Equal(Errno.Exist, guest.Symlink("target", "file"));
        Assert.Equal(Errno.Exist, guest.Symlink("target", "directory"));
        Assert.Equal(Errno.Exist, guest.Symlink("target", "directory/"));
        Assert.Equal(Errno.Exist, guest.Symlink("target", "."));
        Assert.Equal(Errno.Notdir, guest.Symlink("target", "file/"));
        Assert.Equal(Errno.Noent, guest.Symlink("target", "new/"));
        Assert.Equal(Errno.Noent, guest.Symlink("", "new"));
        Assert.Equal(Errno.Perm, guest.Symlink("/target", "new"));
    }

    [Theory, EachFileSystem(WithoutPortable = true)]
    public void A_link_itself_is_moved_named_again_and_dated(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Symlink("target", "link");
        Assert.Equal(Errno.Success, guest.Link("link", "second"));
        Assert.Equal("target", guest.ReadLink("second"));
        Assert.Equal(Errno.Success, guest.Rename("link", "moved"));
        Assert.Equal("target", guest.ReadLink("moved"));
        Assert.Equal(Errno.Success, guest.SetTimes("moved", 0, 5_000_000_000, Wire.Mtim));
        Assert.Equal(5_000_000_000UL, guest.Stat("moved").Modification);
        guest.Create("target");
        Assert.Equal(Errno.Success, guest.Link("moved", "hard", Wire.Follow));
        Assert.Equal(guest.Stat("target").Inode, guest.Stat("hard").Inode);
    }
}
