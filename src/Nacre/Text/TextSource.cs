using System.Text;

namespace Nacre.Text;

/// <summary>A text in UTF-8 and where it came from.</summary>
internal sealed class TextSource(byte[] bytes, string? fileName)
{
    // A line is quoted in full up to this many characters; of a longer one the part around the place is shown.
    private const int ExcerptLength = 120;

    /// <summary>The text.</summary>
    public byte[] Bytes { get; } = bytes;

    /// <summary>The file; null when the text came from elsewhere.</summary>
    public string? FileName { get; } = fileName;

    /// <summary>The error <paramref name="message"/> at a byte of the text.</summary>
    public MalformedModuleException Error(string message, int byteOffset)
    {
        (int start, int end) = LineAround(byteOffset);
        return new MalformedModuleException(message, PositionOf(byteOffset), Excerpt(start, end, byteOffset));
    }

    /// <summary>The same error, with its place in the text.</summary>
    public InvalidModuleException Locate(InvalidModuleException error, int byteOffset)
    {
        (int start, int end) = LineAround(byteOffset);
        return new InvalidModuleException(error, PositionOf(byteOffset), Excerpt(start, end, byteOffset));
    }

    /// <summary>Line and column of a byte of the text. Looks at all the text before it.</summary>
    public TextPosition PositionOf(int byteOffset)
    {
        (int start, _) = LineAround(byteOffset);
        int line = 1;
        for (int i = 0; i < start; i++)
        {
            if (Bytes[i] == '\n' || (Bytes[i] == '\r' && (i + 1 == Bytes.Length || Bytes[i + 1] != '\n'))) line++;
        }
        return new TextPosition(FileName, line, Characters(start, byteOffset).Length + 1);
    }

    private (int Start, int End) LineAround(int byteOffset)
    {
        ReadOnlySpan<byte> text = Bytes;
        int start = text[..byteOffset].LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        int length = text[byteOffset..].IndexOfAny((byte)'\n', (byte)'\r');
        return (start, length < 0 ? text.Length : byteOffset + length);
    }

    private string Characters(int start, int end) => Encoding.UTF8.GetString(Bytes.AsSpan(start, end - start));

    // The line, then a caret; tabs stay tabs before it, so that it stands where the eye expects it.
    private string Excerpt(int start, int end, int byteOffset)
    {
        string before = Characters(start, byteOffset), after = Characters(byteOffset, end);
        if (before.Length > ExcerptLength / 2) before = $"…{before[^(ExcerptLength / 2)..]}";
        if (after.Length > ExcerptLength / 2) after = $"{after[..(ExcerptLength / 2)]}…";
        var caret = new StringBuilder("    ", before.Length + 5);
        foreach (char unit in before) caret.Append(unit == '\t' ? '\t' : ' ');
        return $"    {before}{after}{Environment.NewLine}{caret}^";
    }
}
