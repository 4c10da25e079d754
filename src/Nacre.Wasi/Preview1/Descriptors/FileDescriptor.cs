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
        byteCount = 0;
        Errno error = quota.Take(ref bytes);
        if (error != Errno.Success) return error;

        ulong end = _position;
        if ((Flags & Fdflags.Append) != 0)
        {
            error = file.Append(bytes, out byteCount, out end);
        }
        else
        {
            error = file.Write(_position, bytes, out byteCount);
            end += (uint)byteCount;
        }
        quota.Return((uint)(bytes.Length - byteCount));
        if (error != Errno.Success) return error;
        _position = end;
        return Written();
    }

    public override Errno Pwrite(ulong byteOffset, ReadOnlySpan<byte> bytes, out int byteCount)
    {
        byteCount = 0;
        if (!file.IsSeekable) return Errno.Spipe;
        Errno error = quota.Take(ref bytes);
        if (error != Errno.Success) return error;
        error = file.Write(byteOffset, bytes, out byteCount);
        quota.Return((uint)(bytes.Length - byteCount));
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

    public override Errno SetSize(ulong byteCount) => byteCount > long.MaxValue ? Errno.Inval : Lengthen(byteCount, file.SetSize);

    public override Errno Allocate(ulong byteOffset, ulong byteCount)
    {
        if (byteCount == 0 || byteOffset > long.MaxValue) return Errno.Inval;
        if (byteCount > long.MaxValue - byteOffset) return Errno.Fbig;
        return Lengthen(byteOffset + byteCount, end => file.Allocate(byteOffset, end - byteOffset));
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

    // Bytes that a file gets without being written count as written.
    private Errno Lengthen(ulong end, Func<ulong, Errno> change)
    {
        Errno error = file.Stat(out Filestat stat);
        if (error != Errno.Success) return error;
        ulong added = end > stat.ByteCount ? end - stat.ByteCount : 0;
        error = quota.Take(added);
        if (error != Errno.Success) return error;
        error = change(end);
        if (error != Errno.Success) quota.Return(added);
        return error;
    }

    private Errno Written()
        => (Flags & (Fdflags.Dsync | Fdflags.Sync)) == 0 ? Errno.Success : file.Sync(dataOnly: (Flags & Fdflags.Sync) == 0);
}
