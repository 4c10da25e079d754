using System.Text;
using Nacre.Binary;

namespace Nacre.Text;

/// <summary>The identifiers of a text, each kept once and numbered from 0: comparing two is comparing their numbers.</summary>
internal sealed class SymbolTable
{
    private readonly ByteWriter _names = new();
    private int[] _ends = new int[64];
    private int[] _slots = new int[256];   // number + 1; 0 is free
    private int _count;

    /// <summary>The number of <paramref name="name"/>, without its <c>$</c>.</summary>
    public int Intern(ReadOnlySpan<byte> name)
    {
        var hash = new HashCode();
        hash.AddBytes(name);
        uint mask = (uint)_slots.Length - 1, slot = (uint)hash.ToHashCode() & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            if (name.SequenceEqual(Bytes(_slots[slot] - 1))) return _slots[slot] - 1;
        }
        _slots[slot] = Add(name) + 1;
        if (_count * 2 > _slots.Length) Grow();
        return _count - 1;
    }

    /// <summary>The identifier without its <c>$</c>.</summary>
    public string Name(int symbol) => Encoding.UTF8.GetString(Bytes(symbol));

    /// <summary>The identifier without its <c>$</c>, in UTF-8; valid until another is added.</summary>
    public ReadOnlySpan<byte> Bytes(int symbol)
    {
        int start = symbol == 0 ? 0 : _ends[symbol - 1];
        return _names.Written[start.._ends[symbol]];
    }

    private int Add(ReadOnlySpan<byte> name)
    {
        _names.WriteBytes(name);
        if (_count == _ends.Length) Array.Resize(ref _ends, _count * 2);
        _ends[_count] = _names.Count;
        return _count++;
    }

    private void Grow()
    {
        var slots = new int[_slots.Length * 2];
        uint mask = (uint)slots.Length - 1;
        for (int symbol = 0; symbol < _count; symbol++)
        {
            var hash = new HashCode();
            hash.AddBytes(Bytes(symbol));
            uint slot = (uint)hash.ToHashCode() & mask;
            while (slots[slot] != 0) slot = (slot + 1) & mask;
            slots[slot] = symbol + 1;
        }
        _slots = slots;
    }
}
