using System.Runtime.InteropServices;

namespace Nacre.Wasi.FileSystems;

/// <summary>
/// A directory's entries, for what can only tell all of them: their cookies are numbers in the order in which they were first seen.
/// </summary>
internal sealed class NumberedListing
{
    private readonly Lock _lock = new();
    private List<DirectoryEntry>? _entries;         // with ascending numbers
    private ulong _lastNumber;

    /// <summary>The directory is listed when a reading begins; names keep their numbers.</summary>
    /// <param name="list">Tells all entries; their cookies do not matter.</param>
    /// <param name="cookie">0, or the number after which to go on.</param>
    /// <param name="receiver">Takes one entry after the other, until it answers false.</param>
    public Errno Read(Func<List<DirectoryEntry>, Errno> list, ulong cookie, DirectoryEntryReceiver receiver)
    {
        lock (_lock)
        {
            Errno error = cookie == 0 || _entries is null ? List(list) : Errno.Success;
            if (error != Errno.Success) return error;
            for (int index = IndexAfter(cookie); index < _entries!.Count; index++)
                if (!receiver(_entries[index])) break;
            return Errno.Success;
        }
    }

    private Errno List(Func<List<DirectoryEntry>, Errno> list)
    {
        var entries = new List<DirectoryEntry>();
        Errno error = list(entries);
        if (error != Errno.Success) return error;

        var numbers = new Dictionary<string, ulong>(StringComparer.Ordinal);
        foreach (DirectoryEntry entry in _entries ?? []) numbers.TryAdd(entry.Name, entry.NextCookie);
        foreach (ref DirectoryEntry entry in CollectionsMarshal.AsSpan(entries))
            entry = entry with { NextCookie = numbers.TryGetValue(entry.Name, out ulong known) ? known : ++_lastNumber };
        entries.Sort((left, right) => left.NextCookie.CompareTo(right.NextCookie));
        _entries = entries;
        return Errno.Success;
    }

    private int IndexAfter(ulong number)
    {
        (int low, int high) = (0, _entries!.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_entries[middle].NextCookie > number) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
