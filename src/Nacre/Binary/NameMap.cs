using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>One subsection of names: sorted keys, and where the name of each lies. Names become strings when they are asked for.</summary>
/// <remarks>Spec: Appendix, Custom Sections, Name Maps. Keys of an indirect map hold the outer index in their upper half.</remarks>
internal sealed class NameMap
{
    /// <summary>A map without names.</summary>
    public static readonly NameMap Empty = new(default);

    private readonly ReadOnlyMemory<byte> _bytes;
    private ulong[] _keys = [];
    private int[] _nameOffsets = [];
    private int _count;

    private NameMap(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    /// <summary>Why the rest of the map could not be read; null when all of it was.</summary>
    public MalformedModuleException? Defect { get; private set; }

    /// <summary>Reads a map, up to its first defect.</summary>
    /// <param name="bytes">The subsection's contents.</param>
    /// <param name="byteOffset">Where they lie, in bytes from the first byte of the module.</param>
    /// <param name="isIndirect">Whether it is a map of maps.</param>
    public static NameMap Read(ReadOnlyMemory<byte> bytes, int byteOffset, bool isIndirect)
    {
        var map = new NameMap(bytes);
        var cursor = new BinaryCursor(bytes.Span, byteOffset);
        try
        {
            if (isIndirect) map.ReadIndirect(ref cursor);
            else map.ReadNames(ref cursor, outer: 0);
            if (!cursor.IsAtEnd) Malformed.Throw("section size mismatch: bytes follow the last name", cursor.Offset);
        }
        catch (MalformedModuleException defect)
        {
            map.Defect = defect;
        }
        return map;
    }

    /// <summary>The name under <paramref name="key"/>; null without one.</summary>
    public string? Find(ulong key)
    {
        int low = 0, high = _count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (_keys[middle] == key) return new BinaryCursor(_bytes.Span[_nameOffsets[middle]..], 0).ReadName();
            if (_keys[middle] < key) low = middle + 1;
            else high = middle - 1;
        }
        return null;
    }

    private void ReadIndirect(ref BinaryCursor cursor)
    {
        int count = cursor.ReadCount();
        long last = -1;
        for (int i = 0; i < count; i++)
        {
            uint outer = ReadIndex(ref cursor, ref last);
            ReadNames(ref cursor, outer);
        }
    }

    private void ReadNames(ref BinaryCursor cursor, uint outer)
    {
        int count = cursor.ReadCount();
        long last = -1;
        for (int i = 0; i < count; i++)
        {
            uint index = ReadIndex(ref cursor, ref last);
            int nameOffset = cursor.Position;
            cursor.SkipName();
            Add(((ulong)outer << 32) | index, nameOffset);
        }
    }

    private static uint ReadIndex(ref BinaryCursor cursor, ref long last)
    {
        int start = cursor.Offset;
        uint index = cursor.ReadU32();
        if (index <= last) Malformed.Throw($"names out of order: {index} after {last}", start);
        last = index;
        return index;
    }

    private void Add(ulong key, int nameOffset)
    {
        if (_count == _keys.Length)
        {
            int capacity = Math.Max(16, _count * 2);
            Array.Resize(ref _keys, capacity);
            Array.Resize(ref _nameOffsets, capacity);
        }
        (_keys[_count], _nameOffsets[_count]) = (key, nameOffset);
        _count++;
    }
}
