namespace Nacre.Fuzz.Oracles;

/// <summary>What was seen of a module on one engine: a line for each event, and the memories it left.</summary>
internal sealed class Transcript
{
    /// <summary>How a line begins after which nothing can be compared: engines may differ in how deep guests can call.</summary>
    private const string StackExhausted = "call stack";

    private readonly List<string> _lines = [];

    /// <summary>The bytes of the memories in the end.</summary>
    public List<byte[]> Memories { get; } = [];

    /// <summary>How many events there were.</summary>
    public int Count => _lines.Count;

    /// <summary>Adds an event.</summary>
    public void Add(string line) => _lines.Add(line);

    /// <summary>Says that the stack was used up.</summary>
    public void EndAtStack() => _lines.Add(StackExhausted);

    /// <summary>Whether a call used up the stack.</summary>
    public bool IsCutShort => _lines.Contains(StackExhausted);

    /// <summary>How many lines are those of calls that came to an end by themselves.</summary>
    public int ReturnCount => _lines.Count(line => line.Contains(" returned", StringComparison.Ordinal));

    /// <summary>The events, a line each.</summary>
    public override string ToString() => string.Join('\n', _lines);

    /// <summary>The first difference between two transcripts; null when there is none.</summary>
    public static string? Compare(Transcript left, Transcript right)
    {
        for (int i = 0; i < Math.Min(left._lines.Count, right._lines.Count); i++)
        {
            if (left._lines[i] == StackExhausted || right._lines[i] == StackExhausted) return null;
            if (left._lines[i] != right._lines[i]) return $"{left._lines[i]}\n{right._lines[i]}";
        }
        if (left._lines.Count != right._lines.Count) return $"{left._lines.Count} events, then {right._lines.Count}";
        for (int i = 0; i < left.Memories.Count; i++)
        {
            int common = left.Memories[i].AsSpan().CommonPrefixLength(right.Memories[i]);
            if (common != left.Memories[i].Length) return $"memory {i} at {common}: {left.Memories[i][common]:x2}\n{right.Memories[i][common]:x2}";
        }
        return null;
    }
}
