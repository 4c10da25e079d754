namespace Nacre.Wasi.Preview1;

/// <summary>What a guest may still add to the host's file systems.</summary>
/// <param name="byteCount">How many bytes.</param>
/// <param name="entryCount">How many names in directories.</param>
internal sealed class WriteQuota(ulong byteCount, long entryCount)
{
    private ulong _byteCount = byteCount;
    private long _entryCount = entryCount;

    /// <summary>Shortens what is to be written to what there is room for.</summary>
    /// <returns><see cref="Errno.Nospc"/> when there is none.</returns>
    public Errno Admit(ref ReadOnlySpan<byte> bytes)
    {
        if ((ulong)bytes.Length > _byteCount) bytes = bytes[..(int)_byteCount];
        return bytes.IsEmpty ? Errno.Nospc : Errno.Success;
    }

    /// <summary>Whether so many bytes may be added.</summary>
    public bool Has(ulong byteCount) => byteCount <= _byteCount;

    /// <summary>Notes that bytes were added.</summary>
    public void Use(ulong byteCount) => _byteCount -= Math.Min(byteCount, _byteCount);

    /// <summary>Whether a name may be added.</summary>
    public bool HasEntry => _entryCount > 0;

    /// <summary>Notes that a name was added.</summary>
    public void UseEntry() => _entryCount--;

    /// <summary>Notes that a name was removed. A guest may remove more than it added; where there is no limit there is none to raise.</summary>
    public void ReturnEntry()
    {
        if (_entryCount < long.MaxValue) _entryCount++;
    }
}
