namespace Nacre.Wasi.FileSystems;

/// <summary>What is known about a file or directory. Spec: WASI preview 1, <c>filestat</c>.</summary>
public readonly record struct Filestat
{
    /// <summary>The file system. Together with <see cref="Inode"/> it tells files apart.</summary>
    public ulong Device { get; init; }

    /// <summary>The file's number within its file system; not 0.</summary>
    public ulong Inode { get; init; }

    /// <summary>What it is.</summary>
    public FileType FileType { get; init; }

    /// <summary>How many names it has.</summary>
    public ulong LinkCount { get; init; }

    /// <summary>Size in bytes; of a symbolic link, that of its target in UTF-8.</summary>
    public ulong ByteCount { get; init; }

    /// <summary>When it was last read, in nanoseconds since 1970 began (UTC); 0 where nobody knows.</summary>
    public ulong AccessTime { get; init; }

    /// <summary>When its bytes last changed, in nanoseconds since 1970 began (UTC); 0 where nobody knows.</summary>
    public ulong ModificationTime { get; init; }

    /// <summary>When anything about it last changed, in nanoseconds since 1970 began (UTC); 0 where nobody knows.</summary>
    public ulong ChangeTime { get; init; }
}
