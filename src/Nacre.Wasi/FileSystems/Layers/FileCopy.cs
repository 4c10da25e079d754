namespace Nacre.Wasi.FileSystems;

/// <summary>Copies a file from one directory to another.</summary>
internal static class FileCopy
{
    private const int PieceByteCount = 1 << 16;

    /// <summary>Copies bytes and times.</summary>
    /// <param name="source">Where the file is.</param>
    /// <param name="target">Where it is not.</param>
    /// <param name="name">Its name in both.</param>
    /// <param name="stat">What is known about it.</param>
    /// <param name="maximumByteCount">How many bytes it may have, else <see cref="Errno.Nospc"/>.</param>
    /// <param name="byteCount">How many it has.</param>
    public static Errno Copy(WasiDirectory source, WasiDirectory target, string name, in Filestat stat, long maximumByteCount, out long byteCount)
    {
        byteCount = 0;
        if (stat.ByteCount > (ulong)maximumByteCount) return Errno.Nospc;
        Errno error = source.Open(name, OpenMode.Read, out WasiNode? from);
        if (error != Errno.Success) return error;
        using (from)
        {
            error = target.Open(name, OpenMode.Write | OpenMode.Create | OpenMode.Exclusive, out WasiNode? to);
            if (error != Errno.Success) return error;
            using (to)
            {
                error = from is WasiFile file ? CopyBytes(file, (WasiFile)to!, maximumByteCount, out byteCount) : Errno.Isdir;
                return error == Errno.Success ? to!.SetTimes(TimeChange.At(stat.AccessTime), TimeChange.At(stat.ModificationTime)) : error;
            }
        }
    }

    // Somebody else may lengthen it meanwhile.
    private static Errno CopyBytes(WasiFile from, WasiFile to, long maximumByteCount, out long byteCount)
    {
        var piece = new byte[PieceByteCount];
        for (byteCount = 0; ;)
        {
            Errno error = from.Read((ulong)byteCount, piece, out int read);
            if (error != Errno.Success || read == 0) return error;
            if (read > maximumByteCount - byteCount) return Errno.Nospc;
            for (int done = 0; done < read;)
            {
                error = to.Write((ulong)(byteCount + done), piece.AsSpan(done, read - done), out int written);
                if (error != Errno.Success) return error;
                done += written;
            }
            byteCount += read;
        }
    }
}
