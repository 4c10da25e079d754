namespace Nacre.Wasi.FileSystems;

/// <summary>The listings that handles have begun: a directory's entries are kept once, however many handles it is listed through.</summary>
/// <typeparam name="TKey">What tells directories apart.</typeparam>
internal sealed class SharedListings<TKey> where TKey : notnull
{
    private readonly Dictionary<TKey, (NumberedListing Listing, int HandleCount)> _byDirectory = [];

    /// <summary>A handle's listing, which it begins when it has none.</summary>
    public NumberedListing Get(TKey directory, ref NumberedListing? own)
    {
        lock (_byDirectory)
        {
            if (own is not null) return own;
            (own, int handleCount) = _byDirectory.TryGetValue(directory, out var shared) ? shared : (new NumberedListing(), 0);
            _byDirectory[directory] = (own, handleCount + 1);
            return own;
        }
    }

    /// <summary>A handle, which may have begun none, lists no more. With the last one, what was kept goes.</summary>
    public void Release(TKey directory, ref NumberedListing? own)
    {
        lock (_byDirectory)
        {
            if (own is null) return;
            int handleCount = _byDirectory[directory].HandleCount;
            if (handleCount == 1) _byDirectory.Remove(directory);
            else _byDirectory[directory] = (own, handleCount - 1);
            own = null;
        }
    }
}
