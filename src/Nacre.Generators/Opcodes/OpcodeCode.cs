using System.Globalization;
using System.Text.RegularExpressions;

namespace Nacre.Generators.Opcodes;

/// <summary>A code: one byte, or a number after a prefix.</summary>
/// <param name="Prefix">The prefix byte; 0 without one.</param>
/// <param name="Number">The byte, or the number after the prefix.</param>
internal readonly record struct OpcodeCode(byte Prefix, uint Number) : IComparable<OpcodeCode>
{
    /// <summary>The byte an instruction with this code begins with.</summary>
    public byte FirstByte => Prefix == 0 ? (byte)Number : Prefix;

    /// <summary>Understands <c>0x6A</c> and <c>0xFC:8</c>.</summary>
    public static OpcodeCode? Parse(string column)
    {
        Match match = Regex.Match(column, "^0x([0-9A-F]{2})(?::([0-9]{1,4}))?$");
        if (!match.Success) return null;
        byte first = byte.Parse(match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        if (!match.Groups[2].Success) return new OpcodeCode(0, first);
        return first == 0 ? null : new OpcodeCode(first, uint.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public int CompareTo(OpcodeCode other)
    {
        int byFirst = FirstByte.CompareTo(other.FirstByte);
        if (byFirst != 0) return byFirst;
        int byPrefix = Prefix.CompareTo(other.Prefix);
        return byPrefix != 0 ? byPrefix : Number.CompareTo(other.Number);
    }

    /// <summary>The code as the list spells it.</summary>
    public override string ToString() => Prefix == 0 ? $"0x{Number:X2}" : $"0x{Prefix:X2}:{Number}";
}
