namespace Nacre.Syntax;

/// <summary>Finds the entries of a table by hash. The table is its owner's, who numbers entries from 0 and knows which are equal.</summary>
/// <remarks>
/// A field, not to be copied. For what a short run passes through: of the framework's dictionary the first use loads an assembly,
/// and each use for another pair of types some twenty types more (docs/decisions/0003). Hashes of what strangers choose must be seeded.
/// <code>for (int entry = index.First(hash); entry >= 0; entry = index.Next(entry)) …</code>
/// </remarks>
internal struct HashIndex
{
    private const int None = -1, FirstCapacity = 16;

    private int[]? _heads;      // the newest entry of each bucket, plus one
    private Link[] _links;

    /// <summary>Number of entries.</summary>
    public int Count { get; private set; }

    /// <summary>An entry with this hash; −1 when there is none.</summary>
    public readonly int First(int hash)
        => _heads is null ? None : Find(_heads[hash & (_heads.Length - 1)] - 1, hash);

    /// <summary>Another entry with the hash of <paramref name="entry"/>; −1 when there is none left.</summary>
    public readonly int Next(int entry) => Find(_links[entry].Next, _links[entry].Hash);

    /// <summary>Adds an entry.</summary>
    /// <returns>Its number.</returns>
    public int Add(int hash)
    {
        if (_heads is null || Count == _heads.Length) Grow();
        _links[Count].Hash = hash;
        Enter(Count);
        return Count++;
    }

    private readonly int Find(int entry, int hash)
    {
        while (entry != None && _links[entry].Hash != hash) entry = _links[entry].Next;
        return entry;
    }

    private void Grow()
    {
        int capacity = Math.Max(FirstCapacity, checked(Count * 2));
        _heads = new int[capacity];
        Array.Resize(ref _links!, capacity);
        for (int entry = 0; entry < Count; entry++) Enter(entry);
    }

    private readonly void Enter(int entry)
    {
        ref int head = ref _heads![_links[entry].Hash & (_heads.Length - 1)];
        _links[entry].Next = head - 1;
        head = entry + 1;
    }

    private struct Link
    {
        public int Hash;
        public int Next;
    }
}
