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
        entry!.IsGone = true;
        if (_inOrder.Count > 16 && _inOrder.Count > 2 * _byName.Count) _inOrder.RemoveAll(entry => entry.IsGone);
        System.TryTake(-CostOf(name));
        entry.Inode.RemoveLink();
        Touch();
    }

    /// <summary>The first entry whose number is larger; null at the end.</summary>
    public (string Name, MemoryInode Inode, ulong Number)? After(ulong number)
    {
        int index = IndexAfter(number);
        while (index < _inOrder.Count && _inOrder[index].IsGone) index++;
        return index < _inOrder.Count ? (_inOrder[index].Name, _inOrder[index].Inode, _inOrder[index].Number) : null;
    }

    /// <summary>Whether it is <paramref name="directory"/> or lies somewhere beneath.</summary>
    public bool IsWithin(MemoryInode directory)
    {
        for (MemoryDirectory? current = this; current is not null; current = current.Parent)
            if (current == directory) return true;
        return false;
    }

    protected override void Free() { }

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
        public string Name => name;

        public MemoryInode Inode => inode;

        public ulong Number => number;

        public bool IsGone { get; set; }
    }
}
