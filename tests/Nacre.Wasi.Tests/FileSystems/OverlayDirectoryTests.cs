using System.Text;
using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

public class OverlayDirectoryTests
{
    private readonly MemoryFileSystem _lower = new();
    private readonly MemoryFileSystem _upper = new() { Device = 2 };

    public OverlayDirectoryTests()
    {
        _lower.WriteFile("file", "below"u8);
        _lower.WriteFile("a/b/deep", "deep"u8);
    }

    private WasiDirectory Overlay => new OverlayDirectory(_upper.Root, _lower.Root);

    [Fact]
    public void What_is_below_is_seen_until_it_is_written()
    {
        WasiDirectory overlay = Overlay;
        Assert.Equal("below", TextOf(overlay, "file"));
        Assert.Equal(Errno.Success, overlay.Open("file", OpenMode.Write, out WasiNode? node));
        Assert.Equal(Errno.Success, ((WasiFile)node!).Write(0, "ABOVE"u8, out _));
        Assert.Equal("ABOVE", TextOf(overlay, "file"));
        Assert.Equal("ABOVE", Encoding.UTF8.GetString(_upper.ReadFile("file")));
        Assert.Equal("below", Encoding.UTF8.GetString(_lower.ReadFile("file")));
        Assert.Equal(["a", "file"], TestFiles.Names(overlay));
    }

    [Fact]
    public void Directories_above_come_to_be_when_they_are_needed()
    {
        Assert.Equal(Errno.Success, Overlay.Enter("a", out WasiDirectory? a));
        Assert.Equal(Errno.Success, a!.Enter("b", out WasiDirectory? b));
        Assert.Equal(Errno.Success, b!.CreateDirectory("new"));
        Assert.Equal(["deep", "new"], TestFiles.Names(b));
        Assert.Equal(Errno.Success, _upper.Root.Enter("a", out _));
        Assert.Equal(Errno.Success, b.Rename("deep", a, "moved"));
        Assert.Equal("deep", TextOf(Overlay, "a/moved"));
        Assert.Equal(["new"], TestFiles.Names(b));
        Assert.Equal("deep", Encoding.UTF8.GetString(_lower.ReadFile("a/b/deep")));
    }

    [Fact]
    public void What_is_removed_stays_hidden_for_every_handle()
    {
        WasiDirectory overlay = Overlay;
        Assert.Equal(Errno.Success, overlay.Reopen(out WasiDirectory? other));
        Assert.Equal(Errno.Success, overlay.Unlink("file"));
        Assert.Equal(Errno.Noent, other!.Stat("file", out _));
        Assert.Equal(Errno.Noent, other.Unlink("file"));
        Assert.Equal(Errno.Success, other.Symlink("target", "file"));
        Assert.Equal(Errno.Success, overlay.Unlink("file"));
        Assert.Equal(Errno.Noent, overlay.Stat("file", out _));
        Assert.Equal(["a"], TestFiles.Names(overlay));
    }

    [Fact]
    public void A_new_directory_does_not_show_what_its_hidden_namesake_holds()
    {
        WasiDirectory overlay = Overlay;
        Assert.Equal(Errno.Notempty, overlay.RemoveDirectory("a"));
        Assert.Equal(Errno.Success, overlay.Enter("a", out WasiDirectory? a));
        Assert.Equal(Errno.Success, a!.Enter("b", out WasiDirectory? b));
        Assert.Equal(Errno.Success, b!.Unlink("deep"));
        Assert.Equal(Errno.Success, a.RemoveDirectory("b"));
        Assert.Equal(Errno.Success, overlay.RemoveDirectory("a"));
        Assert.Equal(Errno.Success, overlay.CreateDirectory("a"));
        Assert.Equal(Errno.Success, overlay.Enter("a", out WasiDirectory? anew));
        Assert.Empty(TestFiles.Names(anew!));
        Assert.Equal(Errno.Success, overlay.Rename("a", overlay, "moved"));
        Assert.Equal(["file", "moved"], TestFiles.Names(overlay));
    }

    [Fact]
    public void A_directory_from_below_is_not_moved()
    {
        WasiDirectory overlay = Overlay;
        Assert.Equal(Errno.Xdev, overlay.Rename("a", overlay, "moved"));
        Assert.Equal("deep", TextOf(overlay, "a/b/deep"));
    }

