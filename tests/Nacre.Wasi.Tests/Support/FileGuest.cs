using System.Text;

namespace Nacre.Wasi.Tests;

/// <summary>A guest with one directory, opened beforehand as descriptor 3, and calls that read as what it does.</summary>
internal sealed class FileGuest : IDisposable
{
    public const int Root = 3;

    // What the guest's page of memory is used for.
    private const int Result = 0, Buffers = 128, Path = 1024, OtherPath = 8192, Bytes = 16384;

    private readonly WasiGuest _guest;

    public FileGuest(FileSystemKind kind, EngineKind engine, Func<WasiOptions, WasiOptions>? change = null)
    {
        Directory = TestDirectory.Create(kind);
        var options = new WasiOptions { Directories = [new PreopenedDirectory("/data", Directory.Root)], TimeProvider = TimeProvider.System };
        _guest = new WasiGuest(change?.Invoke(options) ?? options, engine);
    }

    public TestDirectory Directory { get; }

    public Memory Memory => _guest.Memory;

    /// <summary>Calls any function with any arguments.</summary>
    public Errno Call(string function, params long[] arguments) => _guest.Call(function, arguments);

    public int Open(
        string path, int oflags = 0, long rights = Wire.AllRights, int fdflags = 0, int lookupflags = Wire.Follow, int directory = Root,
        long inheriting = 0)
    {
        Assert.Equal(Errno.Success, TryOpen(path, oflags, rights, fdflags, lookupflags, directory, inheriting));
        return Memory.Read<int>(Result);
    }

    public Errno TryOpen(
        string path, int oflags = 0, long rights = Wire.Reading, int fdflags = 0, int lookupflags = Wire.Follow, int directory = Root,
        long inheriting = 0)
        => Call("path_open", directory, lookupflags, Path, Put(Path, path), oflags, rights, inheriting, fdflags, Result);

    /// <summary>Opens a directory with every right that it can have.</summary>
    public int OpenDirectory(string path)
        => Open(path, Wire.Directory, Wire.AllRights & ~Wire.FdWrite, inheriting: Wire.AllRights);

    public Errno Close(int descriptor) => Call("fd_close", descriptor);

    public Errno Write(int descriptor, string text) => Write(descriptor, text, out _);

    public Errno Write(int descriptor, string text, out int byteCount)
    {
        _guest.WriteBuffers(Buffers, (Bytes, Put(Bytes, text)));
        Errno error = Call("fd_write", descriptor, Buffers, 1, Result);
        byteCount = error == Errno.Success ? Memory.Read<int>(Result) : 0;
        return error;
    }

    public Errno Pwrite(int descriptor, string text, long byteOffset)
    {
        _guest.WriteBuffers(Buffers, (Bytes, Put(Bytes, text)));
        return Call("fd_pwrite", descriptor, Buffers, 1, byteOffset, Result);
    }

    /// <summary>Reads at most <paramref name="byteCount"/> bytes.</summary>
    public string Read(int descriptor, int byteCount = 8192)
    {
        Assert.Equal(Errno.Success, TryRead(descriptor, byteCount));
        return Memory.ReadUtf8(Bytes, Memory.Read<int>(Result));
    }

    public Errno TryRead(int descriptor, int byteCount = 8192)
    {
        _guest.WriteBuffers(Buffers, (Bytes, byteCount));
        return Call("fd_read", descriptor, Buffers, 1, Result);
    }

    public string Pread(int descriptor, int byteCount, long byteOffset)
    {
        _guest.WriteBuffers(Buffers, (Bytes, byteCount));
        Assert.Equal(Errno.Success, Call("fd_pread", descriptor, Buffers, 1, byteOffset, Result));
        return Memory.ReadUtf8(Bytes, Memory.Read<int>(Result));
    }

    public long Seek(int descriptor, long byteOffset, int whence)
    {
        Assert.Equal(Errno.Success, TrySeek(descriptor, byteOffset, whence));
        return Memory.Read<long>(Result);
    }

    public Errno TrySeek(int descriptor, long byteOffset, int whence) => Call("fd_seek", descriptor, byteOffset, whence, Result);

    public long Tell(int descriptor)
    {
        Assert.Equal(Errno.Success, Call("fd_tell", descriptor, Result));
        return Memory.Read<long>(Result);
    }

    public GuestStat Stat(string path, int lookupflags = Wire.NoFollow, int directory = Root)
    {
        Assert.Equal(Errno.Success, TryStat(path, lookupflags, directory));
        return ResultStat();
    }

    public Errno TryStat(string path, int lookupflags = Wire.NoFollow, int directory = Root)
        => Call("path_filestat_get", directory, lookupflags, Path, Put(Path, path), Result);

