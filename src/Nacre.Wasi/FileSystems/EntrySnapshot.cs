namespace Nacre.Wasi.FileSystems;

/// <summary>
/// A directory's entries as they were when its listing began, for what can only tell all of them: their cookies are their places.
/// </summary>
/// <param name="list">Tells all entries; their cookies do not matter.</param>
internal sealed class EntrySnapshot(Func<List<DirectoryEntry>, Errno> list)
{
    private List<DirectoryEntry>? _entries;

    /// <inheritdoc cref="WasiDirectory.ReadEntries"/>
    public Errno ReadEntries(ulong cookie, DirectoryEntryReceiver receiver)
    {
        if (cookie == 0 || _entries is null)
        {
            var entries = new List<DirectoryEntry>();
            Errno error = list(entries);
            if (error != Errno.Success) return error;
            _entries = entries;
        }
        for (ulong place = cookie; place < (ulong)_entries.Count; place++)
            if (!receiver(_entries[(int)place] with { NextCookie = place + 1 })) break;
        return Errno.Success;
    }
}
