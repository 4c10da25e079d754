namespace Nacre.Wasi.FileSystems;

/// <summary>Copies a file from one directory to another.</summary>
internal static class FileCopy
{
    private const int PieceByteCount = 1 << 16;

    /// <summary>Copies bytes and times.</summary>
    public static Errno Copy(WasiDirectory source, WasiDirectory target, string name, in Filestat stat)
    {
        Errno error = source.Open(name, OpenMode.Read, out WasiNode? from);
        if (error != Errno.Success) return error;
        using (from)
        {
            error = target.Open(name, OpenMode.Write | OpenMode.Create | OpenMode.Exclusive, out WasiNode? to);
            if (error != Errno.Success) return error;
            using (to)
            {
                error = from is WasiFile file ? CopyBytes(file, (WasiFile)to!) : Errno.Isdir;
                return error == Errno.Success ? to!.SetTimes(TimeChange.At(stat.AccessTime), TimeChange.At(stat.ModificationTime)) : error;
            }
        }
    }

    private static Errno CopyBytes(WasiFile from, WasiFile to)
    {
        var piece = new byte[PieceByteCount];
        for (ulong byteOffset = 0; ;)
        {
            Errno error = from.Read(byteOffset, piece, out int byteCount);
            if (error != Errno.Success || byteCount == 0) return error;
            for (int done = 0; done < byteCount;)
            {
                error = to.Write(byteOffset + (uint)done, piece.AsSpan(done, byteCount - done), out int written);
                if (error != Errno.Success) return error;
                done += written;
            }
            byteOffset += (uint)byteCount;
        }
    }
}
