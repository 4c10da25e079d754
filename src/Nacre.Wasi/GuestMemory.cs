namespace Nacre.Wasi;

/// <summary>The calling guest's memory as WASI functions use it: an address outside answers <see cref="Errno.Fault"/>, it does not trap.</summary>
/// <remarks>
/// Addresses and sizes are those of 32-bit guests: sums of them are made in 64 bits and do not wrap. Spans are used before the guest
/// runs again.
/// </remarks>
internal readonly struct GuestMemory(Memory memory)
{
    /// <summary>The bytes <c>[address, address + byteCount)</c>; false when they are not all inside the memory, or too many for a span.</summary>
    public bool TrySlice(uint address, uint byteCount, out Span<byte> bytes)
    {
        bool isInside = Contains(address, byteCount) && byteCount <= int.MaxValue;
        bytes = isInside ? memory.Slice((ulong)address, byteCount) : default;
        return isInside;
    }

    /// <summary>The buffer that entry <paramref name="index"/> of an array of <c>iovec</c> describes: u32 address, u32 byte count.</summary>
    /// <returns>False when the entry or the buffer is not inside the memory.</returns>
    public bool TryGetBuffer(uint arrayAddress, uint index, out Span<byte> buffer)
    {
        buffer = default;
        ulong entry = arrayAddress + (ulong)index * (2 * sizeof(uint));
        return Contains(entry, 2 * sizeof(uint))
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

    // Neither operand comes near 2^63.
    private bool Contains(ulong address, ulong byteCount) => address + byteCount <= (ulong)memory.ByteLength;
}
