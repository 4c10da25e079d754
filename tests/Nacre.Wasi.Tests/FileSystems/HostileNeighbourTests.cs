using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

/// <summary>What the host, or somebody on it, does in the guest's directory does not lead the guest out.</summary>
public class HostileNeighbourTests
{
    // Links that no guest can make, and ways through them. 'O' stands for where 'outside' lies.
    private static readonly (string Name, string Target)[] s_links =
    [
        ("absolute", "/"), ("etc", "/etc"), ("passwd", "/etc/passwd"), ("magic", "/proc/self/root"), ("cwd", "/proc/self/cwd"), ("fd", "/proc/self/fd"),
        ("dev", "/dev/fd/3"), ("sibling", "../outside"), ("into", "../outside/door"), ("file-out", "../outside/file"), ("far", "../../../../../../../../etc"),
        ("slashes", "//etc//"), ("dots", "./.././outside"), ("through", "door/../../outside"), ("loop", "loop"), ("loop-a", "loop-b/x"), ("loop-b", "loop-a/x"),
        ("chain-1", "chain-2"), ("chain-2", "chain-3"), ("chain-3", "sibling"), ("down-up", "door/dir/../../../outside"), ("trailing", "../outside/"),
        ("dot", "../outside/."), ("self-out", "../data/../outside"), ("above", ".."), ("above-twice", "../.."), ("to-link", "door/link-out"),
        ("relative-root", "../data"), ("spaced", " ../outside"), ("long", "door/../door/../door/../door/../../outside/door/file"),
    ];

    private static readonly string[] s_paths =
    [
        .. from link in s_links from rest in new[] { "", "/", "/.", "/..", "/file", "/door/file", "/../outside/file", "/outside/door" } select link.Name + rest,
        "..\\outside", "..\\outside\\file", "door\\..\\..\\outside", "\\", "C:\\", "C:", "\\\\?\\C:\\", "file:stream", "door/file::$DATA", "CON", "NUL.txt",
        "．．/outside", "..／outside", "‥/outside", "․․/outside", "%2e%2e/outside", "..%2foutside", "\u2215etc", "door/\u202e..", "..\u200b/outside", "..;/outside",
        "~", "~/file", "$HOME", "-", "door//../..//outside", "./../outside/./file", "door/./../../outside", ".../outside", ".. /outside", " ..", "../ outside",
        "proc/self/root", "magic/../../outside", "door/link-out", "door/link-out/file", "door/link-out/../outside", "fd/0", "fd/3", "dev/..",
    ];

    [Fact]
    public void There_are_many_ways_to_try() => Assert.True(s_paths.Distinct().Count() > 250);

    [Theory, EachFileSystem]
    public void Links_of_the_host_and_odd_names_do_not_lead_out(FileSystemKind kind, EngineKind engine)
    {
        using var enclosure = new Enclosure(kind, engine);
        foreach ((string name, string target) in s_links) Assert.Equal(Errno.Success, enclosure.Inside.Symlink(target, name));
        using (WasiDirectory door = Enclosure.Enter(enclosure.Inside, "door")) Assert.Equal(Errno.Success, door.Symlink("../../outside/door", "link-out"));
        foreach (string path in s_paths)
        {
            enclosure.Try(path);
            enclosure.TryIn(path);
        }
        enclosure.CheckOutside();
    }

    [Theory, EachFileSystem(WithoutPortable = true)]
    public void A_directory_that_is_moved_out_does_not_show_what_is_above_it(FileSystemKind kind, EngineKind engine)
    {
        using var enclosure = new Enclosure(kind, engine);
        FileGuest guest = enclosure.Guest;
        int door = guest.OpenDirectory("door"), deep = guest.OpenDirectory("door/dir");
        Assert.Equal(Errno.Success, enclosure.Inside.Rename("door", enclosure.Above, "moved"));

        foreach (string path in (string[])["..", "../", "../outside/file", "../data", "dir/../..", "dir/../../outside/file"])
        {
            Assert.Equal(Errno.Perm, guest.TryOpen(path, directory: door));
            Assert.Equal(Errno.Perm, guest.TryStat(path, Wire.Follow, door));
            Assert.Equal(Errno.Perm, guest.CreateDirectory(path + "/made", door));
        }
        Assert.Equal(Errno.Perm, guest.TryOpen("../../outside/file", directory: deep));
        Assert.Equal(Errno.Noent, guest.TryOpen("door/file"));
        Assert.Equal("harmless", guest.Read(guest.Open("file", directory: deep)));
        Assert.Equal(Errno.Success, enclosure.Above.Rename("moved", enclosure.Inside, "door"));
        enclosure.CheckOutside();
    }

    [Theory, EachFileSystem(WithoutPortable = true)]
    public void What_is_read_only_gets_no_name_where_it_could_be_written(FileSystemKind kind, EngineKind engine)
    {
        using TestDirectory shared = TestDirectory.Create(kind), free = TestDirectory.Create(kind);
        shared.WriteFile("file", "text"u8);
        var locked = new ReadOnlyDirectory(shared.Root);
        using var guest = new FileGuest(kind, engine, options => options with
        {
            Directories = [new PreopenedDirectory("/locked", locked), new PreopenedDirectory("/free", shared.Root), new PreopenedDirectory("/far", free.Root)],
        });
        const int Locked = 3, Free = 4, Far = 5;

        Assert.Equal(Errno.Rofs, Link(guest, Locked, "file", Free, "stolen"));
        Assert.Equal(Errno.Rofs, guest.Rename("file", "stolen", Locked, Free));
        Assert.Equal(Errno.Rofs, Link(guest, Locked, "file", Far, "stolen"));
        Assert.Contains(Link(guest, Free, "file", Locked, "stolen"), new[] { Errno.Rofs, Errno.Xdev });
        Assert.Contains(guest.Rename("file", "stolen", Free, Locked), new[] { Errno.Rofs, Errno.Xdev });
        Assert.Equal(Errno.Rofs, guest.TryOpen("file", Wire.Trunc, Wire.FdWrite, directory: Locked));
        Assert.Equal(Errno.Rofs, guest.TryOpen("new", Wire.Creat, Wire.FdWrite, directory: Locked));
        Assert.Equal(Errno.Rofs, guest.CreateDirectory("new", Locked));
        Assert.Equal("text"u8.ToArray(), shared.ReadFile("file"));
        Assert.Equal("text", guest.Read(guest.Open("file", rights: Wire.Reading, directory: Locked)));
    }

    private static Errno Link(FileGuest guest, int directory, string path, int targetDirectory, string target)
    {
        const int Path = 1024, OtherPath = 8192;
        return guest.Call(
            "path_link", directory, 0, Path, guest.Memory.WriteUtf8(Path, path), targetDirectory, OtherPath, guest.Memory.WriteUtf8(OtherPath, target));
    }
}
