using System.Globalization;
using System.Numerics;

namespace Nacre.Cli;

/// <summary>Reads floating-point numbers: decimal, hexadecimal, <c>inf</c>, <c>nan</c>, and <c>nan:0x…</c> with a payload.</summary>
/// <remarks>Spec: Text Format, Values, Floating-Point.</remarks>
internal static class FloatParser
{
    private const int SinglePayloadBits = 23, DoublePayloadBits = 52;
    private const int MaxExponent = 5000;        // beyond every number of either format, and short enough to compute with

    /// <summary>The nearest <c>f32</c>; null when the text is no number or one out of range.</summary>
    public static float? ParseSingle(string text)
        => Parse(text, SinglePayloadBits, static payload => BitConverter.UInt32BitsToSingle(0x7F80_0000 | (uint)payload));

    /// <summary>The nearest <c>f64</c>; null when the text is no number or one out of range.</summary>
    public static double? ParseDouble(string text)
        => Parse(text, DoublePayloadBits, static payload => BitConverter.UInt64BitsToDouble(0x7FF0_0000_0000_0000 | payload));

    private static ulong Quiet(int payloadBits) => 1UL << (payloadBits - 1);

    private static T? Parse<T>(string text, int payloadBits, Func<ulong, T> notANumber) where T : struct, IBinaryFloatingPointIeee754<T>
    {
        bool isNegative = text.StartsWith('-');
        string body = (isNegative || text.StartsWith('+') ? text[1..] : text).Replace("_", "", StringComparison.Ordinal);
        T? magnitude = body switch
        {
            "inf" => T.PositiveInfinity,
            "nan" => notANumber(Quiet(payloadBits)),
            ['n', 'a', 'n', ':', '0', 'x', .. var digits] => ParsePayload(digits, payloadBits) is { } payload ? notANumber(payload) : null,
            ['0', 'x' or 'X', .. var digits] => ParseDecimal<T>(ToDecimal(digits)),
            _ => ParseDecimal<T>(body),
        };
        return isNegative ? -magnitude : magnitude;
    }

    private static ulong? ParsePayload(string digits, int payloadBits)
        => ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong payload)
            && payload != 0 && payload >> payloadBits == 0 ? payload : null;

    private static T? ParseDecimal<T>(string text) where T : struct, IBinaryFloatingPointIeee754<T>
        => text.Length > 0 && char.IsAsciiDigit(text[0])
            && T.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out T value)
            && T.IsFinite(value) ? value : null;

    /// <summary>A hexadecimal number, without its <c>0x</c>, in decimal: every fraction of powers of two is one of powers of ten.</summary>
    /// <returns>Nothing when the text is no such number.</returns>
    private static string ToDecimal(string text)
    {
        int exponentIndex = text.IndexOfAny(['p', 'P']);
        string mantissa = exponentIndex < 0 ? text : text[..exponentIndex];
        int exponent = 0;
        if (exponentIndex >= 0 && !int.TryParse(text[(exponentIndex + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            return "";

        int pointIndex = mantissa.IndexOf('.', StringComparison.Ordinal);
        int fractionDigitCount = pointIndex < 0 ? 0 : mantissa.Length - pointIndex - 1;
        string digits = pointIndex < 0 ? mantissa : mantissa.Remove(pointIndex, 1);
        if (mantissa.Length == 0 || pointIndex == 0 || !BigInteger.TryParse("0" + digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out BigInteger number))
            return "";

        exponent = Math.Clamp(exponent, -MaxExponent, MaxExponent) - 4 * fractionDigitCount;
        return exponent >= 0
            ? (number << exponent).ToString(CultureInfo.InvariantCulture)
            : $"{(number * BigInteger.Pow(5, -exponent)).ToString(CultureInfo.InvariantCulture)}E{exponent}";
    }
}
