namespace Nacre.Wasi.FileSystems;

/// <summary>Files that exist in the host's memory alone, while anything refers to them.</summary>
/// <remarks>Any number of threads and guests may use it and its handles at once. The time of the last reading is not kept.</remarks>
public sealed class MemoryFileSystem
{
    private readonly TimeProvider? _time;
    private readonly MemoryDirectory _root;
    private ulong _lastInode;
    private long _byteCount;

    /// <summary>Makes an empty one.</summary>
    /// <param name="time">Where the files' times come from; without it they are 0.</param>
    public MemoryFileSystem(TimeProvider? time = null)
    {
        _time = time;
        _root = new MemoryDirectory(this, parent: null);
        Root = new MemoryDirectoryHandle(_root);
    }

    /// <summary>How many bytes its files and names may take, the gaps in files among them; beyond, writing answers <see cref="Errno.Nospc"/>.</summary>
    /// <remarks>A single file has at most 64 GiB; beyond, writing answers <see cref="Errno.Fbig"/>.</remarks>
    public long MaximumByteCount
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 1L << 30;

    /// <summary>The number that tells it apart from the guest's other file systems.</summary>
    public ulong Device { get; init; } = 1;

    /// <summary>Its topmost directory.</summary>
    public WasiDirectory Root { get; }

    /// <summary>What is known of all of its files at once is guarded by this.</summary>
    internal Lock Lock { get; } = new();

    /// <summary>The present, in nanoseconds since 1970 began.</summary>
    internal ulong Now => _time is null ? 0 : UnixTime.Of(_time.GetUtcNow());

    internal ulong NextInode() => ++_lastInode;

    /// <summary>Takes bytes from what there is room for, or gives them back.</summary>
    /// <returns>False, and nothing taken, when there is not enough room.</returns>
    internal bool TryTake(long byteCount)
    {
        if (byteCount > MaximumByteCount - _byteCount) return false;
        _byteCount += byteCount;
        return true;
    }

    /// <summary>Creates a directory and those above it, as far as they do not exist.</summary>
    /// <param name="path">Names with slashes between them.</param>
    /// <returns>A handle of it, the caller's.</returns>
    /// <exception cref="IOException">A name is a file's or a link's, or there is no room.</exception>
    public WasiDirectory CreateDirectory(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        WasiDirectory directory = Check(Root.Reopen(out WasiDirectory? root), path, root!);
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            using WasiDirectory parent = directory;
            if (parent.CreateDirectory(name) is var error and not (Errno.Success or Errno.Exist)) Check(error, path, parent);
            directory = Check(parent.Enter(name, out WasiDirectory? entered), path, entered!);
        }
        return directory;
    }

    /// <summary>Writes a whole file, which is created with the directories above it as far as they do not exist.</summary>
    /// <param name="path">Names with slashes between them.</param>
    /// <param name="bytes">What it is to contain.</param>
    /// <exception cref="IOException">A name is a directory's or a link's where it must not be, or there is no room.</exception>
    public void WriteFile(string path, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(path);
        using WasiDirectory directory = CreateDirectory(Parent(path, out string name));
        using WasiFile file = Open(directory, path, name, OpenMode.Write | OpenMode.Create | OpenMode.Truncate);
        if (!bytes.IsEmpty) Check(file.Write(0, bytes, out _), path, file);
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">Names with slashes between them.</param>
    /// <exception cref="IOException">There is no such file.</exception>
    public byte[] ReadFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using WasiDirectory directory = CreateDirectory(Parent(path, out string name));
        using WasiFile file = Open(directory, path, name, OpenMode.Read);
        Check(file.Stat(out Filestat stat), path, file);
        var bytes = new byte[stat.ByteCount];
        if (bytes.Length > 0) Check(file.Read(0, bytes, out _), path, file);
        return bytes;
    }

    private static WasiFile Open(WasiDirectory directory, string path, string name, OpenMode mode)
    {
        Errno error = directory.Open(name, mode, out WasiNode? node);
        if (node is WasiDirectory) error = Errno.Isdir;
        return Check(error, path, node as WasiFile)!;
    }

    private static string Parent(string path, out string name)
    {
        int slash = path.LastIndexOf('/');
        name = path[(slash + 1)..];
        return slash < 0 ? "" : path[..slash];
    }

    private static T Check<T>(Errno error, string path, T value)
        => error == Errno.Success ? value : throw new IOException($"'{path}': {error}");
}
