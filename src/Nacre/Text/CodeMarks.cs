namespace Nacre.Text;

/// <summary>Where the instructions of one function stand in the text.</summary>
/// <param name="function">The function, as its index.</param>
internal sealed class CodeMarks(uint function)
{
    private readonly List<(int CodeOffset, int Start)> _marks = [];

    /// <summary>Notes an instruction, when it is of the function.</summary>
    /// <param name="owner">The function that it is in.</param>
    /// <param name="codeOffset">Where it begins, in bytes from the beginning of the body's instructions.</param>
    /// <param name="start">Where its name is, in bytes from the beginning of the text.</param>
    public void Add(uint? owner, int codeOffset, int start)
    {
        if (owner == function) _marks.Add((codeOffset, start));
    }

    /// <summary>Forgets all instructions.</summary>
    public void Clear() => _marks.Clear();

    /// <summary>Where the instruction at <paramref name="codeOffset"/> has its name; null when there is no instruction before.</summary>
    public int? Find(int codeOffset)
    {
        int? found = null;
        foreach ((int offset, int start) in _marks)
        {
            if (offset <= codeOffset) found = start;
        }
        return found;
    }
}
