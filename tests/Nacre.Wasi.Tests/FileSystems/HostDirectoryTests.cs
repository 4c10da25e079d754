using System.Diagnostics;
using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

public class HostDirectoryTests
{
    [Fact]
    public void What_is_no_directory_is_not_opened()
    {
        using var directory = new HostTestDirectory(HostDirectory.Open);
        directory.WriteFile("file", "text"u8);
        Assert.Throws<DirectoryNotFoundException>(() => HostDirectory.Open(Path.Combine(Path.GetTempPath(), "nacre-missing")));
        Assert.Throws<ArgumentException>(() => HostDirectory.Open(""));
    }

    [Theory, MemberData(nameof(Directories))]
    public void A_name_is_one_name(FileSystemKind kind)
    {
        using TestDirectory directory = TestDirectory.Create(kind);
        directory.WriteFile("a/file", "text"u8);
        foreach (string name in (string[])["", ".", "..", "a/file", "../a", "/", "/etc", "a/", "a\0", "\0"])
        {
            WasiDirectory root = directory.Root;
            Assert.Equal(Errno.Inval, root.Open(name, OpenMode.Read, out WasiNode? node));
            Assert.Null(node);
            Assert.Equal(Errno.Inval, root.Open(name, OpenMode.Directory, out _));
            Assert.Equal(Errno.Inval, root.Enter(name, out WasiDirectory? entered));
            Assert.Null(entered);
            Assert.Equal(Errno.Inval, root.Stat(name, out _));
            Assert.Equal(Errno.Inval, root.SetTimes(name, TimeChange.Now, TimeChange.Now));
            Assert.Equal(Errno.Inval, root.ReadLink(name, out _));
            Assert.Equal(Errno.Inval, root.CreateDirectory(name));
            Assert.Equal(Errno.Inval, root.RemoveDirectory(name));
            Assert.Equal(Errno.Inval, root.Unlink(name));
            Assert.Equal(Errno.Inval, root.Symlink("target", name));
            Assert.Equal(Errno.Inval, root.Rename(name, root, "new"));
            Assert.Equal(Errno.Inval, root.Rename("a", root, name));
            Assert.Equal(Errno.Inval, root.Link(name, root, "new"));
        }
        Assert.Equal("text"u8.ToArray(), directory.ReadFile("a/file"));
    }

    [Fact]
    public void Pipes_and_devices_are_seen_and_not_opened()
    {
        if (!OperatingSystem.IsLinux()) return;
        using WasiDirectory devices = HostDirectory.Open("/dev");
        Assert.Equal(Errno.Success, devices.Stat("null", out Filestat stat));
        Assert.Equal(FileType.CharacterDevice, stat.FileType);
        Assert.Equal(Errno.Nxio, devices.Open("null", OpenMode.Read, out _));
        Assert.Equal(Errno.Nxio, devices.Open("zero", OpenMode.Read | OpenMode.Write | OpenMode.Create, out _));

        using var directory = new HostTestDirectory(HostDirectory.Open);
        Shell(directory, "mkfifo pipe");
        foreach (OpenMode mode in (OpenMode[])[OpenMode.None, OpenMode.Read, OpenMode.Write, OpenMode.Read | OpenMode.Write | OpenMode.Create, OpenMode.Truncate])
            Assert.Equal(Errno.Nxio, directory.Root.Open("pipe", mode, out _));
        Assert.Equal(Errno.Notdir, directory.Root.Open("pipe", OpenMode.Directory, out _));
        Assert.Equal(Errno.Notdir, directory.Root.Enter("pipe", out _));
        Assert.Equal(Errno.Exist, directory.Root.Open("pipe", OpenMode.Create | OpenMode.Exclusive, out _));
        Assert.Equal(Errno.Success, directory.Root.Unlink("pipe"));
    }