    [Fact]
    public void What_could_not_be_moved_out_of_an_overlay_is_still_there()
    {
        WasiDirectory overlay = Overlay;
        Assert.Equal(Errno.Success, _upper.Root.CreateDirectory("gone"));
        Assert.Equal(Errno.Success, _upper.Root.Enter("gone", out WasiDirectory? gone));
        Assert.Equal(Errno.Success, _upper.Root.RemoveDirectory("gone"));
        Assert.Equal(Errno.Noent, overlay.Rename("file", gone!, "file"));
        Assert.Equal("below", TextOf(overlay, "file"));
        Assert.Equal(Errno.Success, overlay.Rename("file", _upper.Root, "moved"));
        Assert.Equal(["a", "moved"], TestFiles.Names(overlay));
    }

    [Fact]
    public void Directories_can_be_nested_deeper_than_calls()
    {
        const int Depth = 5000;
        _lower.CreateDirectory(string.Join('/', Enumerable.Repeat("d", Depth))).Dispose();
        WasiDirectory deepest = Overlay;
        for (int i = 0; i < Depth; i++)
        {
            WasiDirectory parent = deepest;
            Assert.Equal(Errno.Success, parent.Enter("d", out WasiDirectory? child));
            deepest = child!;
        }
        Errno absent = default, created = default;
        var thread = new Thread(
            () =>
            {
                absent = deepest.Stat("new", out _);
                created = deepest.CreateDirectory("new");
            },
            maxStackSize: 128 << 10);
        thread.Start();
        thread.Join();
        Assert.Equal((Errno.Noent, Errno.Success), (absent, created));
        Assert.Equal(["new"], TestFiles.Names(deepest));
    }

    [Fact]
    public void What_is_copied_up_has_a_limit()
    {
        _lower.WriteFile("large", new byte[1000]);
        _lower.WriteFile("larger", new byte[1001]);
        using var overlay = new OverlayDirectory(_upper.Root, _lower.Root) { MaximumCopiedByteCount = 1005 };
        Assert.Equal(Errno.Success, overlay.Open("large", OpenMode.Write, out WasiNode? node));
        Assert.Equal(Errno.Success, ((WasiFile)node!).Write(2000, "not copied"u8, out _));

        foreach (OpenMode mode in (OpenMode[])[OpenMode.Write, OpenMode.Read | OpenMode.Write | OpenMode.Create])
            Assert.Equal(Errno.Nospc, overlay.Open("larger", mode, out _));
        Assert.Equal(Errno.Nospc, overlay.Link("larger", overlay, "new"));
        Assert.Equal(Errno.Nospc, overlay.Rename("larger", overlay, "new"));
        Assert.Equal(Errno.Nospc, overlay.SetTimes("larger", TimeChange.Now, TimeChange.Now));
        Assert.Equal(["a", "file", "large", "larger"], TestFiles.Names(overlay));
        Assert.Equal(["large"], TestFiles.Names(_upper.Root));

        // The limit is that of all directories of an overlay and of all handles.
        Assert.Equal(Errno.Success, overlay.SetTimes("file", TimeChange.Now, TimeChange.Now));
        Assert.Equal(Errno.Success, overlay.Reopen(out WasiDirectory? other));
        Assert.Equal(Errno.Success, other!.Enter("a", out WasiDirectory? a));
        Assert.Equal(Errno.Success, a!.Enter("b", out WasiDirectory? b));
        Assert.Equal(Errno.Nospc, b!.Open("deep", OpenMode.Write, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OverlayDirectory(_upper.Root, _lower.Root) { MaximumCopiedByteCount = -1 });
    }

    [Fact]
    public void What_a_file_loses_on_opening_is_not_copied()
    {
        using var overlay = new OverlayDirectory(_upper.Root, _lower.Root) { MaximumCopiedByteCount = 0 };
        Assert.Equal(Errno.Nospc, overlay.Open("file", OpenMode.Write, out _));
        Assert.Equal(Errno.Success, overlay.Open("file", OpenMode.Write | OpenMode.Truncate, out WasiNode? node));
        Assert.Equal(Errno.Success, ((WasiFile)node!).Write(0, "new"u8, out _));
        Assert.Equal("new", TextOf(overlay, "file"));
        Assert.Equal("below", Encoding.UTF8.GetString(_lower.ReadFile("file")));
    }

    private static string TextOf(WasiDirectory root, string path) => Encoding.UTF8.GetString(TestFiles.Read(root, path));
}
