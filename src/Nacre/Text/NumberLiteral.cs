namespace Nacre.Text;

/// <summary>Which literals are numbers, and the values of those that are integers.</summary>
/// <remarks>Spec: Text Format, Values, Integers and Floating-Point.</remarks>
internal static class NumberLiteral
{
    private const int NoDigit = 255;

    /// <summary>The value of a digit up to <c>f</c>; 255 for everything else.</summary>
    public static int Digit(byte unit) => unit switch
    {
        >= (byte)'0' and <= (byte)'9' => unit - '0',
        >= (byte)'a' and <= (byte)'f' => unit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => unit - 'A' + 10,
        _ => NoDigit,
    };

    /// <summary>What a word that begins with a digit or sign, or with <c>inf</c> or <c>nan</c>, is.</summary>
    /// <returns><see cref="TokenKind.Nat"/>, <see cref="TokenKind.Int"/>, <see cref="TokenKind.Float"/>, or
    /// <see cref="TokenKind.Error"/> when it is no number.</returns>
    public static TokenKind Classify(ReadOnlySpan<byte> word)
    {
        bool isSigned = word[0] is (byte)'+' or (byte)'-';
        ReadOnlySpan<byte> rest = isSigned ? word[1..] : word;
        if (rest.IsEmpty) return TokenKind.Error;
        if (Digit(rest[0]) >= 10) return IsSpecial(rest) ? TokenKind.Float : TokenKind.Error;

        bool isHex = IsHex(rest);
        int numberBase = isHex ? 16 : 10;
        if (isHex) rest = rest[2..];
        if (!SkipDigits(ref rest, numberBase)) return TokenKind.Error;
        if (rest.IsEmpty) return isSigned ? TokenKind.Int : TokenKind.Nat;
        return IsFraction(rest, numberBase) ? TokenKind.Float : TokenKind.Error;
    }

    /// <summary>Whether <paramref name="unsigned"/> begins with <c>0x</c>.</summary>
    public static bool IsHex(ReadOnlySpan<byte> unsigned) => unsigned.Length > 2 && unsigned[0] == '0' && unsigned[1] == 'x';

    /// <summary>The value of an integer literal without sign, when it is not larger than 64 bits hold.</summary>
    public static bool TryReadNat(ReadOnlySpan<byte> digits, out ulong value)
    {
        value = 0;
        bool isHex = IsHex(digits);
        uint numberBase = isHex ? 16u : 10u;
        foreach (byte unit in isHex ? digits[2..] : digits)
        {
            if (unit == '_') continue;
            if (value > ulong.MaxValue / numberBase) return false;
            ulong shifted = value * numberBase;
            value = shifted + (uint)Digit(unit);
            if (value < shifted) return false;
        }
        return true;
    }

    /// <summary>The value of an integer literal, when an integer of <paramref name="bitCount"/> bits, signed or unsigned, can hold it.</summary>
    public static bool TryReadInt(ReadOnlySpan<byte> literal, int bitCount, out ulong bits)
    {
        bool isNegative = literal[0] == '-';
        if (!TryReadNat(literal[0] is (byte)'+' or (byte)'-' ? literal[1..] : literal, out bits)) return false;
        ulong mask = ulong.MaxValue >> (64 - bitCount);
        if (!isNegative) return bits <= mask;
        if (bits > (mask >> 1) + 1) return false;
        bits = unchecked(0 - bits) & mask;
        return true;
    }

    // What follows the digits before the point: a point, digits, an exponent.
    private static bool IsFraction(ReadOnlySpan<byte> rest, int numberBase)
    {
        if (rest[0] == '.')
        {
            rest = rest[1..];
            if (!rest.IsEmpty && Digit(rest[0]) < numberBase && !SkipDigits(ref rest, numberBase)) return false;
            if (rest.IsEmpty) return true;
        }
        char marker = numberBase == 16 ? 'p' : 'e';
        if ((rest[0] | 0x20) != marker) return false;
        rest = rest[1..];
        if (!rest.IsEmpty && rest[0] is (byte)'+' or (byte)'-') rest = rest[1..];
        return SkipDigits(ref rest, 10) && rest.IsEmpty;
    }

    // Digits, with single underscores between them.
    private static bool SkipDigits(ref ReadOnlySpan<byte> rest, int numberBase)
    {
        int count = 0;
        while (true)
        {
            if (count == rest.Length || Digit(rest[count]) >= numberBase) return false;
            while (count < rest.Length && Digit(rest[count]) < numberBase) count++;
            if (count == rest.Length || rest[count] != '_') break;
            count++;
        }
        rest = rest[count..];
        return true;
    }

    private static bool IsSpecial(ReadOnlySpan<byte> word)
    {
        if (word.SequenceEqual("inf"u8) || word.SequenceEqual("nan"u8)) return true;
        if (!word.StartsWith("nan:0x"u8)) return false;
        word = word["nan:0x".Length..];
        return SkipDigits(ref word, 16) && word.IsEmpty;
    }
}
