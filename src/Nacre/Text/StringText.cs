using System.Globalization;
using System.Text;

namespace Nacre.Text;

/// <summary>Writes strings between quotation marks. Spec: Text Format, Values, Strings.</summary>
internal static class StringText
{
    private const string HexDigits = "0123456789abcdef";

    /// <summary>Writes bytes, of which the printable ones are told as characters.</summary>
    public static void Write(TextOutput output, ReadOnlySpan<byte> bytes)
    {
        output.Add('"');
        foreach (byte unit in bytes)
        {
            if (unit is < 0x20 or > 0x7E or (byte)'"' or (byte)'\\') output.Add('\\').Add(HexDigits[unit >> 4]).Add(HexDigits[unit & 15]);
            else output.Add((char)unit);
        }
        output.Add('"');
    }

    /// <summary>Writes a name, where only what cannot be seen is escaped.</summary>
    public static void Write(TextOutput output, string name)
    {
        output.Add('"');
        Span<char> units = stackalloc char[2];
        foreach (Rune rune in name.EnumerateRunes())
        {
            if (rune.Value is '"' or '\\') output.Add('\\').Add((char)rune.Value);
            else if (IsVisible(rune)) output.Add(units[..rune.EncodeToUtf16(units)]);
            else output.Add("\\u{").Add(rune.Value.ToString("x", CultureInfo.InvariantCulture)).Add('}');
        }
        output.Add('"');
    }

    private static bool IsVisible(Rune rune) => rune.Value == ' ' || (rune.Value is > ' ' and < 0x7F) || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);
}
