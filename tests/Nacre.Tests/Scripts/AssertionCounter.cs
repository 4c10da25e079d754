namespace Nacre.Tests.Scripts;

/// <summary>Counts assertions without the parser: words after an opening parenthesis, outside of strings, comments and threads.</summary>
internal static class AssertionCounter
{
    public static int Count(ReadOnlySpan<byte> text)
    {
        int count = 0, depth = 0;
        for (int at = 0; at < text.Length; at++)
        {
            ReadOnlySpan<byte> rest = text[at..];
            if (rest[0] == '"') at += EndOfString(rest);
            else if (rest.StartsWith(";;"u8)) at += rest.IndexOfAny((byte)'\n', (byte)'\r') is var end && end < 0 ? rest.Length : end;
            else if (rest.StartsWith("(;"u8)) at += EndOfComment(rest);
            else if (rest[0] is (byte)'(' or (byte)')')
            {
                if (depth == 0 && rest.StartsWith("(assert_"u8)) count++;
                depth += rest[0] == '(' ? 1 : -1;
            }
        }
        return count;
    }

    private static int EndOfString(ReadOnlySpan<byte> text)
    {
        int at = 1;
        while (text[at] != '"') at += text[at] == '\\' ? 2 : 1;
        return at;
    }

    private static int EndOfComment(ReadOnlySpan<byte> text)
    {
        int at = 2;
        for (int depth = 1; depth > 0;)
        {
            int change = text[at..].StartsWith("(;"u8) ? 1 : text[at..].StartsWith(";)"u8) ? -1 : 0;
            depth += change;
            at += change == 0 ? 1 : 2;
        }
        return at - 1;
    }
}
