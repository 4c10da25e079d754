using System.Globalization;
using System.Numerics;

namespace Nacre.Text;

/// <summary>The values of floating-point literals, rounded once, to nearest, ties to even.</summary>
/// <remarks>Spec: Text Format, Values, Floating-Point.</remarks>
internal static class FloatLiteral
{
    // Beyond this many an exponent decides alone; far from both ends of what an int holds, whatever the number of digits.
    private const int LargestExponent = 1 << 30;

    /// <summary>The shape of a format: bits of the fraction, and of the exponent.</summary>
    private readonly record struct Format(int FractionBits, int ExponentBits)
    {
        public int Bias => (1 << (ExponentBits - 1)) - 1;
        public ulong Infinity => ((1UL << ExponentBits) - 1) << FractionBits;
        public ulong Quiet => 1UL << (FractionBits - 1);
        public int SignShift => FractionBits + ExponentBits;
    }

    private static readonly Format s_single = new(23, 8), s_double = new(52, 11);

    /// <summary>The bits of the <c>f32</c> that <paramref name="literal"/> stands for.</summary>
    /// <returns>False when the value is out of range.</returns>
    public static bool TryReadSingle(ReadOnlySpan<byte> literal, out uint bits)
    {
        bool isInRange = TryRead(literal, s_single, out ulong wide);
        bits = (uint)wide;
        return isInRange;
    }

    /// <summary>The bits of the <c>f64</c> that <paramref name="literal"/> stands for.</summary>
    /// <returns>False when the value is out of range.</returns>
    public static bool TryReadDouble(ReadOnlySpan<byte> literal, out ulong bits) => TryRead(literal, s_double, out bits);

    private static bool TryRead(ReadOnlySpan<byte> literal, Format format, out ulong bits)
    {
        ulong sign = literal[0] == '-' ? 1UL << format.SignShift : 0;
        ReadOnlySpan<byte> magnitude = literal[0] is (byte)'+' or (byte)'-' ? literal[1..] : literal;
        bool isInRange = magnitude[0] switch
        {
            (byte)'i' => Infinity(format, out bits),
            (byte)'n' => TryReadNaN(magnitude, format, out bits),
            _ when NumberLiteral.IsHex(magnitude) => TryReadHex(magnitude[2..], format, out bits),
            _ => TryReadDecimal(magnitude, format, out bits),
        };
        bits |= sign;
        return isInRange;
    }

    private static bool Infinity(Format format, out ulong bits)
    {
        bits = format.Infinity;
        return true;
    }

    private static bool TryReadNaN(ReadOnlySpan<byte> literal, Format format, out ulong bits)
    {
        ulong payload = format.Quiet;
        bool isInRange = literal.Length == "nan".Length
            || (NumberLiteral.TryReadNat(literal["nan:".Length..], out payload) && payload != 0 && payload >> format.FractionBits == 0);
        bits = format.Infinity | payload;
        return isInRange;
    }

    // The framework parses decimals of any length exactly; only underscores have to go.
    private static bool TryReadDecimal(ReadOnlySpan<byte> literal, Format format, out ulong bits)
    {
        const int Short = 128;
        Span<byte> buffer = literal.Length <= Short ? stackalloc byte[Short] : new byte[literal.Length];
        int count = 0;
        bool isZero = true, isExponent = false;
        foreach (byte unit in literal)
        {
            if (unit == '_') continue;
            buffer[count++] = unit;
            isExponent |= unit is (byte)'e' or (byte)'E';
            isZero &= isExponent || unit is (byte)'0' or (byte)'.';
        }
        bits = 0;
        if (isZero) return true;

        if (format.FractionBits == s_single.FractionBits)
            bits = BitConverter.SingleToUInt32Bits(float.Parse(buffer[..count], NumberStyles.Float, CultureInfo.InvariantCulture));
        else
            bits = BitConverter.DoubleToUInt64Bits(double.Parse(buffer[..count], NumberStyles.Float, CultureInfo.InvariantCulture));
        return bits < format.Infinity;
    }

    // The first 16 digits that count are kept; of the others only whether one is not 0, in the lowest bit, where it cannot be lost
    // to anything but a tie: 64 bits are more than either format keeps, and two more.
    private static bool TryReadHex(ReadOnlySpan<byte> digits, Format format, out ulong bits)
    {
        ulong mantissa = 0;
        long exponent = 0;
        bool isAfterPoint = false;
        int i = 0;
        for (; i < digits.Length && (digits[i] | 0x20) != 'p'; i++)
        {
            if (digits[i] == '_') continue;
            if (digits[i] == '.')
            {
                isAfterPoint = true;
                continue;
            }
            uint digit = (uint)NumberLiteral.Digit(digits[i]);
            if (mantissa >> 60 == 0)
            {
                mantissa = (mantissa << 4) | digit;
                if (isAfterPoint) exponent -= 4;
            }
            else
            {
                mantissa |= digit == 0 ? 0UL : 1;
                if (!isAfterPoint) exponent += 4;
            }
        }
        if (i < digits.Length) exponent += ReadExponent(digits[(i + 1)..]);
        return TryRound(mantissa, exponent, format, out bits);
    }

    private static long ReadExponent(ReadOnlySpan<byte> digits)
    {
        bool isNegative = digits[0] == '-';
        long value = 0;
        foreach (byte unit in digits)
        {
            if (NumberLiteral.Digit(unit) < 10) value = Math.Min((value * 10) + NumberLiteral.Digit(unit), LargestExponent * 16L);
        }
        return isNegative ? -value : value;
    }

    // mantissa × 2^exponent
    private static bool TryRound(ulong mantissa, long exponent, Format format, out ulong bits)
    {
        bits = 0;
        if (mantissa == 0) return true;
        int leadingZeros = BitOperations.LeadingZeroCount(mantissa);
        mantissa <<= leadingZeros;                                   // 1.xxx × 2^top, the point after the first of 64 bits
        long top = exponent - leadingZeros + 63;
        if (top > format.Bias) return false;

        // A normal number keeps the fraction and the bit before it, a subnormal one less by how far it is below the smallest.
        long smallest = 1 - format.Bias;
        long below = Math.Max(0, smallest - top);
        if (below > format.FractionBits + 1) return true;            // less than half of the smallest
        int dropped = 63 - format.FractionBits + (int)below;
        ulong kept = dropped < 64 ? mantissa >> dropped : 0;
        ulong half = 1UL << (dropped - 1), rest = mantissa & (half | (half - 1));
        if (rest > half || (rest == half && (kept & 1) != 0)) kept++;

        // Without its first bit a normal number adds to the exponent; a carry moves into the exponent by itself.
        bits = below > 0 ? kept : kept + ((ulong)(top + format.Bias - 1) << format.FractionBits);
        return bits < format.Infinity;
    }
}
