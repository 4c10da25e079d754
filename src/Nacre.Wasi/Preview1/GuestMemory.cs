using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Preview1;

/// <summary>The calling guest's memory as WASI functions use it: an address outside answers <see cref="Errno.Fault"/>, it does not trap.</summary>
/// <remarks>
/// Addresses and sizes are those of 32-bit guests: sums of them are made in 64 bits and do not wrap. Spans are used before the guest
/// runs again.
/// <para>Another thread of the guest may write to its memory at any moment. So nothing is read there twice: what is checked is copied first.</para>
/// </remarks>
internal readonly struct GuestMemory(Memory memory)
{
    // As many buffers as POSIX systems take: what a guest asks for in one call is work that nobody can interrupt.
    private const uint MaximumBufferCount = 1024;

    private const int EntryByteCount = 2 * sizeof(uint);     // of an array of iovec: u32 address, u32 byte count

    /// <summary>The bytes <c>[address, address + byteCount)</c>; false when they are not all inside the memory, or too many for a span.</summary>
    public bool TrySlice(uint address, uint byteCount, out Span<byte> bytes)
    {
        bool isInside = Contains(address, byteCount) && byteCount <= int.MaxValue;
        bytes = isInside ? memory.Slice((ulong)address, byteCount) : default;
        return isInside;
    }

    /// <summary>Reads an array of <c>iovec</c>: once, so that buffers that were found to lie inside the memory are those that are used.</summary>
    /// <param name="address">Where the array is.</param>
    /// <param name="count">How many entries it has.</param>
    /// <param name="few">Room for as many buffers as most calls have.</param>
    /// <param name="buffers">The buffers.</param>
    /// <param name="byteCount">The sum of their sizes.</param>
    public Errno ReadBuffers(uint address, uint count, Span<GuestBuffer> few, out Span<GuestBuffer> buffers, out ulong byteCount)
    {
        buffers = [];
        byteCount = 0;
        if (!Contains(address, count * (ulong)EntryByteCount)) return Errno.Fault;
        if (count > MaximumBufferCount) return Errno.Inval;
        buffers = count <= (uint)few.Length ? few[..(int)count] : new GuestBuffer[count];
        for (int index = 0; index < buffers.Length; index++)
        {
            if (!TryReadBuffer(address, (uint)index, out buffers[index])) return Errno.Fault;
            byteCount += buffers[index].ByteCount;
        }
        return byteCount > uint.MaxValue ? Errno.Inval : Errno.Success;
    }

    /// <summary>Reads the buffer that entry <paramref name="index"/> of an array of <c>iovec</c> describes.</summary>
    /// <returns>False when the entry or the buffer is not inside the memory.</returns>
    public bool TryReadBuffer(uint arrayAddress, uint index, out GuestBuffer buffer)
    {
        buffer = default;
        ulong entry = arrayAddress + (ulong)index * EntryByteCount;
        if (!Contains(entry, EntryByteCount)) return false;
        buffer = new GuestBuffer(memory.Read<uint>(entry), memory.Read<uint>(entry + sizeof(uint)));
        return buffer.ByteCount <= int.MaxValue && Contains(buffer.Address, buffer.ByteCount);
    }

    /// <summary>The bytes of a buffer, which was found to lie inside: memories do not shrink.</summary>
    public Span<byte> Slice(GuestBuffer buffer) => memory.Slice((ulong)buffer.Address, buffer.ByteCount);

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

/// <summary>A piece of a guest's memory.</summary>
/// <param name="Address">Where it begins.</param>
/// <param name="ByteCount">Its size.</param>
internal readonly record struct GuestBuffer(uint Address, uint ByteCount);
