using System.Security.Cryptography;
using System.Text;
using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

/// <summary>A guest in a directory that has a neighbour, of which it must not learn anything, and in which it must not change anything.</summary>
/// <remarks>
/// <c>data</c>, the guest's, and <c>outside</c> lie side by side and look alike: both have <c>door/file</c> and <c>door/dir/file</c>. What is
/// outside contains <see cref="Secret"/>.
/// </remarks>
internal sealed class Enclosure : IDisposable
{
    public const string Secret = "SECRET";

    private readonly string _outside;
    private readonly HashSet<(ulong Device, ulong Inode)> _forbidden = [];

    public Enclosure(FileSystemKind kind, EngineKind engine)
    {
        WasiDirectory? inside = null;
        Guest = new FileGuest(kind, engine, options => options with { Directories = [new PreopenedDirectory("/data", inside = Furnish(options))] });
        Inside = inside!;
        Assert.Equal(Errno.Success, Guest.Directory.Root.Stat(out Filestat root));
        _forbidden.Add((root.Device, root.Inode));
        _outside = Outside(isFirst: true);
    }

    public FileGuest Guest { get; }

    /// <summary>The host's handle of the guest's directory.</summary>
    public WasiDirectory Inside { get; }

    /// <summary>The host's handle of the directory in which that and its neighbour lie.</summary>
    public WasiDirectory Above => Guest.Directory.Root;

    /// <summary>Tries to read, change and list what a path leads to, by every function that takes a path.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isMoved">Whether it may be moved away for a moment.</param>
    public void Try(string path, bool isMoved = true)
    {
        foreach (int lookupflags in (int[])[Wire.Follow, Wire.NoFollow])
        {
            TryOpen(path, 0, Wire.Reading, lookupflags);
            TryOpen(path, Wire.Directory, Wire.FdReaddir, lookupflags);
            TryOpen(path, 0, Wire.FdWrite | Wire.FdFilestatGet, lookupflags);
            TryOpen(path, Wire.Creat, Wire.FdWrite | Wire.FdFilestatGet, lookupflags);
            TryOpen(path, Wire.Trunc, Wire.FdWrite | Wire.FdFilestatGet, lookupflags);
            if (Guest.TryStat(path, lookupflags) == Errno.Success) CheckStat(path);
            Guest.SetTimes(path, 1, 1, Wire.Atim | Wire.Mtim, lookupflags);
            if (Guest.Link(path, "stolen", lookupflags) == Errno.Success)
            {
                Assert.Equal(Errno.Success, Guest.TryStat("stolen"));
                CheckStat(path);
                Guest.Unlink("stolen");
            }
        }
        if (Guest.TryReadLink(path) == Errno.Success) CheckText(path, Guest.Memory.ReadUtf8(16_384, Guest.Memory.Read<int>(0)));
        if (isMoved && Guest.Rename(path, "stolen") == Errno.Success)
        {
            Assert.Equal(Errno.Success, Guest.TryStat("stolen"));
            CheckStat(path);
            Guest.Rename("stolen", path);
        }
    }

    /// <summary>Tries to add names in a directory, and to remove them.</summary>
    public void TryIn(string path)
    {
        string made = path + "/made";
        Guest.CreateDirectory(made);
        Guest.RemoveDirectory(made);
        Guest.Symlink("target", made);
        Guest.Unlink(made);
        TryOpen(made, Wire.Creat | Wire.Excl, Wire.FdWrite | Wire.FdFilestatGet, Wire.NoFollow);
        Guest.Unlink(made);
        Guest.Create("own", "own");
        Guest.Link("own", made);
        Guest.Unlink(made);
        Guest.Rename("own", made);
        Guest.Rename(made, "own");
        Guest.Unlink(path + "/file");
        Guest.RemoveDirectory(path + "/dir/empty");
    }

    /// <summary>Fails when anything outside is not as it was.</summary>
    public void CheckOutside() => Assert.Equal(_outside, Outside(isFirst: false));

    /// <summary>A handle, the caller's, of a directory that is there.</summary>
    public static WasiDirectory Enter(WasiDirectory directory, string name)
    {
        Assert.Equal(Errno.Success, directory.Enter(name, out WasiDirectory? entered));
        return entered!;
    }

    public void Dispose()
    {
        Inside.Dispose();
        Guest.Dispose();
    }

