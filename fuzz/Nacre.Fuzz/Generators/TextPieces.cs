using System.Buffers;

namespace Nacre.Fuzz.Generators;

/// <summary>A text cut into parentheses, strings, comments and words, as far as that is possible.</summary>
/// <remarks>It is not the lexer under test: whatever the text is, it is cut into something.</remarks>
internal static class TextPieces
{
    private static readonly SearchValues<byte> s_ends = SearchValues.Create(" \t\r\n()\""u8);

    /// <summary>The tokens of <paramref name="text"/>, in order; blanks and comments lie between them.</summary>
    public static List<Range> Cut(ReadOnlySpan<byte> text)
    {
        var pieces = new List<Range>();
        for (int at = 0; at < text.Length;)
        {
            int start = at;
            if (text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
            else if (text[at..].StartsWith(";;"u8)) at = EndOf(text, at, "\n"u8);
            else if (text[at..].StartsWith("(;"u8)) at = EndOf(text, at, ";)"u8);
            else
            {
                at = text[at] == '"' ? EndOfString(text, at) : text[at] is (byte)'(' or (byte)')' ? at + 1 : EndOfWord(text, at);
                pieces.Add(start..at);
            }
        }
        return pieces;
    }

    /// <summary>The number of the piece after the group that begins with piece <paramref name="first"/>, an opening parenthesis.</summary>
    public static int EndOfGroup(ReadOnlySpan<byte> text, List<Range> pieces, int first)
    {
        int depth = 0, at = first;
        do
        {
            byte begin = text[pieces[at++].Start];
            depth += begin == '(' ? 1 : begin == ')' ? -1 : 0;
        }
        while (depth > 0 && at < pieces.Count);
        return at;
    }

    /// <summary>The groups at the top of a text, several together up to <paramref name="byteCount"/> bytes.</summary>
    public static IEnumerable<byte[]> Chunks(byte[] text, int byteCount)
    {
        List<Range> pieces = Cut(text);
        int start = 0, end = 0;
        for (int at = 0; at < pieces.Count;)
        {
            at = EndOfGroup(text, pieces, at);
            int next = pieces[at - 1].End.Value;
            if (next - start > byteCount && end > start)
            {
                yield return text[start..end];
                start = end;
            }
            end = next;
        }
        if (end > start) yield return text[start..end];
    }

    private static int EndOf(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> mark)
        => text[at..].IndexOf(mark) is >= 0 and var distance ? at + distance + mark.Length : text.Length;

    private static int EndOfString(ReadOnlySpan<byte> text, int at)
    {
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\') at++;
        }
        return Math.Min(at + 1, text.Length);
    }

    private static int EndOfWord(ReadOnlySpan<byte> text, int at)
        => text[at..].IndexOfAny(s_ends) is >= 0 and var distance ? at + Math.Max(distance, 1) : text.Length;
}
