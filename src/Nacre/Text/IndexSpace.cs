namespace Nacre.Text;

/// <summary>One index space of a module: what its indices are called.</summary>
/// <remarks>Spec: Text Format, Modules, Indices and Identifiers.</remarks>
/// <param name="what">What it holds, in the words of messages.</param>
internal sealed class IndexSpace(string what)
{
    private Dictionary<int, uint>? _bySymbol;

    /// <summary>What it holds, in the words of messages.</summary>
    public string What { get; } = what;

    /// <summary>How many indices are taken.</summary>
    public uint Count { get; private set; }

    /// <summary>The identifiers by index, in order, only for indices that have one; null when none has.</summary>
    public List<(uint Index, int Symbol)>? Names { get; private set; }

    /// <summary>Takes the next index.</summary>
    /// <param name="symbol">Its identifier, or -1.</param>
    /// <returns>False when another index has this identifier.</returns>
    public bool TryDefine(int symbol)
    {
        if (symbol >= 0)
        {
            if (!(_bySymbol ??= []).TryAdd(symbol, Count)) return false;
            (Names ??= []).Add((Count, symbol));
        }
        Count++;
        return true;
    }

    /// <summary>Takes <paramref name="count"/> indices without identifiers.</summary>
    public void Skip(uint count) => Count += count;

    /// <summary>The index of an identifier.</summary>
    public bool TryFind(int symbol, out uint index)
    {
        index = 0;
        return _bySymbol is not null && _bySymbol.TryGetValue(symbol, out index);
    }
}
