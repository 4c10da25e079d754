namespace Nacre.Wasi.FileSystems;

/// <summary>A file's bytes in memory, in pieces, so that growing copies little and gaps take nothing.</summary>
internal sealed class MemoryFile(MemoryFileSystem system) : MemoryInode(system)
{
    /// <summary>How long a file can be, so that the list of its pieces stays short.</summary>
    public const long MaximumByteCount = 1L << 36;

    private const int PieceByteCount = 1 << 16;

    // A missing piece, and what a short piece lacks, are zeros. Only the first piece is ever short. There are pieces as far as was written.
    private byte[]?[] _pieces = [];
    private long _byteCount;

    public override FileType FileType => FileType.RegularFile;

    public override long ByteCount => _byteCount;

    public int Read(ulong byteOffset, Span<byte> buffer)
    {
        if (byteOffset >= (ulong)_byteCount) return 0;
        var offset = (long)byteOffset;
        int total = (int)Math.Min(buffer.Length, _byteCount - offset);
        for (int done = 0; done < total;)
        {
            Span<byte> part = Part(buffer[done..total], offset + done, out int index, out int start);
            byte[] piece = PieceAt(index);
            int present = Math.Clamp(piece.Length - start, 0, part.Length);
            if (present > 0) piece.AsSpan(start, present).CopyTo(part);
            part[present..].Clear();
            done += part.Length;
        }
        return total;
    }

    public Errno Write(ulong byteOffset, ReadOnlySpan<byte> bytes)
    {
        if (byteOffset > (ulong)(MaximumByteCount - bytes.Length)) return Errno.Fbig;
        var offset = (long)byteOffset;
        Errno error = offset + bytes.Length > _byteCount ? SetSize(offset + bytes.Length) : Errno.Success;
        if (error != Errno.Success) return error;
        for (int done = 0; done < bytes.Length;)
        {
            ReadOnlySpan<byte> part = Part(bytes[done..], offset + done, out int index, out int start);
            part.CopyTo(Piece(index, start + part.Length).AsSpan(start));
            done += part.Length;
        }
        Touch();
        return Errno.Success;
    }

    public Errno SetSize(long byteCount)
    {
        if (byteCount > MaximumByteCount) return Errno.Fbig;
        if (!System.TryTake(byteCount - _byteCount)) return Errno.Nospc;
        if (byteCount < _byteCount) Cut(byteCount);
        _byteCount = byteCount;
        Touch();
        return Errno.Success;
    }

    protected override void Free()
    {
        System.TryTake(-_byteCount);
        (_pieces, _byteCount) = ([], 0);
    }

    // What is kept is at most a few times what the file counts for.
    private void Cut(long byteCount)
    {
        int pieceCount = PieceCount(byteCount);
        if (pieceCount <= _pieces.Length / 4) Array.Resize(ref _pieces, pieceCount);
        else if (pieceCount < _pieces.Length) Array.Clear(_pieces, pieceCount, _pieces.Length - pieceCount);

        int end = (int)(byteCount % PieceByteCount);
        if (end == 0 || PieceAt(pieceCount - 1) is var last && last.Length <= end) return;
        if (pieceCount == 1 && end <= last.Length / 4) Array.Resize(ref _pieces[0], end);
        else Array.Clear(last, end, last.Length - end);
    }

    private byte[] PieceAt(int index) => index < _pieces.Length ? _pieces[index] ?? [] : [];

    private byte[] Piece(int index, int neededByteCount)
    {
        byte[] piece = PieceAt(index);
        if (piece.Length >= neededByteCount) return piece;
        int byteCount = index > 0 ? PieceByteCount : Math.Min(PieceByteCount, Math.Max(64, Math.Max(neededByteCount, 2 * piece.Length)));
        Array.Resize(ref piece, byteCount);
        if (index >= _pieces.Length) Array.Resize(ref _pieces, Math.Max(index + 1, 2 * _pieces.Length));
        _pieces[index] = piece;
        return piece;
    }

    private static int PieceCount(long byteCount) => (int)((byteCount + PieceByteCount - 1) / PieceByteCount);

    private static Span<byte> Part(Span<byte> bytes, long offset, out int index, out int start)
        => bytes[..PartLength(bytes.Length, offset, out index, out start)];

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> bytes, long offset, out int index, out int start)
        => bytes[..PartLength(bytes.Length, offset, out index, out start)];

    private static int PartLength(int length, long offset, out int index, out int start)
    {
        index = (int)(offset / PieceByteCount);
        start = (int)(offset % PieceByteCount);
        return Math.Min(length, PieceByteCount - start);
    }
}
