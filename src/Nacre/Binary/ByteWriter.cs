using System.Buffers.Binary;
using System.Text;

namespace Nacre.Binary;

/// <summary>Bytes that grow at their end. Integers are written in their shortest form.</summary>
/// <remarks>Spec: Binary Format, Values.</remarks>
internal sealed class ByteWriter
{
    private byte[] _bytes;
    private int _count;

    /// <summary>Begins empty, with room for <paramref name="capacity"/> bytes.</summary>
    public ByteWriter(int capacity = 256) => _bytes = new byte[capacity];

    /// <summary>Number of bytes written.</summary>
    public int Count => _count;

    /// <summary>The bytes written; valid until more are.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _count);

    /// <summary>A copy of the bytes written.</summary>
    public byte[] ToArray() => Written.ToArray();

    /// <summary>Forgets the bytes written and keeps the room.</summary>
    public void Clear() => _count = 0;

    /// <summary>Forgets the bytes after the first <paramref name="count"/>.</summary>
    public void Truncate(int count) => _count = Math.Min(_count, count);

    /// <summary>Writes a byte.</summary>
    public void WriteByte(byte value) => Take(1)[0] = value;

    /// <summary>Writes bytes as they are.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>Writes four bytes, the lowest first.</summary>
    public void WriteFixed32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    /// <summary>Writes eight bytes, the lowest first.</summary>
    public void WriteFixed64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    /// <summary>Writes an unsigned LEB128 integer.</summary>
    public void WriteU32(uint value) => WriteU64(value);

    /// <summary>Writes an unsigned LEB128 integer.</summary>
    public void WriteU64(ulong value)
    {
        for (; value >= 0x80; value >>= 7) WriteByte((byte)(value | 0x80));
        WriteByte((byte)value);
    }

    /// <summary>Writes a signed LEB128 integer.</summary>
    public void WriteS32(int value) => WriteS64(value);

    /// <summary>Writes a signed LEB128 integer; also one of 33 bits.</summary>
    public void WriteS64(long value)
    {
        for (; value is < -64 or > 63; value >>= 7) WriteByte((byte)(value | 0x80));
        WriteByte((byte)(value & 0x7F));
    }

    /// <summary>Writes a name: its length in bytes, then UTF-8.</summary>
    public void WriteName(string name)
    {
        int byteCount = Encoding.UTF8.GetByteCount(name);
        WriteU32((uint)byteCount);
        Encoding.UTF8.GetBytes(name, Take(byteCount));
    }

    private Span<byte> Take(int byteCount)
    {
        if (byteCount > _bytes.Length - _count)
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max((long)_bytes.Length * 2, (long)_count + byteCount), Array.MaxLength));
        Span<byte> taken = _bytes.AsSpan(_count, byteCount);
        _count += byteCount;
        return taken;
    }
}
