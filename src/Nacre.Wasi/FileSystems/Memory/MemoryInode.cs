namespace Nacre.Wasi.FileSystems;

/// <summary>What a name in memory refers to. Everything happens under the lock of its file system.</summary>
internal abstract class MemoryInode
{
    // What a name costs, about: its text aside, an entry, a place in two tables and a node.
    private const int NameByteCount = 256;

    private int _openCount;

    protected MemoryInode(MemoryFileSystem system)
    {
        System = system;
        Number = system.NextInode();
        AccessTime = ModificationTime = ChangeTime = system.Now;
    }

    public MemoryFileSystem System { get; }

    public ulong Number { get; }

    public int LinkCount { get; private set; }

    public abstract FileType FileType { get; }

    /// <summary>Size in bytes that the guest is told.</summary>
    public abstract long ByteCount { get; }

    private ulong AccessTime { get; set; }

    private ulong ModificationTime { get; set; }

    private ulong ChangeTime { get; set; }

    /// <summary>What a name costs.</summary>
    public static long CostOf(string name) => NameByteCount + 2L * name.Length;

    public Filestat Stat() => new()
    {
        Device = System.Device,
        Inode = Number,
        FileType = FileType,
        LinkCount = (ulong)LinkCount,
        ByteCount = (ulong)ByteCount,
        AccessTime = AccessTime,
        ModificationTime = ModificationTime,
        ChangeTime = ChangeTime,
    };

    public void SetTimes(TimeChange access, TimeChange modification)
    {
        AccessTime = Changed(AccessTime, access);
        ModificationTime = Changed(ModificationTime, modification);
        ChangeTime = System.Now;
    }

    /// <summary>Notes that its bytes, or entries, changed.</summary>
    public void Touch() => ModificationTime = ChangeTime = System.Now;

    public void AddLink()
    {
        LinkCount++;
        ChangeTime = System.Now;
    }

    public void RemoveLink()
    {
        LinkCount--;
        ChangeTime = System.Now;
        FreeWhenUnused();
    }

    public void AddHandle() => _openCount++;

    public void RemoveHandle()
    {
        _openCount--;
        FreeWhenUnused();
    }

    /// <summary>Gives back what it takes.</summary>
    protected abstract void Free();

    private void FreeWhenUnused()
    {
        if (LinkCount == 0 && _openCount == 0) Free();
    }

    private ulong Changed(ulong time, TimeChange change) => change.IsNow ? System.Now : change.Nanoseconds ?? time;
}

/// <summary>A symbolic link in memory.</summary>
internal sealed class MemoryLink(MemoryFileSystem system, string target) : MemoryInode(system)
{
    public string Target => target;

    public override FileType FileType => FileType.SymbolicLink;

    public override long ByteCount { get; } = global::System.Text.Encoding.UTF8.GetByteCount(target);

    protected override void Free() => System.TryTake(-CostOf(target));
}
