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

    /// <summary>Writes a <c>filestat</c>: eight numbers of 64 bits, the third of them a byte and padding.</summary>
    public Errno Write(uint address, in Filestat stat)
    {
        if (!Contains(address, 8 * sizeof(ulong))) return Errno.Fault;
        ulong field = address;
        memory.Write(field, stat.Device);
        memory.Write(field + 8, stat.Inode);
        memory.Write(field + 16, (ulong)stat.FileType);
        memory.Write(field + 24, stat.LinkCount);
        memory.Write(field + 32, stat.ByteCount);
        memory.Write(field + 40, stat.AccessTime);
        memory.Write(field + 48, stat.ModificationTime);
        memory.Write(field + 56, stat.ChangeTime);
        return Errno.Success;
    }

    /// <summary>Whether the bytes <c>[address, address + byteCount)</c> are all inside the memory. Neither number comes near 2^63.</summary>
    public bool Contains(ulong address, ulong byteCount) => address + byteCount <= (ulong)memory.ByteLength;
}
