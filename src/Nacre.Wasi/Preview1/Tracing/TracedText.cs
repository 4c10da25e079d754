using System.Globalization;
using System.Text;
using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Preview1;

/// <summary>Values as a trace shows them: under the names that the specification gives them.</summary>
internal static class TracedText
{
    private const int LongestText = 32;

    /// <summary>An error number.</summary>
    public static string Of(Errno errno) => errno == Errno.TooBig ? "2big" : Name(errno.ToString());

    /// <summary>A set of flags, which are numbers where they have no names.</summary>
    public static string Of<T>(T flags)
        where T : struct, Enum
        => string.Join('|', flags.ToString().Split(", ").Select(Name));

    /// <summary>A clock.</summary>
    public static string OfClock(ulong id) => id switch
    {
        0 => "realtime",
        1 => "monotonic",
        2 => "process_cputime_id",
        3 => "thread_cputime_id",
        _ => id.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Bytes as a text in quotes: its beginning, when it is long.</summary>
    public static string Quote(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("\"");
        foreach (byte value in bytes[..Math.Min(bytes.Length, LongestText)])
        {
            text.Append(value switch
            {
                (byte)'\n' => "\\n",
                (byte)'\r' => "\\r",
                (byte)'\t' => "\\t",
                (byte)'"' => "\\\"",
                (byte)'\\' => "\\\\",
                >= 0x20 and < 0x7F => ((char)value).ToString(),
                _ => $"\\{value:x2}",
            });
        }
        return text.Append(bytes.Length > LongestText ? "\"…" : "\"").ToString();
    }

    /// <summary>A path: as text when it is UTF-8.</summary>
    public static string QuotePath(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > WasiDirectory.MaximumPathByteCount) return Quote(bytes);
        try
        {
            // A copy: the text is looked at twice, and the guest's threads may change it between.
            return '"' + Escape(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.ToArray())) + '"';
        }
        catch (DecoderFallbackException)
        {
            return Quote(bytes);
        }
    }

    // A guest must not be able to write lines of its own into the trace, or to the terminal.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\') escaped.Append('\\').Append(rune);
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            else escaped.Append(rune);
        }
        return escaped.ToString();
    }

    // PathOpen is path_open.
    private static string Name(string name)
    {
        var text = new StringBuilder();
        foreach (char character in name)
        {
            if (char.IsAsciiLetterUpper(character) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(character));
        }
        return text.ToString();
    }
}
