namespace Nacre.Wasi.FileSystems;

/// <summary>What becomes of one of a file's times. Spec: WASI preview 1, <c>fstflags</c>.</summary>
public readonly record struct TimeChange
{
    private TimeChange(bool isNow, ulong? nanoseconds) => (IsNow, Nanoseconds) = (isNow, nanoseconds);

    /// <summary>It stays as it is.</summary>
    public static TimeChange None => default;

    /// <summary>It becomes the file system's present.</summary>
    public static TimeChange Now => new(isNow: true, nanoseconds: null);

    /// <summary>It becomes <paramref name="nanoseconds"/> since 1970 began (UTC).</summary>
    public static TimeChange At(ulong nanoseconds) => new(isNow: false, nanoseconds);

    /// <summary>Whether it becomes the file system's present.</summary>
    public bool IsNow { get; }

    /// <summary>What it becomes, in nanoseconds since 1970 began (UTC); null when it stays or becomes the present.</summary>
    public ulong? Nanoseconds { get; }
}
