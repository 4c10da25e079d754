namespace Nacre.Compiler;

/// <summary>Which locals of the guest are known to hold the same value, at the place where the lowering is.</summary>
/// <remarks>
/// A value is a number; equal numbers, equal values. Compilers bring locals into their places at the end of each block, most of them to
/// where they are already: such moves are left out. At the start of a loop nothing is known, since what comes back is not.
/// </remarks>
internal sealed class LocalValues
{
    private readonly List<uint> _origins = [];      // of each value: the local that held it first
    private readonly Dictionary<(int, int), int> _met = [];
    private int[] _values;

    /// <summary>Begins where nothing is known.</summary>
    public LocalValues(int localCount)
    {
        _values = new int[localCount];
        Forget();
    }

    /// <summary>Whether two locals hold the same value.</summary>
    public bool AreEqual(uint local, uint other) => _values[local] == _values[other];

    /// <summary>The local that has held the value of <paramref name="local"/> longest; perhaps that one itself.</summary>
    public uint Oldest(uint local)
    {
        uint origin = _origins[_values[local]];
        return AreEqual(local, origin) ? origin : local;
    }

    /// <summary>Says that a local gets the value of another one.</summary>
    public void Copy(uint local, uint source) => _values[local] = _values[source];

    /// <summary>Says that a local gets a value of which nothing is known.</summary>
    public void Set(uint local) => _values[local] = NewValue(local);

    /// <summary>Says that nothing is known here.</summary>
    public void Forget()
    {
        for (uint i = 0; i < _values.Length; i++) Set(i);
    }

    /// <summary>What is known here, to be put back with <see cref="Restore"/>, once.</summary>
    public int[] Keep() => (int[])_values.Clone();

    /// <summary>Goes on with what was known elsewhere.</summary>
    public void Restore(int[] values) => _values = values;

    /// <summary>Keeps in <paramref name="others"/>, what is known where others branched from to the same label, only what holds here, too.</summary>
    public void Meet(ref int[]? others)
    {
        if (others is null)
        {
            others = Keep();
            return;
        }
        _met.Clear();
        for (uint i = 0; i < _values.Length; i++)
        {
            if (others[i] == _values[i]) continue;
            // Locals that are equal on either way stay equal.
            (int, int) pair = (others[i], _values[i]);
            if (!_met.TryGetValue(pair, out int value)) _met.Add(pair, value = NewValue(i));
            others[i] = value;
        }
    }

    private int NewValue(uint origin)
    {
        _origins.Add(origin);
        return _origins.Count - 1;
    }
}
