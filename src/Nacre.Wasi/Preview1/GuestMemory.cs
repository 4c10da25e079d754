using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Preview1;

/// <summary>The calling guest's memory as WASI functions use it: an address outside answers <see cref="Errno.Fault"/>, it does not trap.</summary>
/// <remarks>
/// Addresses and sizes are those of 32-bit guests: sums of them are made in 64 bits and do not wrap. Spans are used before the guest
/// runs again.
/// </remarks>
internal readonly struct GuestMemory(Memory memory)
{
    /// <summary>Size in bytes of an entry of an array of <c>iovec</c>: u32 address, u32 byte count.</summary>
    public const int BufferByteCount = 2 * sizeof(uint);

    /// <summary>The bytes <c>[address, address + byteCount)</c>; false when they are not all inside the memory, or too many for a span.</summary>
    public bool TrySlice(uint address, uint byteCount, out Span<byte> bytes)
    {
        bool isInside = Contains(address, byteCount) && byteCount <= int.MaxValue;
        bytes = isInside ? memory.Slice((ulong)address, byteCount) : default;
        return isInside;
    }

    /// <summary>The buffer that entry <paramref name="index"/> of an array of <c>iovec</c> describes.</summary>
    /// <returns>False when the entry or the buffer is not inside the memory.</returns>
    public bool TryGetBuffer(uint arrayAddress, uint index, out Span<byte> buffer)
    {
        buffer = default;
        ulong entry = arrayAddress + (ulong)index * BufferByteCount;
        return Contains(entry, BufferByteCount)
            && TrySlice(memory.Read<uint>(entry), memory.Read<uint>(entry + sizeof(uint)), out buffer);
    }

    /// <summary>Writes a number, lowest byte first.</summary>
    public Errno Write(ulong address, uint value)
    {
        if (!Contains(address, sizeof(uint))) return Errno.Fault;
        memory.Write(address, value);
        return Errno.Success;
    }

    /// <inheritdoc cref="Write(ulong, uint)"/>
    public Errno Write(ulong address, ulong value)
    {
        if (!Contains(address, sizeof(ulong))) return Errno.Fault;
        memory.Write(address, value);
        return Errno.Success;
    }

    /// <inheritdoc cref="Write(ulong, uint)"/>
    public Errno Write(ulong address, ushort value)
    {
        if (!Contains(address, sizeof(ushort))) return Errno.Fault;
        memory.Write(address, value);
        return Errno.Success;
    }

    /// <summary>Writes a <c>filestat</c>: eight numbers of 64 bits, the third of them a byte and padding.</summary>
    public Errno Write(uint address, in Filestat stat)
    {
        if (!Contains(address, 8 * sizeof(ulong))) return Errno.Fault;
        Write(address + 16UL, (ulong)stat.FileType);
        Write(address + 24UL, stat.LinkCount);
        return WriteAround(address, stat, restAddress: address + 32UL);
    }

    /// <summary>Writes a <c>filestat</c> as it was before preview 1: the file's type and its number of links share 64 bits.</summary>
    public Errno WriteUnstable(uint address, in Filestat stat)
    {
        if (!Contains(address, 7 * sizeof(ulong))) return Errno.Fault;
        Write(address + 16UL, (ulong)stat.FileType | (ulong)(uint)Math.Min(stat.LinkCount, uint.MaxValue) << 32);
        return WriteAround(address, stat, restAddress: address + 24UL);
    }

    // What both layouts have: the first two numbers, and the last four.
    private Errno WriteAround(ulong address, in Filestat stat, ulong restAddress)
    {
        Write(address, stat.Device);
        Write(address + 8, stat.Inode);
        Write(restAddress, stat.ByteCount);
        Write(restAddress + 8, stat.AccessTime);
        Write(restAddress + 16, stat.ModificationTime);
        return Write(restAddress + 24, stat.ChangeTime);
    }

    /// <summary>Whether the bytes <c>[address, address + byteCount)</c> are all inside the memory. Neither number comes near 2^63.</summary>
    public bool Contains(ulong address, ulong byteCount) => address + byteCount <= (ulong)memory.ByteLength;
}
