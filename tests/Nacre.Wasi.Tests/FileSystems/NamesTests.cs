namespace Nacre.Wasi.Tests;

public class NamesTests
{
    [Theory, EachFileSystem]
    public void Directories_are_created_and_removed(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        Assert.Equal(Errno.Success, guest.CreateDirectory("a"));
        Assert.Equal(Errno.Success, guest.CreateDirectory("a/b/"));
        Assert.Equal(Errno.Exist, guest.CreateDirectory("a"));
        Assert.Equal(Errno.Exist, guest.CreateDirectory("a/"));
        Assert.Equal(Errno.Exist, guest.CreateDirectory("."));
        Assert.Equal(Errno.Exist, guest.CreateDirectory("a/.."));
        Assert.Equal(Errno.Noent, guest.CreateDirectory("missing/b"));
        Assert.Equal(Errno.Notempty, guest.RemoveDirectory("a"));
        Assert.Equal(Errno.Success, guest.RemoveDirectory("a/b"));
        Assert.Equal(Errno.Success, guest.RemoveDirectory("a/"));
        Assert.Equal(Errno.Noent, guest.RemoveDirectory("a"));
        Assert.Equal(Errno.Inval, guest.RemoveDirectory("."));
    }

    [Theory, EachFileSystem]
    public void Removing_tells_files_and_directories_apart(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("file");
        guest.CreateDirectory("directory");
        guest.Symlink("directory", "link");
        Assert.Equal(Errno.Isdir, guest.Unlink("directory"));
        Assert.Equal(Errno.Isdir, guest.Unlink("directory/"));
        Assert.Equal(Errno.Isdir, guest.Unlink("."));
        Assert.Equal(Errno.Notdir, guest.Unlink("file/"));
        Assert.Equal(Errno.Notdir, guest.RemoveDirectory("file"));
        Assert.Equal(Errno.Notdir, guest.RemoveDirectory("file/"));
        Assert.Equal(Errno.Notdir, guest.RemoveDirectory("link"));
        Assert.Equal(Errno.Success, guest.Unlink("link"));
        Assert.Equal(Errno.Success, guest.Unlink("file"));
        Assert.Equal(Errno.Noent, guest.Unlink("file"));
        Assert.Equal(Wire.DirectoryType, guest.Stat("directory").FileType);
    }

    [Theory, EachFileSystem]
    public void A_file_is_moved_and_replaces_a_file(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("a", "a");
        guest.Create("b", "b");
        guest.CreateDirectory("directory");
        Assert.Equal(Errno.Success, guest.Rename("a", "b"));
        Assert.Equal(Errno.Noent, guest.TryStat("a"));
        Assert.Equal("a", guest.TextOf("b"));
        Assert.Equal(Errno.Success, guest.Rename("b", "directory/c"));
        Assert.Equal("a", guest.TextOf("directory/c"));
        Assert.Equal(Errno.Success, guest.Rename("directory/c", "directory/c"));
        Assert.Equal(Errno.Noent, guest.Rename("missing", "d"));
        Assert.Equal(Errno.Isdir, guest.Rename("directory/c", "directory"));
        Assert.Equal(Errno.Notdir, guest.Rename("directory/c", "e/"));
        Assert.Equal(Errno.Notdir, guest.Rename("directory/c/", "e"));
        Assert.Equal("a", guest.TextOf("directory/c"));
    }

    [Theory, EachFileSystem]
    public void A_directory_is_moved_and_replaces_an_empty_one(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.CreateDirectory("a");
        guest.Create("a/file", "text");
        guest.CreateDirectory("empty");
        guest.CreateDirectory("full");
        guest.Create("full/file");
        guest.Create("file");
        Assert.Equal(Errno.Notempty, guest.Rename("a", "full"));
        Assert.Equal(Errno.Notdir, guest.Rename("a", "file"));
        Assert.Equal(Errno.Inval, guest.Rename("a", "a/b"));
        Assert.Equal(Errno.Success, guest.Rename("a/", "empty/"));
        Assert.Equal("text", guest.TextOf("empty/file"));
        Assert.Equal(Errno.Success, guest.Rename("empty", "full/a"));
        Assert.Equal(Errno.Inval, guest.Rename("full", "full/a/b"));
        Assert.Equal("text", guest.TextOf("full/a/file"));
        Assert.Equal(Errno.Busy, guest.Rename(".", "b"));
        Assert.Equal(Errno.Busy, guest.Rename("full", "."));
    }

