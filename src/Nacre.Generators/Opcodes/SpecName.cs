using System.Text.RegularExpressions;

namespace Nacre.Generators.Opcodes;

/// <summary>Names of members made from the spellings in the lists.</summary>
internal static class SpecName
{
    /// <summary><c>i32.div_s</c> to <c>I32DivS</c>, <c>integer-overflow</c> to <c>IntegerOverflow</c>: each part begins with a capital.</summary>
    public static string Pascal(string spelling)
        => string.Concat(spelling.Split('.', '_', '-', '/', ' ').Select(part => char.ToUpperInvariant(part[0]) + part.Substring(1)));

    /// <summary>Whether <paramref name="spelling"/> has lower-case letters and digits alone, parted by one of <paramref name="separators"/>.</summary>
    public static bool IsValid(string spelling, string separators)
        => Regex.IsMatch(spelling, $"^[a-z][a-z0-9]*([{separators}][a-z0-9]+)*$");
}
