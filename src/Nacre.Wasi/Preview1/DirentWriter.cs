using System.Buffers.Binary;
using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Preview1;

/// <summary>Writes a directory's entries into a guest's buffer, until it is full. Spec: WASI preview 1, <c>dirent</c>.</summary>
internal sealed class DirentWriter
{
    private const int HeaderByteCount = 24;     // next: u64 | inode: u64 at 8 | byte count of the name: u32 at 16 | filetype: u8 at 20

    // The guest's numbers before '.' and before '..'; those of the directory follow.
    private const ulong Self = 0, Parent = 1;

    private readonly DirectoryEntryReceiver _receiver;
    private readonly byte[] _entry = new byte[HeaderByteCount + WasiDirectory.MaximumNameByteCount];
    private Memory? _memory;
    private CookieNumbers? _cookies;
    private ulong _address;
    private ulong _end;

    public DirentWriter() => _receiver = TryWriteOwn;

    /// <summary>Writes the entries that come after <paramref name="number"/>.</summary>
    /// <param name="descriptor">The directory.</param>
    /// <param name="number">0, or the number that the guest found in the entry after which it wants to go on.</param>
    /// <param name="memory">The guest's memory.</param>
    /// <param name="address">Where its buffer begins, which lies inside the memory.</param>
    /// <param name="byteCount">Size of the buffer.</param>
    /// <param name="used">How much of it was filled; all of it when there is more, and the last entry is cut off.</param>
    public Errno Write(DirectoryDescriptor descriptor, ulong number, Memory memory, uint address, uint byteCount, out uint used)
    {
        (_memory, _address, _end) = (memory, address, address + (ulong)byteCount);
        _cookies = descriptor.Cookies;
        Errno error = Write(descriptor.Directory, _cookies, number);
        used = (uint)(_address - address);
        (_memory, _cookies) = (null, null);
        return error;
    }

    private Errno Write(WasiDirectory directory, CookieNumbers cookies, ulong number)
    {
        if (number == Self) cookies.Clear();
        if (number < CookieNumbers.Start)
        {
            // What lies above the directory is not the guest's to know.
            Errno error = directory.Stat(out Filestat stat);
            if (error != Errno.Success) return error;
            if (number == Self && !TryWrite(new DirectoryEntry(".", FileType.Directory, stat.Inode, Parent))) return Errno.Success;
            if (!TryWrite(new DirectoryEntry("..", FileType.Directory, stat.Inode, CookieNumbers.Start))) return Errno.Success;
            number = CookieNumbers.Start;
        }
        if (!cookies.TryGetCookie(number, out ulong cookie)) return Errno.Inval;
        return _address < _end ? directory.ReadEntries(cookie, _receiver) : Errno.Success;
    }

    private bool TryWriteOwn(in DirectoryEntry entry) => TryWrite(entry with { NextCookie = _cookies!.NumberOf(entry.NextCookie) });

    private bool TryWrite(in DirectoryEntry entry)
    {
        int nameByteCount = PathText.WriteName(entry.Name, _entry.AsSpan(HeaderByteCount));
        if (nameByteCount == 0) return true;        // a name that no path can contain

        BinaryPrimitives.WriteUInt64LittleEndian(_entry, entry.NextCookie);
        BinaryPrimitives.WriteUInt64LittleEndian(_entry.AsSpan(8), entry.Inode);
        BinaryPrimitives.WriteUInt64LittleEndian(_entry.AsSpan(16), (uint)nameByteCount | (ulong)entry.FileType << 32);

        ulong byteCount = Math.Min((ulong)(HeaderByteCount + nameByteCount), _end - _address);
        _entry.AsSpan(0, (int)byteCount).CopyTo(_memory!.Slice(_address, byteCount));
        _address += byteCount;
        return _address < _end;
    }
}
