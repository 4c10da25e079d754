namespace Nacre.Wasi.Preview1;

/// <summary>A guest's descriptors by their numbers.</summary>
/// <param name="maximumCount">How many can be open.</param>
internal sealed class DescriptorTable(int maximumCount)
{
    private Descriptor?[] _descriptors = new Descriptor?[Math.Min(maximumCount, 8)];
    private int _count;
    private int _lowestFree;        // no number below is free

    /// <summary>Whether one more can be opened.</summary>
    public bool HasRoom => _count < maximumCount;

    /// <summary>The descriptor of a number; null when none is open.</summary>
    public Descriptor? this[uint number] => number < (uint)_descriptors.Length ? _descriptors[number] : null;

    /// <summary>Opens a descriptor under the lowest free number.</summary>
    /// <returns><see cref="Errno.Mfile"/> when too many are open.</returns>
    public Errno Add(Descriptor descriptor, out uint number)
    {
        number = 0;
        if (!HasRoom) return Errno.Mfile;
        while (_lowestFree < _descriptors.Length && _descriptors[_lowestFree] is not null) _lowestFree++;
        if (_lowestFree == _descriptors.Length) Array.Resize(ref _descriptors, Math.Min(maximumCount, 2 * _descriptors.Length));
        number = (uint)_lowestFree++;
        _descriptors[number] = descriptor;
        _count++;
        return Errno.Success;
    }

    /// <summary>Takes a descriptor out, for its new owner to close; null when none is open.</summary>
    public Descriptor? Remove(uint number)
    {
        Descriptor? descriptor = this[number];
        if (descriptor is null) return null;
        _descriptors[number] = null;
        _lowestFree = Math.Min(_lowestFree, (int)number);
        _count--;
        return descriptor;
    }

    /// <summary>Gives a descriptor the number of another, which is closed.</summary>
    /// <returns><see cref="Errno.Badf"/> when one of them is not open.</returns>
    public Errno Renumber(uint from, uint to)
    {
        if (this[from] is null || this[to] is not { } replaced) return Errno.Badf;
        if (from == to) return Errno.Success;
        _descriptors[to] = Remove(from);
        replaced.Close();
        return Errno.Success;
    }

    /// <summary>Hands on what descriptors hold back.</summary>
    public void Flush()
    {
        foreach (Descriptor? descriptor in _descriptors)
            if (descriptor is StreamDescriptor) descriptor.Sync(dataOnly: true);
    }

    /// <summary>Closes all.</summary>
    public void Close()
    {
        for (uint number = 0; number < (uint)_descriptors.Length; number++) Remove(number)?.Close();
    }
}
