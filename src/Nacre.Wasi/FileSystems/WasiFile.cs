namespace Nacre.Wasi.FileSystems;

/// <summary>An open file: bytes at offsets, or, when it is not seekable, a stream of bytes.</summary>
/// <remarks>
/// It has no position: that belongs to the guest's descriptor. Offsets and counts come from the guest, any number a u64 can be, and are
/// the implementation's to refuse (<see cref="Errno.Inval"/>, <see cref="Errno.Fbig"/>, <see cref="Errno.Nospc"/>). Methods are called
/// with what the file was opened for; reading and writing allocate nothing. Nothing is buffered: what is written is seen at once through
/// every other handle of the file.
/// </remarks>
public abstract class WasiFile : WasiNode
{
    /// <summary>What it is: a regular file, unless it is a device or the like.</summary>
    public virtual FileType FileType => FileType.RegularFile;

    /// <summary>Whether offsets mean something. Where they do not, they are ignored, and every reading goes on where the last one ended.</summary>
    public virtual bool IsSeekable => true;

    /// <summary>Reads what there is from <paramref name="byteOffset"/> on, at most a buffer full.</summary>
    /// <param name="byteOffset">Where, from the file's first byte.</param>
    /// <param name="buffer">What to fill; not empty.</param>
    /// <param name="byteCount">How many bytes were read; 0 at the end and beyond.</param>
    public abstract Errno Read(ulong byteOffset, Span<byte> buffer, out int byteCount);

    /// <summary>Writes at <paramref name="byteOffset"/>; zeros fill what lies between the end and there.</summary>
    /// <param name="byteOffset">Where, from the file's first byte.</param>
    /// <param name="bytes">What to write; not empty.</param>
    /// <param name="byteCount">How many bytes were written, at least one unless an error is answered.</param>
    public virtual Errno Write(ulong byteOffset, ReadOnlySpan<byte> bytes, out int byteCount)
    {
        byteCount = 0;
        return Errno.Rofs;
    }

    /// <summary>Writes at the end, wherever that is at the moment.</summary>
    /// <param name="bytes">What to write; not empty.</param>
    /// <param name="byteCount">How many bytes were written, at least one unless an error is answered.</param>
    /// <param name="endOffset">Where the written bytes end.</param>
    public virtual Errno Append(ReadOnlySpan<byte> bytes, out int byteCount, out ulong endOffset)
    {
        (byteCount, endOffset) = (0, 0);
        return Errno.Rofs;
    }

    /// <summary>Cuts it off, or lengthens it with zeros.</summary>
    /// <returns><see cref="Errno.Inval"/> for what no i64 can be, as Linux has it; <see cref="Errno.Fbig"/> for what else is too large.</returns>
    public virtual Errno SetSize(ulong byteCount) => Errno.Rofs;

    /// <summary>Makes sure that a region can be written; a file that ends before the region's end is lengthened.</summary>
    public virtual Errno Allocate(ulong byteOffset, ulong byteCount) => Errno.Notsup;
}
