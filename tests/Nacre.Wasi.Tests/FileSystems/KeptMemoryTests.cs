using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

/// <summary>What is gone for the guest takes no memory of the host any more, beyond what the limits count.</summary>
[Collection(ProcessWideMemory.Name)]
public class KeptMemoryTests
{
    private const int Much = 2 << 20;       // far less than what each of these would keep

    private readonly MemoryFileSystem _system = new() { MaximumByteCount = 1 << 30 };

    [Fact]
    public void An_overlay_keeps_no_names_of_its_own_that_are_gone()
    {
        var overlay = new OverlayDirectory(_system.Root, new MemoryFileSystem().Root);
        string padding = new('n', 240);
        Assert.InRange(ProcessWideMemory.KeptBy(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                Create(overlay, padding + i).Dispose();
                Assert.Equal(Errno.Success, overlay.Rename(padding + i, overlay, $"{i}{padding}"));
                Assert.Equal(Errno.Success, overlay.Unlink($"{i}{padding}"));
                Assert.Equal(Errno.Success, overlay.CreateDirectory(padding + i));
                Assert.Equal(Errno.Success, overlay.RemoveDirectory(padding + i));
            }
        }), long.MinValue, Much);
        GC.KeepAlive(overlay);
    }

    [Fact]
    public void Files_that_were_cut_off_keep_no_bytes()
    {
        var bytes = new byte[1 << 16];
        Assert.InRange(ProcessWideMemory.KeptBy(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                using WasiFile file = Create(_system.Root, $"{i}");
                Assert.Equal(Errno.Success, file.Write(0, bytes, out _));
                Assert.Equal(Errno.Success, file.SetSize(1));
            }
        }), long.MinValue, Much);
        GC.KeepAlive(_system);
    }

    [Fact]
    public void Files_that_were_long_keep_no_room_for_it()
    {
        Assert.InRange(ProcessWideMemory.KeptBy(() =>
        {
            for (int i = 0; i < 200; i++)
            {
                using WasiFile file = Create(_system.Root, $"{i}");
                Assert.Equal(Errno.Success, file.Write((1 << 29) - 1, "x"u8, out _));
                Assert.Equal(Errno.Success, file.SetSize(0));
            }
        }), long.MinValue, Much);
        GC.KeepAlive(_system);
    }

    [Fact]
    public void Directories_that_were_full_keep_no_room_for_it()
    {
        Assert.InRange(ProcessWideMemory.KeptBy(() =>
        {
            for (int i = 0; i < 100_000; i++) Assert.Equal(Errno.Success, _system.Root.Symlink("x", $"{i}"));
            for (int i = 0; i < 100_000; i++) Assert.Equal(Errno.Success, _system.Root.Unlink($"{i}"));
        }), long.MinValue, Much);
        GC.KeepAlive(_system);
    }

    [Fact]
    public void Links_that_are_gone_keep_no_targets()
    {
        Assert.InRange(ProcessWideMemory.KeptBy(() =>
        {
            for (int i = 0; i < 3000; i++) Create(_system.Root, $"stays {i}").Dispose();
            for (int i = 0; i < 3000; i++) Assert.Equal(Errno.Success, _system.Root.Symlink(new string('t', 4000), $"{i}"));
            for (int i = 0; i < 3000; i++) Assert.Equal(Errno.Success, _system.Root.Unlink($"{i}"));
        }), long.MinValue, Much);
        GC.KeepAlive(_system);
    }

    [Fact]
    public void A_handle_of_a_directory_that_is_gone_does_not_keep_those_it_was_in()
    {
        const int Depth = 30_000;
        WasiDirectory? kept = null;
        Assert.InRange(ProcessWideMemory.KeptBy(() =>
        {
            var directories = new List<WasiDirectory> { _system.Root };
            for (int i = 0; i < Depth; i++)
            {
                Assert.Equal(Errno.Success, directories[^1].CreateDirectory("d"));
                Assert.Equal(Errno.Success, directories[^1].Enter("d", out WasiDirectory? next));
                directories.Add(next!);
            }
            kept = directories[^1];
            for (int i = Depth - 1; i >= 0; i--) Assert.Equal(Errno.Success, directories[i].RemoveDirectory("d"));
        }), long.MinValue, Much);
        Assert.Equal(Errno.Noent, kept!.CreateDirectory("d"));
        GC.KeepAlive(_system);
    }

    [Theory]
    [InlineData(FileSystemKind.Overlay)]
    [InlineData(FileSystemKind.Portable)]
    public void A_directory_that_is_listed_through_many_handles_is_kept_once(FileSystemKind kind)
    {
        using TestDirectory directory = TestDirectory.Create(kind);
        for (int i = 0; i < 500; i++) directory.WriteFile($"full/{i}", []);
        var handles = new List<WasiDirectory>();
        Assert.InRange(ProcessWideMemory.KeptBy(() =>
        {
            for (int i = 0; i < 200; i++)
            {
                Assert.Equal(Errno.Success, directory.Root.Enter("full", out WasiDirectory? handle));
                handles.Add(handle!);
                Assert.Equal(500, TestFiles.Names(handle!).Count);
            }
        }), long.MinValue, Much);
        Assert.All(handles, handle => handle.Dispose());
    }

    private static WasiFile Create(WasiDirectory directory, string name)
    {
        Assert.Equal(Errno.Success, directory.Open(name, OpenMode.Write | OpenMode.Create, out WasiNode? node));
        return (WasiFile)node!;
    }
}