    [Fact]
    public void Names_that_are_no_text_are_not_listed()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var directory = new HostTestDirectory(HostDirectory.Open);
        Shell(directory, """touch "$(printf 'a\377')" b; ln -s "$(printf '\377')" link""");
        using WasiDirectory portable = PortableDirectory.Open(directory.HostPath);
        foreach (WasiDirectory root in (WasiDirectory[])[directory.Root, portable]) Assert.Equal(["b", "link"], TestFiles.Names(root));
        Assert.Equal(Errno.Ilseq, directory.Root.ReadLink("link", out _));
        Shell(directory, "rm ./*");         // the framework would not find what is no text
    }

    [Fact]
    public void A_handle_means_the_same_directory_when_that_is_moved()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var directory = new HostTestDirectory(HostDirectory.Open);
        directory.WriteFile("a/file", "text"u8);
        Assert.Equal(Errno.Success, directory.Root.Enter("a", out WasiDirectory? a));
        using (a)
        {
            Assert.Equal(Errno.Success, directory.Root.Rename("a", directory.Root, "b"));
            Assert.Equal(Errno.Success, directory.Root.CreateDirectory("a"));
            Assert.Equal("text"u8.ToArray(), TestFiles.Read(a!, "file"));
            Assert.Equal(Errno.Success, a!.Sync(dataOnly: false));
        }
    }

    [Fact]
    public void A_directory_that_became_a_link_is_none_for_paths_either()
    {
        if (OperatingSystem.IsWindows()) return;
        using var directory = new HostTestDirectory(PortableDirectory.Open);
        directory.WriteFile("a/b/file", "text"u8);
        directory.WriteFile("c/b/file", "other"u8);
        Assert.Equal(Errno.Success, directory.Root.Enter("a", out WasiDirectory? a));
        Assert.Equal(Errno.Success, a!.Enter("b", out WasiDirectory? b));
        Assert.Equal(Errno.Success, directory.Root.Rename("a", directory.Root, "kept"));
        Assert.Equal(Errno.Success, directory.Root.Symlink("c", "a"));
        Assert.Equal(Errno.Noent, b!.Open("file", OpenMode.Read, out _));
        Assert.Equal(Errno.Noent, b.Stat("file", out _));
        Assert.Equal(Errno.Noent, b.CreateDirectory("new"));
        Assert.Equal(Errno.Noent, b.ReadEntries(0, (in DirectoryEntry _) => true));
    }

    [Fact]
    public void What_is_moved_to_another_case_of_its_name_is_not_lost()
    {
        using var directory = new HostTestDirectory(PortableDirectory.Open);
        WasiDirectory root = directory.Root;
        directory.WriteFile("file", "text"u8);
        Assert.Equal(Errno.Success, root.CreateDirectory("empty"));
        Assert.Equal(Errno.Success, root.Rename("file", root, "File"));
        Assert.Equal(Errno.Success, root.Rename("empty", root, "Empty"));
        Assert.Equal(["Empty", "File"], TestFiles.Names(root));
        Assert.Equal("text"u8.ToArray(), TestFiles.Read(root, "File"));

        // Where case means something, the other name is another's.
        if (root.CreateDirectory("empty") != Errno.Success) return;
        directory.WriteFile("Empty/file", []);
        Assert.Equal(Errno.Notempty, root.Rename("empty", root, "Empty"));
        Assert.Equal(Errno.Success, root.Rename("Empty", root, "empty"));
        Assert.Equal(["File", "empty"], TestFiles.Names(root));
    }

    [Theory, MemberData(nameof(Directories))]
    public void Reading_and_writing_allocate_nothing(FileSystemKind kind)
    {
        using TestDirectory directory = TestDirectory.Create(kind);
        Assert.Equal(Errno.Success, directory.Root.Open("file", OpenMode.Read | OpenMode.Write | OpenMode.Create, out WasiNode? node));
        using var file = (WasiFile)node!;
        var bytes = new byte[1000];
        Transfer(file, bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Transfer(file, bytes);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Numbers_too_large_for_a_file_are_refused()
    {
        using var directory = new HostTestDirectory(HostDirectory.Open);
        Assert.Equal(Errno.Success, directory.Root.Open("file", OpenMode.Read | OpenMode.Write | OpenMode.Create, out WasiNode? node));
        using var file = (WasiFile)node!;
        var bytes = new byte[8];
        foreach (ulong offset in (ulong[])[long.MaxValue - 7, long.MaxValue, ulong.MaxValue])
        {
            Assert.Equal((Errno.Success, 0), (file.Read(offset, bytes, out int byteCount), byteCount));
            Assert.Equal(Errno.Fbig, file.Write(offset, bytes, out _));
            Assert.Contains(file.SetSize(offset), offset > long.MaxValue ? [Errno.Inval] : new[] { Errno.Fbig, Errno.Inval });      // the system's answer
        }
        Assert.Equal(Errno.Fbig, file.Allocate(ulong.MaxValue, 1));
        Assert.Equal(Errno.Success, file.Stat(out Filestat stat));
        Assert.Equal(0UL, stat.ByteCount);
    }

    public static TheoryData<FileSystemKind> Directories => [.. FileSystemKinds.Here.Where(kind => kind is FileSystemKind.Host or FileSystemKind.Portable)];

    private static void Transfer(WasiFile file, byte[] bytes)
    {
        Errno written = file.Write(0, bytes, out int writtenCount);
        Errno appended = file.Append(bytes, out int appendedCount, out _);
        Errno read = file.Read(500, bytes, out int readCount);
        if ((written, appended, read) != default || (writtenCount, appendedCount, readCount) != (bytes.Length, bytes.Length, bytes.Length))
            Assert.Fail($"{written}, {appended}, {read}");
    }

    private static void Shell(HostTestDirectory directory, string command)
    {
        using Process shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { WorkingDirectory = directory.HostPath })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
