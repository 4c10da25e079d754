using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

/// <summary>What lies beside the directory of a guest is not read, written, created, asked about or listed, whatever the path.</summary>
public class EscapeTests
{
    // In the guest's directory: in/, in/deep/, and links that are to lead out. 'P' stands for the name of what lies outside.
    private static readonly string[] s_paths =
    [
        "../P", "../../P", "./../P", "in/../../P", "in/deep/../../../P", "in/./.././../P", "in//..//..//P", "../P/", "../P/.", "../P/file",
        "..", "../", "../.", "../..", "in/../..", "in/../../", "../data", "../data/in", "/P", "//P", "/", "/..", "/../P", "/data/../P", "///etc",
        "up/P", "up/../P", "up", "up/", "up/.", "up/data", "out", "out/", "out/.", "out/file", "out/../P", "in/up2/P", "in/up2", "in/up2/",
        "in/deep/up3/P", "in/deep/up3", "chain", "chain/P", "chain/", "chain3/P", "back/P", "back", "round/up/P", "mixed", "mixed/P", "dotted/P",
        "slashed/P", "hidden/in/P", "deepest/P", "in/deep/../../up/P", "in/../up/P", "up/../up/P", "P/../../P", "in/to-up/P", "in/to-up",
        "in/deep/to-chain/P", "out/../out/file", "./up/./P", ".//up//P", "up/data/up/P",
    ];

    private static readonly (string Name, string Target)[] s_links =
    [
        ("up", ".."), ("out", "../P"), ("in/up2", "../.."), ("in/deep/up3", "../../.."), ("chain", "chain2"), ("chain2", "chain3"), ("chain3", "in/up2"),
        ("back", "in/deep/../../.."), ("round", "."), ("mixed", "in/.././../"), ("dotted", "./.."), ("slashed", "..//"), ("hidden", "in/../../data"),
        ("deepest", "in/deep/up3"), ("in/to-up", "../up"), ("in/deep/to-chain", "../../chain"),
    ];

    public static TheoryData<FileSystemKind, string> Paths()
    {
        var data = new TheoryData<FileSystemKind, string>();
        foreach (FileSystemKind kind in FileSystemKinds.Here)
            foreach (string path in s_paths) data.Add(kind, path);
        return data;
    }

    [Fact]
    public void There_are_many_ways_to_try() => Assert.True(s_paths.Distinct().Count() >= 60);

    [Theory, MemberData(nameof(Paths))]
    public void No_path_leads_out(FileSystemKind kind, string path)
    {
        using var guest = new FileGuest(kind, EngineKind.Interpreter, Inside);
        guest.CreateDirectory("in");
        guest.CreateDirectory("in/deep");
        foreach ((string name, string target) in s_links)
            Assert.Equal(Errno.Success, guest.Symlink(target.Replace("P", "secret", StringComparison.Ordinal), name));
        string hostile = path.Replace("P", "secret", StringComparison.Ordinal);

        Errno[] refusals = [Errno.Perm, Errno.Noent, Errno.Isdir];      // a name that is missing, or a file under a directory's name, ends the walk
        Assert.Contains(guest.TryOpen(hostile), refusals);
        Assert.Contains(guest.TryOpen(hostile, Wire.Directory), refusals);
        Assert.Contains(guest.TryOpen(hostile, Wire.Creat, Wire.FdWrite), refusals);
        Assert.Contains(guest.TryOpen(hostile, Wire.Trunc, Wire.FdWrite), refusals);
        Assert.Contains(guest.TryStat(hostile, Wire.Follow), refusals);
        Assert.Contains(guest.SetTimes(hostile, 1, 1, Wire.Atim | Wire.Mtim, Wire.Follow), refusals);
        Assert.Contains(guest.Link(hostile, "stolen", Wire.Follow), refusals);
        AssertNothingOutsideChanged(guest);

        // These work on the last name, which may be that of a link: inside, and harmless.
        string parent = hostile.TrimEnd('/', '.');
        foreach (string beyond in (string[])[hostile + "/new", parent + "/../../new", hostile + "/../../../../secret/file"])
        {
            Assert.Contains(guest.CreateDirectory(beyond), refusals);
            Assert.Contains(guest.RemoveDirectory(beyond), refusals);
            Assert.Contains(guest.Unlink(beyond), refusals);
            Assert.Contains(guest.Symlink("target", beyond), refusals);
            Assert.Contains(guest.TryReadLink(beyond), refusals);
            Assert.Contains(guest.Rename("in/deep", beyond), refusals);
            Assert.Contains(guest.Rename(beyond, "stolen"), refusals);
        }
        AssertNothingOutsideChanged(guest);
    }

    [Theory, EachFileSystem]
    public void A_path_with_a_zero_or_without_UTF_8_is_refused(FileSystemKind kind, EngineKind engine)
    {
        using var guest = new FileGuest(kind, engine);
        guest.Create("file");
        Assert.Equal(Errno.Inval, guest.TryOpen("file\0"));
        Assert.Equal(Errno.Inval, guest.TryOpen("file\0/../../secret"));
        Assert.Equal(Errno.Inval, guest.Symlink("target\0", "link"));
        Assert.Equal(Errno.Noent, guest.TryOpen(""));
        foreach (byte[] bytes in (byte[][])[[0xFF], [0xC0, 0xAF], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0x2E, 0x2E, 0xC0, 0xAF, 0x61], [0xF4, 0x90, 0x80, 0x80]])
        {
            bytes.CopyTo(guest.Memory.Slice(1024, bytes.Length));
            Assert.Equal(Errno.Ilseq, guest.Call("path_open", FileGuest.Root, 0, 1024, bytes.Length, Wire.Creat, 0, 0, 0, 0));
            Assert.Equal(Errno.Ilseq, guest.Call("path_create_directory", FileGuest.Root, 1024, bytes.Length));
        }
    }

    // The guest's directory is one in a larger one, with a secret beside it.
    private static WasiOptions Inside(WasiOptions options)
    {
        WasiDirectory outside = options.Directories[0].Directory;
        Assert.Equal(Errno.Success, outside.CreateDirectory("data"));
        Assert.Equal(Errno.Success, outside.CreateDirectory("secret"));
        Assert.Equal(Errno.Success, outside.Enter("secret", out WasiDirectory? secret));
        using (secret)
        {
            Assert.Equal(Errno.Success, secret!.Open("file", OpenMode.Create | OpenMode.Write, out WasiNode? file));
            file!.Dispose();
        }
        Assert.Equal(Errno.Success, outside.Enter("data", out WasiDirectory? inside));
        return options with { Directories = [new PreopenedDirectory("/data", inside!)] };
    }

    private static void AssertNothingOutsideChanged(FileGuest guest)
    {
        Assert.Equal(["data", "secret"], TestFiles.Names(guest.Directory.Root));
        Assert.Equal(Errno.Success, guest.Directory.Root.Open("secret", OpenMode.Read | OpenMode.Directory, out WasiNode? secret));
        using (secret)
        {
            Assert.Equal(["file"], TestFiles.Names((WasiDirectory)secret!));
            Assert.Equal(Errno.Success, ((WasiDirectory)secret!).Stat("file", out Filestat file));
            Assert.Equal(1UL, file.LinkCount);
            Assert.True(file.ModificationTime > 1);
        }
    }
}
