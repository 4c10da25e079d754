namespace Nacre.Wasi.Preview1;

/// <summary>A guest's descriptors by their numbers, for any number of its threads.</summary>
/// <param name="maximumCount">How many can be open.</param>
internal sealed class DescriptorTable(int maximumCount)
{
    private readonly Lock _lock = new();    // of numbers alone: nothing is opened, closed or waited for while it is held
    private Descriptor?[] _descriptors = new Descriptor?[Math.Min(maximumCount, 8)];
    private int _count;
    private int _lowestFree;        // no number below is free

    /// <summary>Whether one more can be opened, unless another thread is faster.</summary>
    public bool HasRoom => Volatile.Read(ref _count) < maximumCount;

    /// <summary>Holds the descriptor of a number; none when none is open.</summary>
    public Held Hold(uint number)
    {
        lock (_lock)
        {
            Descriptor? descriptor = At(number);
            descriptor?.Hold();
            return new Held(descriptor);
        }
    }

    /// <summary>Opens a descriptor under the lowest free number.</summary>
    /// <returns><see cref="Errno.Mfile"/> when too many are open; then it is closed.</returns>
    public Errno Add(Descriptor descriptor, out uint number)
    {
        if (TryAdd(descriptor, out number)) return Errno.Success;
        descriptor.Release();
        return Errno.Mfile;
    }

    /// <summary>Frees a number and closes its descriptor, as soon as no call uses it.</summary>
    /// <returns><see cref="Errno.Badf"/> when none is open.</returns>
    public Errno Close(uint number)
    {
        Descriptor? descriptor;
        lock (_lock) descriptor = Remove(number);
        return descriptor?.Release() ?? Errno.Badf;
    }

    /// <summary>Gives a descriptor the number of another, which is closed.</summary>
    /// <returns><see cref="Errno.Badf"/> when one of them is not open.</returns>
    public Errno Renumber(uint from, uint to)
    {
        Descriptor? replaced;
        lock (_lock)
        {
            replaced = At(to);
            if (At(from) is null || replaced is null) return Errno.Badf;
            if (from == to) return Errno.Success;
            _descriptors[to] = Remove(from);
        }
        replaced.Release();
        return Errno.Success;
    }

    /// <summary>Hands on what descriptors hold back. The guest's threads have ended.</summary>
    public void Flush()
    {
        foreach (Descriptor? descriptor in _descriptors)
            if (descriptor is StreamDescriptor) descriptor.Sync(dataOnly: true);
    }

    /// <summary>Closes all, also when a stream of the host throws.</summary>
    public void CloseAll() => CloseFrom(0);

    private void CloseFrom(uint number)
    {
        try
        {
            for (; number < (uint)_descriptors.Length; number++) Close(number);
        }
        finally
        {
            if (number < (uint)_descriptors.Length) CloseFrom(number + 1);
        }
    }

    private Descriptor? At(uint number) => number < (uint)_descriptors.Length ? _descriptors[number] : null;

    private bool TryAdd(Descriptor descriptor, out uint number)
    {
        lock (_lock)
        {
            number = 0;
            if (_count == maximumCount) return false;
            while (_lowestFree < _descriptors.Length && _descriptors[_lowestFree] is not null) _lowestFree++;
            if (_lowestFree == _descriptors.Length) Array.Resize(ref _descriptors, Math.Min(maximumCount, 2 * _descriptors.Length));
            number = (uint)_lowestFree++;
            _descriptors[number] = descriptor;
            _count++;
            return true;
        }
    }

    private Descriptor? Remove(uint number)
    {
        Descriptor? descriptor = At(number);
        if (descriptor is null) return null;
        _descriptors[number] = null;
        _lowestFree = Math.Min(_lowestFree, (int)number);
        _count--;
        return descriptor;
    }
}
