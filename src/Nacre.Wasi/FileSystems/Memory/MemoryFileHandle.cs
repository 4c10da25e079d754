namespace Nacre.Wasi.FileSystems;

/// <summary>An open file in memory.</summary>
internal sealed class MemoryFileHandle : WasiFile
{
    private readonly MemoryFile _file;
    private bool _isClosed;

    /// <summary>Made under the file system's lock.</summary>
    public MemoryFileHandle(MemoryFile file)
    {
        _file = file;
        file.AddHandle();
    }

    private Lock Lock => _file.System.Lock;

    public override Errno Stat(out Filestat stat)
    {
        lock (Lock) stat = _file.Stat();
        return Errno.Success;
    }

    public override Errno SetTimes(TimeChange access, TimeChange modification)
    {
        lock (Lock) _file.SetTimes(access, modification);
        return Errno.Success;
    }

    public override Errno Read(ulong byteOffset, Span<byte> buffer, out int byteCount)
    {
        lock (Lock) byteCount = _file.Read(byteOffset, buffer);
        return Errno.Success;
    }

    public override Errno Write(ulong byteOffset, ReadOnlySpan<byte> bytes, out int byteCount)
    {
        Errno error;
        lock (Lock) error = _isClosed ? Errno.Badf : _file.Write(byteOffset, bytes);
        byteCount = error == Errno.Success ? bytes.Length : 0;
        return error;
    }

    public override Errno Append(ReadOnlySpan<byte> bytes, out int byteCount, out ulong endOffset)
    {
        Errno error;
        lock (Lock)
        {
            error = _isClosed ? Errno.Badf : _file.Write((ulong)_file.ByteCount, bytes);
            endOffset = (ulong)_file.ByteCount;
        }
        byteCount = error == Errno.Success ? bytes.Length : 0;
        return error;
    }

    public override Errno SetSize(ulong byteCount)
    {
        if (byteCount > long.MaxValue) return Errno.Inval;
        lock (Lock) return _isClosed ? Errno.Badf : _file.SetSize((long)byteCount);
    }

    public override Errno Allocate(ulong byteOffset, ulong byteCount)
    {
        UInt128 end = (UInt128)byteOffset + byteCount;
        if (end > long.MaxValue) return Errno.Fbig;
        lock (Lock) return _isClosed ? Errno.Badf : (long)end > _file.ByteCount ? _file.SetSize((long)end) : Errno.Success;
    }

    protected override void Dispose(bool disposing)
    {
        lock (Lock)
        {
            if (!_isClosed) _file.RemoveHandle();
            _isClosed = true;
        }
        base.Dispose(disposing);
    }
}
