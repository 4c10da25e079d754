namespace Nacre.Syntax;

/// <summary>Items that are added one by one, and then read as a span.</summary>
/// <remarks>
/// A field, not to be copied. For what a short run passes through: of the framework's list the first use loads an assembly,
/// and each use for another type ten types more (docs/decisions/0003).
/// </remarks>
internal struct GrowingArray<T>
{
    private const int FirstCapacity = 4;

    private T[]? _items;

    /// <summary>Number of items.</summary>
    public int Count { get; private set; }

    /// <summary>The items so far; not to be kept across an <see cref="Add"/>.</summary>
    public readonly Span<T> Items => new(_items, 0, Count);

    /// <summary>Appends an item.</summary>
    public void Add(T item)
    {
        if (_items is null) _items = new T[FirstCapacity];
        else if (Count == _items.Length) Array.Resize(ref _items, Count * 2);
        _items[Count++] = item;
    }

    /// <summary>Takes the last item back; there must be one.</summary>
    public T RemoveLast() => _items![--Count];

    /// <summary>Forgets all items.</summary>
    public void Clear()
    {
        Items.Clear();
        Count = 0;
    }

    /// <summary>The items as an array of its own.</summary>
    public readonly T[] ToArray() => Empty<T>.Copy(Items);
}
