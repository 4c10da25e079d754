using System.Globalization;
using Nacre.Syntax;

namespace Nacre.Cli;

/// <summary>Numbers on the command line: how arguments of <c>--invoke</c> are read; results are printed so that the same is read again.</summary>
/// <remarks>The forms are those of the text format. Spec: Text Format, Values.</remarks>
internal static class ValueText
{
    /// <summary>Reads a value of type <paramref name="type"/>.</summary>
    /// <exception cref="UsageException">The text is no such value, or values of this type cannot be given.</exception>
    public static Value Parse(string text, ValType type)
    {
        if (type == ValType.I32) return Value.FromInt32((int)(uint)ParseInteger(text, type, bitCount: 32));
        if (type == ValType.I64) return Value.FromInt64((long)ParseInteger(text, type, bitCount: 64));
        if (type == ValType.F32) return Value.FromSingle(FloatParser.ParseSingle(text) ?? throw No(text, type));
        if (type == ValType.F64) return Value.FromDouble(FloatParser.ParseDouble(text) ?? throw No(text, type));
        if (type.IsReference && type.IsNullable && text == "null") return Value.Null(type);
        throw No(text, type);
    }

    /// <summary>An integer, signed or unsigned, decimal or hexadecimal, with <c>_</c> between digits: its low <paramref name="bitCount"/> bits.</summary>
    private static ulong ParseInteger(string text, ValType type, int bitCount)
    {
        bool isNegative = text.StartsWith('-');
        string digits = text.TrimStart('+', '-').Replace("_", "", StringComparison.Ordinal);
        bool isHexadecimal = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool isNumber = isHexadecimal
            ? ulong.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong magnitude)
            : ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out magnitude);

        ulong limit = isNegative ? 1UL << (bitCount - 1) : ulong.MaxValue >> (64 - bitCount);
        if (!isNumber || magnitude > limit || text.Length - text.TrimStart('+', '-').Length > 1) throw No(text, type);
        return isNegative ? 0 - magnitude : magnitude;
    }

    private static UsageException No(string text, ValType type) => new($"'{text}' is no value of type {type}.");
}
