namespace Nacre.Compiler;

/// <summary>Leads from places in a function's CIL back to its instructions.</summary>
/// <remarks>Kept as pairs of differences, one or two bytes each: first in CIL, then in the module.</remarks>
internal sealed class OffsetMap(int startByteOffset)
{
    private readonly int _startByteOffset = startByteOffset;
    private byte[] _pairs = new byte[64];
    private int _length;
    private int _lastIlOffset;
    private int _lastByteOffset = startByteOffset;

    /// <summary>Says that what is emitted from <paramref name="ilOffset"/> on belongs to the instruction at <paramref name="byteOffset"/>.</summary>
    public void Add(int ilOffset, int byteOffset)
    {
        Write((uint)(ilOffset - _lastIlOffset));
        Write((uint)(byteOffset - _lastByteOffset));
        (_lastIlOffset, _lastByteOffset) = (ilOffset, byteOffset);
    }

    /// <summary>The instruction that the CIL at <paramref name="ilOffset"/> belongs to, in bytes from the module's first byte.</summary>
    public int ByteOffsetOf(int ilOffset)
    {
        int result = _startByteOffset;
        foreach ((int placeIlOffset, int placeByteOffset) in Places)
        {
            if (placeIlOffset > ilOffset) break;
            result = placeByteOffset;
        }
        return result;
    }

    /// <summary>Each instruction that was added: where its CIL begins, and where it lies in the module.</summary>
    public IEnumerable<(int IlOffset, int ByteOffset)> Places
    {
        get
        {
            int ilOffset = 0, byteOffset = _startByteOffset;
            for (int position = 0; position < _length;)
            {
                ilOffset += (int)Read(ref position);
                byteOffset += (int)Read(ref position);
                yield return (ilOffset, byteOffset);
            }
        }
    }

    // LEB128, as in modules.
    private void Write(uint value)
    {
        const int MaxByteCount = 5;
        if (_length + MaxByteCount > _pairs.Length) Array.Resize(ref _pairs, _pairs.Length * 2);
        for (; value >= 0x80; value >>= 7) _pairs[_length++] = (byte)(value | 0x80);
        _pairs[_length++] = (byte)value;
    }

    private uint Read(ref int position)
    {
        uint value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = _pairs[position++];
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}
