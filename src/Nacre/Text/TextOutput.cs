namespace Nacre.Text;

/// <summary>Characters that grow at their end.</summary>
internal sealed class TextOutput
{
    // Deeper lines are not moved further to the right: their spaces would take more room than the text.
    private const int DeepestIndentation = 40;

    private char[] _chars = new char[1024];

    /// <summary>Number of characters.</summary>
    public int Count { get; private set; }

    /// <summary>The characters; valid until more are added.</summary>
    public ReadOnlySpan<char> Written => _chars.AsSpan(0, Count);

    /// <summary>Adds text.</summary>
    public TextOutput Add(ReadOnlySpan<char> text)
    {
        text.CopyTo(Take(text.Length));
        return this;
    }

    /// <summary>Adds a character.</summary>
    public TextOutput Add(char character)
    {
        Take(1)[0] = character;
        return this;
    }

    /// <summary>Adds a number in decimal.</summary>
    public TextOutput Add(ulong number)
    {
        Span<char> digits = stackalloc char[20];
        number.TryFormat(digits, out int count, provider: System.Globalization.CultureInfo.InvariantCulture);
        return Add(digits[..count]);
    }

    /// <summary>Adds a number in decimal.</summary>
    public TextOutput Add(long number) => number < 0 ? Add('-').Add(0 - (ulong)number) : Add((ulong)number);

    /// <summary>Adds ASCII characters, given in UTF-8.</summary>
    public TextOutput AddAscii(ReadOnlySpan<byte> text)
    {
        Span<char> taken = Take(text.Length);
        for (int i = 0; i < text.Length; i++) taken[i] = (char)text[i];
        return this;
    }

    /// <summary>Begins a line, two columns to the right for each level.</summary>
    public TextOutput Line(int level) => Add('\n').Indent(level);

    /// <summary>Adds two spaces for each level.</summary>
    public TextOutput Indent(int level)
    {
        Take(2 * Math.Min(level, DeepestIndentation)).Fill(' ');
        return this;
    }

    /// <summary>Hands over what was added, and begins anew.</summary>
    public void FlushTo(TextWriter output)
    {
        output.Write(Written);
        Count = 0;
    }

    /// <summary>Forgets what was added.</summary>
    public void Clear() => Count = 0;

    private Span<char> Take(int count)
    {
        if (count > _chars.Length - Count)
            Array.Resize(ref _chars, (int)Math.Min(Math.Max((long)_chars.Length * 2, (long)Count + count), Array.MaxLength));
        Span<char> taken = _chars.AsSpan(Count, count);
        Count += count;
        return taken;
    }
}
