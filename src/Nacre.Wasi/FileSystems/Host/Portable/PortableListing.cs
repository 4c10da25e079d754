namespace Nacre.Wasi.FileSystems;

/// <summary>The entries of a directory of the host, numbered in the order in which they were first seen.</summary>
/// <param name="path">Path of the directory.</param>
internal sealed class PortableListing(string path)
{
    private const char Replacement = '\uFFFD';

    private readonly Lock _lock = new();
    private List<Entry> _entries = [];              // with ascending numbers
    private ulong _lastNumber;

    /// <summary>The directory is read when a reading begins; names keep their numbers.</summary>
    /// <inheritdoc cref="WasiDirectory.ReadEntries"/>
    public Errno Read(ulong cookie, DirectoryEntryReceiver receiver)
    {
        lock (_lock)
        {
            Errno error = cookie == 0 ? PortableCall.Try(Refresh) : Errno.Success;
            if (error != Errno.Success) return error;
            for (int index = IndexAfter(cookie); index < _entries.Count; index++)
            {
                Entry entry = _entries[index];
                ulong inode = PortableStat.InodeOf(path + Path.DirectorySeparatorChar + entry.Name);
                if (!receiver(new DirectoryEntry(entry.Name, entry.FileType, inode, entry.Number))) break;
            }
            return Errno.Success;
        }
    }

    private void Refresh()
    {
        Dictionary<string, ulong> numbers = _entries.ToDictionary(entry => entry.Name, entry => entry.Number, StringComparer.Ordinal);
        var options = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false, MatchType = MatchType.Simple };
        var entries = new List<Entry>(numbers.Count);
        foreach (FileSystemInfo info in new DirectoryInfo(path).EnumerateFileSystemInfos("*", options))
        {
            // What was not text became replacement characters.
            if (info.Name.Contains(Replacement) || (OperatingSystem.IsWindows() && !HostName.IsPlainOnWindows(info.Name))) continue;
            ulong number = numbers.TryGetValue(info.Name, out ulong known) ? known : ++_lastNumber;
            entries.Add(new Entry(info.Name, PortableStat.TypeOf(info.Attributes), number));
        }
        entries.Sort((left, right) => left.Number.CompareTo(right.Number));
        _entries = entries;
    }

    private int IndexAfter(ulong number)
    {
        (int low, int high) = (0, _entries.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_entries[middle].Number > number) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    private readonly record struct Entry(string Name, FileType FileType, ulong Number);
}
