using System.Globalization;
using System.Text;
using Nacre.Binary;

namespace Nacre.Text;

/// <summary>Strings of the text format: their extent, and the bytes they stand for.</summary>
/// <remarks>Spec: Text Format, Values, Strings.</remarks>
internal static class StringLiteral
{
    private const int LargestScalar = 0x10FFFF;

    /// <summary>Finds the end of a string.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where its opening quote is.</param>
    /// <param name="end">One past its closing quote; where the error is when there is one.</param>
    /// <returns>What is wrong about it; null when nothing is.</returns>
    public static LexicalError? Scan(ReadOnlySpan<byte> text, int start, out int end)
    {
        for (end = start + 1; end < text.Length; end++)
        {
            byte unit = text[end];
            if (unit == '"')
            {
                end++;
                return null;
            }
            if (unit is (byte)'\n' or (byte)'\r') return LexicalError.UnclosedString;
            if (unit is < 0x20 or 0x7F) return LexicalError.IllegalCharacter;
            if (unit != '\\') continue;
            int length = EscapeLength(text[end..]);
            if (length == 0) return LexicalError.IllegalEscape;
            end += length - 1;
        }
        return LexicalError.UnclosedString;
    }

    /// <summary>Appends the bytes that a well-formed string, quotes included, stands for.</summary>
    public static void Decode(ReadOnlySpan<byte> quoted, ByteWriter output)
    {
        ReadOnlySpan<byte> rest = quoted[1..^1];
        while (true)
        {
            int plain = rest.IndexOf((byte)'\\');
            if (plain < 0) break;
            output.WriteBytes(rest[..plain]);
            rest = rest[plain..];
            int length = EscapeLength(rest);
            WriteEscape(rest[..length], output);
            rest = rest[length..];
        }
        output.WriteBytes(rest);
    }

    /// <summary>The bytes that a well-formed string, quotes included, stands for.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> quoted)
    {
        var output = new ByteWriter(quoted.Length);
        Decode(quoted, output);
        return output.ToArray();
    }

    // The length of the escape that text begins with; 0 when it is none.
    private static int EscapeLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2) return 0;
        if (text[1] is (byte)'t' or (byte)'n' or (byte)'r' or (byte)'"' or (byte)'\'' or (byte)'\\') return 2;
        if (text[1] == 'u') return ScalarLength(text);
        return text.Length >= 3 && Digit(text[1]) < 16 && Digit(text[2]) < 16 ? 3 : 0;
    }

    private static int ScalarLength(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOf((byte)'}') + 1;
        if (length < 5 || text[2] != '{') return 0;
        return TryReadScalar(text[3..(length - 1)], out _) ? length : 0;
    }

    private static bool TryReadScalar(ReadOnlySpan<byte> digits, out int scalar)
    {
        scalar = 0;
        bool wantsDigit = true;
        foreach (byte unit in digits)
        {
            if (unit == '_' && !wantsDigit)
            {
                wantsDigit = true;
                continue;
            }
            int digit = Digit(unit);
            if (digit >= 16) return false;
            wantsDigit = false;
            scalar = (scalar * 16) + digit;
            if (scalar > LargestScalar) return false;
        }
        return !wantsDigit && Rune.IsValid(scalar);
    }

    private static void WriteEscape(ReadOnlySpan<byte> escape, ByteWriter output)
    {
        if (escape.Length == 2)
        {
            output.WriteByte(escape[1] switch { (byte)'t' => (byte)'\t', (byte)'n' => (byte)'\n', (byte)'r' => (byte)'\r', byte other => other });
            return;
        }
        if (escape[1] != 'u')
        {
            output.WriteByte(byte.Parse(escape[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            return;
        }
        _ = TryReadScalar(escape[3..^1], out int scalar);
        Span<byte> utf8 = stackalloc byte[4];
        output.WriteBytes(utf8[..new Rune(scalar).EncodeToUtf8(utf8)]);
    }

    private static int Digit(byte unit) => NumberLiteral.Digit(unit);
}
