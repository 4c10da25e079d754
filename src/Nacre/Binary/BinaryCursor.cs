using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Nacre.Binary;

/// <summary>A place in the bytes of a module. Passed by <c>ref</c>, never stored, copied only to look ahead.</summary>
/// <remarks>Every read checks that the bytes are there before it moves. Spec: Binary Format, Values.</remarks>
internal ref struct BinaryCursor
{
    private const int ShortNameCount = 128;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _origin;
    private int _position;

    /// <summary>Begins at the first of <paramref name="bytes"/>, which lies at <paramref name="originOffset"/> of the module.</summary>
    public BinaryCursor(ReadOnlySpan<byte> bytes, int originOffset)
    {
        _bytes = bytes;
        _origin = originOffset;
    }

    /// <summary>The place, in bytes from the first byte of the module.</summary>
    public readonly int Offset => _origin + _position;

    /// <summary>The place, in bytes from the first byte of this cursor.</summary>
    public readonly int Position => _position;

    /// <summary>How many bytes are left.</summary>
    public readonly int Remaining => _bytes.Length - _position;

    /// <summary>Whether no byte is left.</summary>
    public readonly bool IsAtEnd => _position >= _bytes.Length;

    /// <summary>The bytes from <paramref name="position"/> (of this cursor) up to the place.</summary>
    public readonly ReadOnlySpan<byte> BytesSince(int position) => _bytes[position.._position];

    /// <summary>The bytes that are left.</summary>
    public readonly ReadOnlySpan<byte> Rest => _bytes[_position..];

    /// <summary>The next byte, which stays the next one.</summary>
    /// <exception cref="MalformedModuleException">No byte is left.</exception>
    public readonly byte PeekByte()
    {
        if ((uint)_position >= (uint)_bytes.Length) ThrowEnd();
        return _bytes[_position];
    }

    /// <summary>Reads a byte.</summary>
    /// <exception cref="MalformedModuleException">No byte is left.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte ReadByte()
    {
        if ((uint)_position >= (uint)_bytes.Length) ThrowEnd();
        return _bytes[_position++];
    }

    /// <summary>Reads an unsigned LEB128 integer of 32 bits.</summary>
    /// <exception cref="MalformedModuleException">It is too long, too large, or the bytes end early.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadU32()
    {
        if ((uint)_position < (uint)_bytes.Length && _bytes[_position] < 0x80) return _bytes[_position++];
        return (uint)ReadLongerUnsigned(32);
    }

    /// <summary>Reads an unsigned LEB128 integer of 64 bits.</summary>
    /// <inheritdoc cref="ReadU32"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadU64()
    {
        if ((uint)_position < (uint)_bytes.Length && _bytes[_position] < 0x80) return _bytes[_position++];
        return ReadLongerUnsigned(64);
    }

    /// <summary>Reads a signed LEB128 integer of 32 bits.</summary>
    /// <inheritdoc cref="ReadU32"/>
    public int ReadS32() => (int)ReadSigned(32);

    /// <summary>Reads a signed LEB128 integer of 33 bits: a type index, or a negative code.</summary>
    /// <inheritdoc cref="ReadU32"/>
    public long ReadS33() => ReadSigned(33);

    /// <summary>Reads a signed LEB128 integer of 64 bits.</summary>
    /// <inheritdoc cref="ReadU32"/>
    public long ReadS64() => ReadSigned(64);

    /// <summary>Reads four bytes, the lowest first.</summary>
    /// <exception cref="MalformedModuleException">The bytes end early.</exception>
    public uint ReadFixed32() => BinaryPrimitives.ReadUInt32LittleEndian(ReadBytes(4));

    /// <summary>Reads eight bytes, the lowest first.</summary>
    /// <exception cref="MalformedModuleException">The bytes end early.</exception>
    public ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(ReadBytes(8));

    /// <summary>Reads <paramref name="count"/> bytes.</summary>
    /// <exception cref="MalformedModuleException">The bytes end early.</exception>
    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if ((uint)count > (uint)Remaining) ThrowEnd();
        ReadOnlySpan<byte> bytes = _bytes.Slice(_position, count);
        _position += count;
        return bytes;
    }

    /// <summary>Passes over <paramref name="count"/> bytes.</summary>
    /// <exception cref="MalformedModuleException">The bytes end early.</exception>
    public void Skip(int count)
    {
        if ((uint)count > (uint)Remaining) ThrowEnd();
        _position += count;
    }

    /// <summary>Reads the number of elements of a vector. Each takes a byte at least, so it is bounded by the bytes there are.</summary>
    /// <exception cref="MalformedModuleException">It is larger than that.</exception>
    public int ReadCount()
    {
        int start = Offset, bytesLeft = Remaining;
        uint count = ReadU32();
        if (count > (uint)bytesLeft) Malformed.Throw("length out of bounds", start);
        return (int)count;
    }

    /// <summary>Reads a name: a length in bytes, then UTF-8.</summary>
    /// <exception cref="MalformedModuleException">It is not UTF-8, or the bytes end early.</exception>
    public string ReadName()
    {
        int count = ReadCount(), start = Offset;
        ReadOnlySpan<byte> bytes = ReadBytes(count);
        if (count <= ShortNameCount && TryReadAscii(bytes) is { } name) return name;
        RequireUtf8(bytes, start);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Passes over a name.</summary>
    /// <inheritdoc cref="ReadName"/>
    public void SkipName()
    {
        int count = ReadCount(), start = Offset;
        RequireUtf8(ReadBytes(count), start);
    }

    private static void RequireUtf8(ReadOnlySpan<byte> bytes, int start)
    {
        if (!Utf8.IsValid(bytes)) Malformed.Throw("malformed UTF-8 encoding", start);
    }

    // The first use of the encoder costs milliseconds of start-up; the names of most modules can do without.
    private static string? TryReadAscii(ReadOnlySpan<byte> bytes)
    {
        Span<char> characters = stackalloc char[ShortNameCount];
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] >= 0x80) return null;
            characters[i] = (char)bytes[i];
        }
        return new string(characters[..bytes.Length]);
    }

    // Most integers in code take one byte, nearly all others two: no integer of two bytes can be too large.
    private ulong ReadLongerUnsigned(int bitCount)
    {
        int second = _position + 1;
        if ((uint)second < (uint)_bytes.Length && _bytes[second] < 0x80)
        {
            _position = second + 1;
            return (uint)(_bytes[second - 1] & 0x7F) | ((uint)_bytes[second] << 7);
        }
        return ReadUnsigned(bitCount);
    }

    private ulong ReadUnsigned(int bitCount)
    {
        ulong value = 0;
        for (int shift = 0; ;)
        {
            byte next = ReadByte();
            int bitsLeft = bitCount - shift;
            if (bitsLeft < 7 && (next & 0x7F) >> bitsLeft != 0) Malformed.Throw("integer too large", Offset - 1);
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
            shift += 7;
            if (shift >= bitCount) Malformed.Throw("integer representation too long", Offset);
        }
    }

    private long ReadSigned(int bitCount)
    {
        if ((uint)_position < (uint)_bytes.Length && _bytes[_position] < 0x80) return SignExtend(_bytes[_position++], bitCount: 7);
        int second = _position + 1;
        if ((uint)second < (uint)_bytes.Length && _bytes[second] < 0x80)
        {
            _position = second + 1;
            return SignExtend((_bytes[second - 1] & 0x7F) | (_bytes[second] << 7), bitCount: 14);
        }
        return ReadLongerSigned(bitCount);
    }

    private static int SignExtend(int value, int bitCount) => (value << (32 - bitCount)) >> (32 - bitCount);

    private long ReadLongerSigned(int bitCount)
    {
        long value = 0;
        for (int shift = 0; ;)
        {
            byte next = ReadByte();
            int bitsLeft = bitCount - shift;
            if (bitsLeft < 7 && !IsSignExtended(next, bitsLeft)) Malformed.Throw("integer too large", Offset - 1);
            value |= (long)(next & 0x7F) << shift;
            shift += 7;
            if (next < 0x80) return shift < 64 && (next & 0x40) != 0 ? value | (-1L << shift) : value;
            if (shift >= bitCount) Malformed.Throw("integer representation too long", Offset);
        }
    }

    /// <summary>Whether the bits of <paramref name="last"/> from the sign bit up are all alike.</summary>
    private static bool IsSignExtended(byte last, int bitsLeft)
    {
        int signBits = (-1 << (bitsLeft - 1)) & 0x7F;
        return (last & signBits) == 0 || (last & signBits) == signBits;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void ThrowEnd() => Malformed.Throw(Malformed.UnexpectedEnd, _origin + _bytes.Length);
}
