using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Preview1;

/// <summary>An open file with the guest's position in it.</summary>
/// <param name="file">The file, which it disposes of.</param>
/// <param name="rights">What the guest may do with it.</param>
/// <param name="inheritingRights">What stands in the descriptor; nothing comes from a file.</param>
/// <param name="quota">How much may still be written.</param>
internal sealed class FileDescriptor(WasiFile file, Rights rights, Rights inheritingRights, WriteQuota quota)
    : Descriptor(file.FileType, rights, inheritingRights)
{
    private ulong _position;

    protected override Errno Meaningless => Errno.Spipe;

    protected override Rights Meaningful => Rights.File;

    public override Errno Read(Span<byte> buffer, out int byteCount)
    {
        Errno error = file.Read(_position, buffer, out byteCount);
        _position += (uint)byteCount;
        return error;
    }

    public override Errno Pread(ulong byteOffset, Span<byte> buffer, out int byteCount)
    {
        if (file.IsSeekable) return file.Read(byteOffset, buffer, out byteCount);
        byteCount = 0;
        return Errno.Spipe;
    }

    public override Errno Write(ReadOnlySpan<byte> bytes, out int byteCount)
    {
        Errno error = Put((Flags & Fdflags.Append) != 0 ? null : _position, bytes, out byteCount, out ulong end);
        if (error != Errno.Success) return error;
        _position = end;
        return Written();
    }

    public override Errno Pwrite(ulong byteOffset, ReadOnlySpan<byte> bytes, out int byteCount)
    {
        byteCount = 0;
        if (!file.IsSeekable) return Errno.Spipe;
        Errno error = Put(byteOffset, bytes, out byteCount, out _);
        return error == Errno.Success ? Written() : error;
    }

    public override Errno Seek(long byteOffset, Whence whence, out ulong position)
    {
        position = 0;
        if (!file.IsSeekable) return Errno.Spipe;

        Filestat stat = default;
        Errno error = whence == Whence.End ? file.Stat(out stat) : Errno.Success;
        if (error != Errno.Success) return error;
        ulong origin = whence switch
        {
            Whence.Set => 0,
            Whence.Cur => _position,
            _ => stat.ByteCount,
        };
        Int128 sum = (Int128)origin + byteOffset;
        if (sum < 0 || sum > long.MaxValue) return Errno.Inval;
        _position = position = (ulong)sum;
        return Errno.Success;
    }

    public override Errno Readable(out ulong byteCount, out bool isHungUp)
    {
        Errno error = file.Stat(out Filestat stat);
        byteCount = stat.ByteCount > _position ? stat.ByteCount - _position : 0;
        isHungUp = false;
        return error;
    }

    public override Errno Stat(out Filestat stat) => file.Stat(out stat);

    public override Errno SetTimes(TimeChange access, TimeChange modification) => file.SetTimes(access, modification);

    public override Errno SetSize(ulong byteCount)
    {
        if (byteCount > long.MaxValue) return Errno.Inval;
        Errno error = TakeGap(byteCount, out ulong gap);
        return error == Errno.Success ? Used(gap, file.SetSize(byteCount)) : error;
    }

    /// <summary>Every byte counts: also those in a gap, which have no place yet.</summary>
    public override Errno Allocate(ulong byteOffset, ulong byteCount)
    {
        if (byteCount == 0 || byteOffset > long.MaxValue) return Errno.Inval;
        if (byteCount > long.MaxValue - byteOffset) return Errno.Fbig;
        Errno error = TakeGap(byteOffset, out ulong gap);
        if (error != Errno.Success) return error;
        error = quota.Take(byteCount);
        return error == Errno.Success ? Used(gap + byteCount, file.Allocate(byteOffset, byteCount)) : Used(gap, error);
    }

    /// <summary>Advice is taken note of; file systems know better.</summary>
    public override Errno Advise(ulong byteOffset, ulong byteCount)
        => !file.IsSeekable ? Errno.Spipe : byteOffset + byteCount < byteOffset ? Errno.Inval : Errno.Success;

    public override Errno Sync(bool dataOnly) => file.Sync(dataOnly);

    protected override Errno Close()
    {
        file.Dispose();
        return Errno.Success;
    }

    // Writes at an offset, or at the end.
    private Errno Put(ulong? byteOffset, ReadOnlySpan<byte> bytes, out int byteCount, out ulong end)
    {
        (byteCount, end) = (0, 0);
        Errno error = TakeGap(byteOffset ?? 0, out ulong gap);
        if (error != Errno.Success) return error;
        error = quota.Take(ref bytes);
        if (error != Errno.Success) return Used(gap, error);
        if (byteOffset is { } start)
        {
            error = file.Write(start, bytes, out byteCount);
            end = start + (uint)byteCount;
        }
        else
        {
            error = file.Append(bytes, out byteCount, out end);
        }
        quota.Return((uint)(bytes.Length - byteCount));
        return Used(gap, error);
    }

    // Bytes that a file gets without being written, between its end and an offset, count as written.
    private Errno TakeGap(ulong byteOffset, out ulong gap)
    {
        gap = 0;
        if (byteOffset == 0 || !quota.CountsBytes || !file.IsSeekable) return Errno.Success;
        Errno error = file.Stat(out Filestat stat);
        if (error != Errno.Success || byteOffset <= stat.ByteCount) return error;
        error = quota.Take(byteOffset - stat.ByteCount);
        if (error == Errno.Success) gap = byteOffset - stat.ByteCount;
        return error;
    }

    // Gives back room when what it was taken for was not done.
    private Errno Used(ulong byteCount, Errno error)
    {
        if (error != Errno.Success) quota.Return(byteCount);
        return error;
    }

    private Errno Written()
        => (Flags & (Fdflags.Dsync | Fdflags.Sync)) == 0 ? Errno.Success : file.Sync(dataOnly: (Flags & Fdflags.Sync) == 0);
}
