using System.Globalization;

namespace Nacre.Syntax;

/// <summary>Writes floating-point numbers so that the same bits are read. Spec: Text Format, Values, Floating-Point.</summary>
internal static class FloatText
{
    private const int SingleFractionBits = 23, DoubleFractionBits = 52;

    /// <summary>The shortest decimal number that is nearest to an <c>f32</c>, or <c>inf</c>, <c>nan</c>, <c>nan:0x…</c>.</summary>
    public static string OfSingle(uint bits)
    {
        float value = BitConverter.UInt32BitsToSingle(bits);
        return float.IsFinite(value)
            ? Lower(value.ToString("R", CultureInfo.InvariantCulture))
            : Special((bits >> 31) != 0, bits & ((1u << SingleFractionBits) - 1), SingleFractionBits);
    }

    /// <summary>The shortest decimal number that is nearest to an <c>f64</c>, or <c>inf</c>, <c>nan</c>, <c>nan:0x…</c>.</summary>
    public static string OfDouble(ulong bits)
    {
        double value = BitConverter.UInt64BitsToDouble(bits);
        return double.IsFinite(value)
            ? Lower(value.ToString("R", CultureInfo.InvariantCulture))
            : Special((bits >> 63) != 0, bits & ((1UL << DoubleFractionBits) - 1), DoubleFractionBits);
    }

    private static string Lower(string text) => text.Replace("E", "e", StringComparison.Ordinal);

    private static string Special(bool isNegative, ulong fraction, int fractionBits)
    {
        ulong quiet = 1UL << (fractionBits - 1);
        string magnitude = fraction == 0 ? "inf" : fraction == quiet ? "nan" : string.Create(CultureInfo.InvariantCulture, $"nan:0x{fraction:x}");
        return isNegative ? "-" + magnitude : magnitude;
    }
}
