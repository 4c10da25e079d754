namespace Nacre.Text;

/// <summary>The labels around the instruction at hand, while a function is printed.</summary>
internal sealed class LabelStack
{
    private readonly record struct Label(string? Identifier, uint Number, int Arity, int ShadowedDepth);

    private readonly List<Label> _labels = [];
    private readonly Dictionary<string, int> _depths = [];      // the innermost of an identifier

    /// <summary>How many blocks are open.</summary>
    public int Depth => _labels.Count;

    /// <summary>How many values a branch out of the function takes.</summary>
    public int ResultCount { get; private set; }

    /// <summary>The number of the block that opens next, from 1 in each function.</summary>
    public uint NextNumber { get; private set; }

    /// <summary>Begins a function.</summary>
    public void Begin(int resultCount)
    {
        _labels.Clear();
        _depths.Clear();
        NextNumber = 1;
        ResultCount = resultCount;
    }

    /// <summary>Opens the label of a block to which branches take <paramref name="arity"/> values.</summary>
    public void Push(string? identifier, int arity)
    {
        int shadowed = -1;
        if (identifier is not null)
        {
            if (_depths.TryGetValue(identifier, out int outer)) shadowed = outer;
            _depths[identifier] = _labels.Count;
        }
        _labels.Add(new Label(identifier, NextNumber++, arity, shadowed));
    }

    /// <summary>Closes the innermost label.</summary>
    public void Pop()
    {
        Label label = _labels[^1];
        _labels.RemoveAt(_labels.Count - 1);
        if (label.Identifier is null) return;
        if (label.ShadowedDepth < 0) _depths.Remove(label.Identifier);
        else _depths[label.Identifier] = label.ShadowedDepth;
    }

    /// <summary>How many values a branch to <paramref name="label"/> takes.</summary>
    public int ArityOf(uint label) => label < _labels.Count ? _labels[^((int)label + 1)].Arity : ResultCount;

    /// <summary>Writes a label: its identifier, unless that means another one here, or its depth and the number of its block.</summary>
    public void Use(TextOutput output, uint label)
    {
        if (label >= _labels.Count)
        {
            output.Add((ulong)label);
            return;
        }
        int depth = _labels.Count - 1 - (int)label;
        Label found = _labels[depth];
        if (found.Identifier is not null && _depths[found.Identifier] == depth) output.Add(found.Identifier);
        else output.Add((ulong)label).Add(" (;@").Add((ulong)found.Number).Add(";)");
    }
}