    [Theory, EachFileSystem]
    public void A_name_goes_from_descriptor_to_descriptor(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.CreateDirectory("a");
        guest.CreateDirectory("b");
        guest.Create("a/file", "text");
        Assert.Equal(Errno.Success, guest.Rename("file", "moved", guest.OpenDirectory("a"), guest.OpenDirectory("b")));
        Assert.Equal("text", guest.TextOf("b/moved"));
    }

    [Theory, EachFileSystem(WithoutPortable = true)]
    public void A_file_can_have_several_names(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("a", "text");
        guest.CreateDirectory("directory");
        Assert.Equal(Errno.Success, guest.Link("a", "directory/b"));
        Assert.Equal((2UL, guest.Stat("a").Inode), (guest.Stat("directory/b").LinkCount, guest.Stat("directory/b").Inode));
        guest.Write(guest.Open("directory/b"), "TEXT");
        Assert.Equal("TEXT", guest.TextOf("a"));
        Assert.Equal(Errno.Success, guest.Rename("a", "directory/b"));      // both are the same file: nothing happens
        Assert.Equal(2UL, guest.Stat("a").LinkCount);
        Assert.Equal(Errno.Success, guest.Unlink("a"));
        Assert.Equal("TEXT", guest.TextOf("directory/b"));
        Assert.Equal(1UL, guest.Stat("directory/b").LinkCount);
    }

    [Theory, EachFileSystem]
    public void A_further_name_must_be_free_and_a_files(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("file");
        guest.Create("other");
        guest.CreateDirectory("directory");
        Assert.Equal(Errno.Exist, guest.Link("file", "other"));
        Assert.Equal(Errno.Exist, guest.Link("file", "directory"));
        Assert.Equal(Errno.Exist, guest.Link("file", "file"));
        Assert.Equal(Errno.Exist, guest.Link("file", "."));
        Assert.Equal(Errno.Noent, guest.Link("file", "new/"));
        Assert.Equal(Errno.Noent, guest.Link("missing", "new"));
        Assert.Equal(Errno.Perm, guest.Link("directory", "new"));
        Assert.Equal(Errno.Perm, guest.Link(".", "new"));
        Assert.Equal(Errno.Notdir, guest.Link("file/", "new"));
    }

    [Theory, EachFileSystem]
    public void Names_have_up_to_255_bytes_and_paths_up_to_4096(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        var name = new string('n', 255);
        guest.Create(name, "text");
        Assert.Equal("text", guest.TextOf(name));
        Assert.Equal(Errno.Nametoolong, guest.TryOpen(name + "n", Wire.Creat));
        Assert.Equal(Errno.Nametoolong, guest.CreateDirectory(new string('ö', 128)));
        Assert.Equal(Errno.Nametoolong, guest.TryStat(name + "n/file"));
        Assert.Equal(Errno.Success, guest.TryStat(string.Concat(Enumerable.Repeat("./", 1920)) + name));
        Assert.Equal(Errno.Nametoolong, guest.TryStat(string.Concat(Enumerable.Repeat("./", 2048)) + "a"));
    }

    [Theory, EachFileSystem]
    public void Names_are_any_text_without_slash_and_zero(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        foreach (string name in (string[])["ä ö", "日本", "😀", "...", "a\\b", "-", "*?<>|\"", "\n", " ", "con", "CON"])
        {
            guest.Create(name, name);
            Assert.Equal(name, guest.TextOf(name));
        }
        Assert.Equal(13, guest.Entries(FileGuest.Root).Count);
    }
}
