namespace Nacre.Wasi.Tests;

public class ListingTests
{
    [Theory, EachFileSystem]
    public void An_empty_directory_lists_itself_and_what_is_above(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        List<GuestEntry> entries = guest.Entries(FileGuest.Root);
        Assert.Equal([".", ".."], entries.Select(entry => entry.Name));
        Assert.All(entries, entry => Assert.Equal(Wire.DirectoryType, entry.FileType));
        Assert.Equal(guest.Stat(".").Inode, entries[0].Inode);
    }

    [Theory, EachFileSystem]
    public void Every_entry_is_listed_once_with_its_type_and_inode(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("file");
        guest.CreateDirectory("directory");
        guest.Symlink("file", "link");
        for (int i = 0; i < 50; i++) guest.Create($"directory/{i}");
        Dictionary<string, GuestEntry> entries = guest.Entries(FileGuest.Root).ToDictionary(entry => entry.Name);
        Assert.Equal(5, entries.Count);
        foreach ((string name, int type) in new[] { ("file", Wire.RegularFile), ("directory", Wire.DirectoryType), ("link", Wire.SymbolicLink) })
            Assert.Equal((type, guest.Stat(name).Inode), (entries[name].FileType, entries[name].Inode));
        Assert.Equal(
            Enumerable.Range(0, 50).Select(i => $"{i}").Append(".").Append("..").Order(),
            guest.Entries(guest.OpenDirectory("directory")).Select(entry => entry.Name).Order());
    }

    [Theory, EachFileSystem]
    public void Listing_goes_on_behind_any_entry(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        for (int i = 0; i < 40; i++) guest.Create($"file-{i}");
        List<GuestEntry> all = guest.Entries(FileGuest.Root);
        for (int i = all.Count - 1; i >= 0; i -= 3)
            Assert.Equal(all.Skip(i + 1), guest.Entries(FileGuest.Root, all[i].Next, byteCount: 8192));
        Assert.Equal(all.Count, all.Select(entry => entry.Next).Distinct().Count());
        Assert.All(all, entry => Assert.InRange(entry.Next, 1UL, (ulong)int.MaxValue));      // a C program's telldir keeps them in 32 bits
    }

    [Theory, EachFileSystem]
    public void Entries_that_stay_are_listed_once_though_others_come_and_go(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        for (int i = 0; i < 60; i++) guest.Create($"stay-{i}");
        for (int i = 0; i < 60; i++) guest.Create($"go-{i}");

        var names = new List<string>();
        ulong cookie = 0;
        for (int i = 0, more = 0; ; i++)
        {
            List<GuestEntry> some = guest.SomeEntries(FileGuest.Root, cookie, 150, out bool isEnd);
            names.AddRange(some.Select(entry => entry.Name));
            if (isEnd) break;
            cookie = some[^1].Next;
            if (i < 60) guest.Unlink($"go-{i}");
            if (more < 30) guest.Create($"more-{more++}");
        }
        Assert.Equal(
            Enumerable.Range(0, 60).Select(i => $"stay-{i}").Order(),
            names.Where(name => name.StartsWith("stay", StringComparison.Ordinal)).Order());
    }

    [Theory, EachFileSystem]
    public void Handles_that_list_one_directory_at_once_do_not_disturb_each_other(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Directory.WriteFile("full/below", []);
        for (int i = 0; i < 40; i++) guest.Create($"full/{i}");
        int one = guest.OpenDirectory("full"), other = guest.OpenDirectory("full");
        List<GuestEntry> some = guest.SomeEntries(one, 0, 500, out _);
        guest.Unlink($"full/{some.Last(entry => entry.Name is not ("." or ".." or "below")).Name}");
        guest.Create("full/new");
        Assert.Contains("new", guest.Entries(other).Select(entry => entry.Name));
        guest.Close(other);
        List<GuestEntry> rest = guest.Entries(one, some[^1].Next, byteCount: 8192);
        List<string> names = [.. some.Concat(rest).Select(entry => entry.Name).Where(name => name != "new")];
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"{i}").Append(".").Append("..").Append("below").Order(), names.Order());
    }

    [Theory, EachFileSystem]
    public void A_directory_is_emptied_while_it_is_listed(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.CreateDirectory("full");
        for (int i = 0; i < 200; i++) guest.Create($"full/{i}");
        int directory = guest.OpenDirectory("full");
        ulong cookie = 0;
        for (bool isEnd = false; !isEnd;)
        {
            foreach (GuestEntry entry in guest.SomeEntries(directory, cookie, 300, out isEnd))
            {
                cookie = entry.Next;
                if (entry.Name is not ("." or "..")) Assert.Equal(Errno.Success, guest.Unlink("full/" + entry.Name));
            }
        }
        Assert.Equal(Errno.Success, guest.RemoveDirectory("full"));
    }

    [Theory, EachFileSystem]
    public void A_buffer_is_filled_though_the_last_entry_is_cut_off(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("a-long-name");
        for (int byteCount = 0; byteCount <= 85; byteCount++)
        {
            Assert.Equal(Errno.Success, guest.Call("fd_readdir", FileGuest.Root, 1000, byteCount, 0, 0));
            Assert.Equal(Math.Min(byteCount, 25 + 26 + 24 + 11), guest.Memory.Read<int>(0));
        }
    }

    [Theory, EachFileSystem]
    public void A_cookie_that_nobody_gave_out_is_no_harm(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("file");
        foreach (long cookie in (long[])[3, 1000, long.MaxValue, long.MinValue, -1])
            Assert.Contains(guest.Call("fd_readdir", FileGuest.Root, 1000, 500, cookie, 0), new[] { Errno.Success, Errno.Inval });
    }

    [Theory, EachFileSystem]
    public void Nothing_is_listed_outside_the_memory(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        Assert.Equal(Errno.Fault, guest.Call("fd_readdir", FileGuest.Root, 65_500, 37, 0, 0));
        Assert.Equal(Errno.Fault, guest.Call("fd_readdir", FileGuest.Root, 0, -1, 0, 0));
        Assert.Equal(Errno.Fault, guest.Call("fd_readdir", FileGuest.Root, 0, 100, 0, 65_533));
    }
}
