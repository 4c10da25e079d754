namespace Nacre.Wasi.Preview1;

/// <summary>What a guest may still add to the host's file systems. It is taken before something is added, so that threads do not share what is left.</summary>
/// <param name="byteCount">How many bytes.</param>
/// <param name="entryCount">How many names in directories.</param>
internal sealed class WriteQuota(ulong byteCount, long entryCount)
{
    private readonly Lock _lock = new();
    private ulong _byteCount = byteCount;
    private long _entryCount = entryCount;

    /// <summary>Whether there is a limit of bytes. What lies between a file's end and a place that a guest writes to is counted only then.</summary>
    public bool CountsBytes { get; } = byteCount < long.MaxValue;

    /// <summary>Takes room for bytes that are to be written, and shortens them to what there is room for.</summary>
    /// <returns><see cref="Errno.Nospc"/> when there is none.</returns>
    public Errno Take(ref ReadOnlySpan<byte> bytes)
    {
        if (!CountsBytes) return Errno.Success;
        lock (_lock)
        {
            if ((ulong)bytes.Length > _byteCount) bytes = bytes[..(int)_byteCount];
            _byteCount -= (uint)bytes.Length;
            return bytes.IsEmpty ? Errno.Nospc : Errno.Success;
        }
    }

    /// <summary>Takes room for so many bytes.</summary>
    /// <returns><see cref="Errno.Nospc"/> when there is not enough.</returns>
    public Errno Take(ulong byteCount)
    {
        if (!CountsBytes) return Errno.Success;
        lock (_lock)
        {
            if (byteCount > _byteCount) return Errno.Nospc;
            _byteCount -= byteCount;
            return Errno.Success;
        }
    }

    /// <summary>Gives back room that was taken and not used.</summary>
    public void Return(ulong byteCount)
    {
        if (!CountsBytes) return;
        lock (_lock) _byteCount += byteCount;
    }

    /// <summary>Takes room for a name.</summary>
    /// <returns><see cref="Errno.Nospc"/> when there is none.</returns>
    public Errno TakeEntry()
    {
        lock (_lock)
        {
            if (_entryCount <= 0) return Errno.Nospc;
            _entryCount--;
            return Errno.Success;
        }
    }

    /// <summary>Gives back room for a name that was removed, or not added. A guest may remove more than it added; where there is no limit there is none to raise.</summary>
    public void ReturnEntry()
    {
        lock (_lock)
            if (_entryCount < long.MaxValue) _entryCount++;
    }
}