    public GuestStat Stat(int descriptor)
    {
        Assert.Equal(Errno.Success, Call("fd_filestat_get", descriptor, Result));
        return ResultStat();
    }

    /// <summary>Filetype, flags, rights and inheriting rights.</summary>
    public (int FileType, int Flags, long Rights, long Inheriting) Fdstat(int descriptor)
    {
        Assert.Equal(Errno.Success, Call("fd_fdstat_get", descriptor, Result));
        return (Memory.Read<byte>(Result), Memory.Read<ushort>(Result + 2), Memory.Read<long>(Result + 8), Memory.Read<long>(Result + 16));
    }

    public Errno SetTimes(string path, long access, long modification, int flags, int lookupflags = Wire.NoFollow)
        => Call("path_filestat_set_times", Root, lookupflags, Path, Put(Path, path), access, modification, flags);

    public Errno CreateDirectory(string path, int directory = Root) => Call("path_create_directory", directory, Path, Put(Path, path));

    public Errno RemoveDirectory(string path) => Call("path_remove_directory", Root, Path, Put(Path, path));

    public Errno Unlink(string path) => Call("path_unlink_file", Root, Path, Put(Path, path));

    public Errno Symlink(string target, string path) => Call("path_symlink", OtherPath, Put(OtherPath, target), Root, Path, Put(Path, path));

    public Errno Link(string path, string target, int lookupflags = Wire.NoFollow)
        => Call("path_link", Root, lookupflags, Path, Put(Path, path), Root, OtherPath, Put(OtherPath, target));

    public Errno Rename(string path, string target, int directory = Root, int targetDirectory = Root)
        => Call("path_rename", directory, Path, Put(Path, path), targetDirectory, OtherPath, Put(OtherPath, target));

    public string ReadLink(string path, int byteCount = 4096)
    {
        Assert.Equal(Errno.Success, TryReadLink(path, byteCount));
        return Memory.ReadUtf8(Bytes, Memory.Read<int>(Result));
    }

    public Errno TryReadLink(string path, int byteCount = 4096)
        => Call("path_readlink", Root, Path, Put(Path, path), Bytes, byteCount, Result);

    /// <summary>Creates a file with a text.</summary>
    public void Create(string path, string text = "")
    {
        int file = Open(path, Wire.Creat | Wire.Trunc);
        if (text.Length > 0) Assert.Equal(Errno.Success, Write(file, text));
        Assert.Equal(Errno.Success, Close(file));
    }

    public string TextOf(string path) => Encoding.UTF8.GetString(Directory.ReadFile(path));

    /// <summary>Every entry behind a cookie, read as programs do: with a buffer that is too small for all of them.</summary>
    public List<GuestEntry> Entries(int descriptor, ulong cookie = 0, int byteCount = 200)
    {
        var entries = new List<GuestEntry>();
        while (true)
        {
            List<GuestEntry> some = SomeEntries(descriptor, cookie, byteCount, out bool isEnd);
            entries.AddRange(some);
            if (isEnd) return entries;
            Assert.NotEmpty(some);
            cookie = some[^1].Next;
        }
    }

    /// <summary>The entries behind a cookie that fit into a buffer whole.</summary>
    public List<GuestEntry> SomeEntries(int descriptor, ulong cookie, int byteCount, out bool isEnd)
    {
        Assert.Equal(Errno.Success, Call("fd_readdir", descriptor, Bytes, byteCount, (long)cookie, Result));
        int used = Memory.Read<int>(Result);
        isEnd = used < byteCount;
        var entries = new List<GuestEntry>();
        for (int at = 0; at + 24 <= used;)
        {
            int nameByteCount = Memory.Read<int>(Bytes + at + 16);
            if (at + 24 + nameByteCount > used) break;
            entries.Add(new GuestEntry(
                Memory.Read<ulong>(Bytes + at), Memory.Read<ulong>(Bytes + at + 8), Memory.Read<byte>(Bytes + at + 20),
                Memory.ReadUtf8(Bytes + at + 24, nameByteCount)));
            at += 24 + nameByteCount;
        }
        return entries;
    }

    public void Dispose()
    {
        _guest.Dispose();
        Directory.Dispose();
    }

    private GuestStat ResultStat() => new(
        Memory.Read<ulong>(Result), Memory.Read<ulong>(Result + 8), Memory.Read<byte>(Result + 16), Memory.Read<ulong>(Result + 24),
        Memory.Read<ulong>(Result + 32), Memory.Read<ulong>(Result + 40), Memory.Read<ulong>(Result + 48), Memory.Read<ulong>(Result + 56));

    private int Put(int address, string text) => Memory.WriteUtf8(address, text);
}
