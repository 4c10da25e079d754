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

    private static WasiFile Create(WasiDirectory directory, string name)
    {
        Assert.Equal(Errno.Success, directory.Open(name, OpenMode.Write | OpenMode.Create, out WasiNode? node));
        return (WasiFile)node!;
    }
}