    private void TryOpen(string path, int oflags, long rights, int lookupflags)
    {
        if (Guest.TryOpen(path, oflags, rights, lookupflags: lookupflags) != Errno.Success) return;
        int opened = Guest.Memory.Read<int>(0);
        if (Guest.Call("fd_filestat_get", opened, 0) == Errno.Success) CheckStat(path);
        if (Guest.TryRead(opened) == Errno.Success) CheckText(path, Guest.Memory.ReadUtf8(16_384, Guest.Memory.Read<int>(0)));
        if (Guest.Call("fd_readdir", opened, 16_384, 8192, 0, 0) == Errno.Success)
            CheckText(path, Encoding.Latin1.GetString(Guest.Memory.Slice(16_384, (ulong)Guest.Memory.Read<int>(0))));
        Guest.Write(opened, "overwritten");
        Guest.Close(opened);
    }

    private void CheckStat(string path)
        => Assert.False(_forbidden.Contains((Guest.Memory.Read<ulong>(0), Guest.Memory.Read<ulong>(8))), $"'{path}' told of what is outside");

    private static void CheckText(string path, string text)
        => Assert.False(text.Contains(Secret, StringComparison.Ordinal), $"'{path}' gave away what is outside");

    private static WasiDirectory Furnish(WasiOptions options)
    {
        WasiDirectory above = options.Directories[0].Directory;
        foreach ((string name, string text) in new[] { ("data", "harmless"), ("outside", Secret) })
        {
            using WasiDirectory side = Create(above, name), door = Create(side, "door"), deep = Create(door, "dir");
            Create(deep, "empty").Dispose();
            Write(side, "file", text);
            Write(door, "file", text);
            Write(deep, "file", text);
            if (name == "data") continue;
            Write(door, Secret, text);
            Assert.Equal(Errno.Success, door.Symlink(Secret, "link"));
        }
        return Enter(above, "data");
    }

    private static WasiDirectory Create(WasiDirectory directory, string name)
    {
        Assert.Equal(Errno.Success, directory.CreateDirectory(name));
        return Enter(directory, name);
    }

    private static void Write(WasiDirectory directory, string name, string text)
    {
        Assert.Equal(Errno.Success, directory.Open(name, OpenMode.Create | OpenMode.Write, out WasiNode? file));
        using (file) Assert.Equal(Errno.Success, ((WasiFile)file!).Write(0, Encoding.UTF8.GetBytes(text), out _));
    }

    // All that is outside, as text.
    private string Outside(bool isFirst)
    {
        var text = new StringBuilder();
        var names = new List<string>();
        Above.ReadEntries(0, (in DirectoryEntry entry) =>
        {
            names.Add(entry.Name);
            return true;
        });
        text.AppendJoin(' ', names.Order(StringComparer.Ordinal)).AppendLine();
        using WasiDirectory outside = Enter(Above, "outside");
        Describe(outside, "outside", text, isFirst);
        return text.ToString();
    }

    private void Describe(WasiDirectory directory, string path, StringBuilder text, bool isFirst)
    {
        Assert.Equal(Errno.Success, directory.Stat(out Filestat self));
        if (isFirst) _forbidden.Add((self.Device, self.Inode));
        text.AppendLine(System.Globalization.CultureInfo.InvariantCulture, $"{path} {self.ModificationTime}");
        var entries = new List<DirectoryEntry>();
        Assert.Equal(Errno.Success, directory.Reopen(out WasiDirectory? listed));
        using (listed)
            listed!.ReadEntries(0, (in DirectoryEntry entry) =>
            {
                entries.Add(entry);
                return true;
            });
        foreach (DirectoryEntry entry in entries.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            Assert.Equal(Errno.Success, directory.Stat(entry.Name, out Filestat stat));
            if (isFirst) _forbidden.Add((stat.Device, stat.Inode));
            if (stat.FileType == FileType.Directory)
            {
                using WasiDirectory entered = Enter(directory, entry.Name);
                Describe(entered, path + "/" + entry.Name, text, isFirst);
                continue;
            }
            string bytes = stat.FileType == FileType.RegularFile ? Convert.ToHexString(SHA256.HashData(TestFiles.Read(directory, entry.Name))) : "";
            text.AppendLine(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{path}/{entry.Name} {stat.FileType} {stat.LinkCount} {stat.ByteCount} {stat.ModificationTime} {bytes}");
        }
    }
}
