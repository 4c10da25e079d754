namespace Nacre.Wasi.FileSystems;

/// <summary>The entries of a directory in memory, by name and in the order in which they came.</summary>
internal sealed class MemoryDirectory : MemoryInode
{
    private readonly Dictionary<string, Entry> _byName = new(StringComparer.Ordinal);
    private readonly List<Entry> _inOrder = [];     // with ascending numbers; some are gone
    private ulong _lastNumber;

    public MemoryDirectory(MemoryFileSystem system, MemoryDirectory? parent) : base(system)
    {
        Parent = parent;
        if (parent is null) AddLink();
    }

    public MemoryDirectory? Parent { get; private set; }

    /// <summary>Whether it lost its name, and takes no new ones.</summary>
    public bool IsRemoved => LinkCount == 0;

    public bool IsEmpty => _byName.Count == 0;

    public override FileType FileType => FileType.Directory;

    public override long ByteCount => _byName.Count;

    public MemoryInode? Find(string name) => _byName.TryGetValue(name, out Entry? entry) ? entry.Inode : null;

    /// <summary>Adds a name that is not there.</summary>
    public Errno Add(string name, MemoryInode inode)
    {
        if (IsRemoved) return Errno.Noent;
        if (!System.TryTake(CostOf(name))) return Errno.Nospc;
        var entry = new Entry(name, inode, ++_lastNumber);
        _byName.Add(name, entry);
        _inOrder.Add(entry);
        if (inode is MemoryDirectory directory) directory.Parent = this;
        inode.AddLink();
        Touch();
        return Errno.Success;
    }

    /// <summary>Removes a name that is there.</summary>
    public void Remove(string name)
    {
        _byName.Remove(name, out Entry? entry);
        MemoryInode inode = entry!.Inode!;
        entry.Clear();
        Tidy();
        System.TryTake(-CostOf(name));
        inode.RemoveLink();
        Touch();
    }

    /// <summary>The first entry whose number is larger; null at the end.</summary>
    public (string Name, MemoryInode Inode, ulong Number)? After(ulong number)
    {
        for (int index = IndexAfter(number); index < _inOrder.Count; index++)
            if (_inOrder[index] is { Inode: { } inode } entry) return (entry.Name, inode, entry.Number);
        return null;
    }

    /// <summary>Whether it is <paramref name="directory"/> or lies somewhere beneath.</summary>
    public bool IsWithin(MemoryInode directory)
    {
        for (MemoryDirectory? current = this; current is not null; current = current.Parent)
            if (current == directory) return true;
        return false;
    }

    // Whoever still has it open does not keep those that it was in.
    protected override void Free() => Parent = null;

    // What is kept is at most a few times what is there.
    private void Tidy()
    {
        const int Few = 16;
        int count = _byName.Count;
        if (_inOrder.Count > Math.Max(Few, 2 * count)) _inOrder.RemoveAll(entry => entry.Inode is null);
        if (_byName.Capacity <= Math.Max(Few, 4 * count)) return;
        _byName.TrimExcess(2 * count);
        _inOrder.Capacity = Math.Max(_inOrder.Count, 2 * count);
    }

    private int IndexAfter(ulong number)
    {
        (int low, int high) = (0, _inOrder.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_inOrder[middle].Number > number) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    private sealed class Entry(string name, MemoryInode inode, ulong number)
    {
        public string Name { get; private set; } = name;

        /// <summary>What the name refers to; null when it is gone.</summary>
        public MemoryInode? Inode { get; private set; } = inode;

        public ulong Number => number;

        public void Clear() => (Name, Inode) = ("", null);
    }
}
