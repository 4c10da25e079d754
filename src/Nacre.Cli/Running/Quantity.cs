using System.Globalization;

namespace Nacre.Cli.Running;

/// <summary>Numbers with units, as options take them.</summary>
internal static class Quantity
{
    // A unit that ends like another stands before it.
    private static readonly (string Unit, ulong ByteCount)[] s_sizes =
    [
        ("KiB", 1UL << 10), ("MiB", 1UL << 20), ("GiB", 1UL << 30), ("K", 1UL << 10), ("M", 1UL << 20), ("G", 1UL << 30), ("", 1),
    ];

    private static readonly (string Unit, TimeSpan Length)[] s_durations =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)),
        ("", TimeSpan.FromSeconds(1)),
    ];

    /// <summary>A number that an <see cref="int"/> or <see cref="long"/> can be, as the option needs.</summary>
    public static bool TryParseCount(string text, out ulong count)
        => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count <= long.MaxValue;

    /// <summary>A number of bytes: <c>65536</c>, <c>64K</c>, <c>64KiB</c>, <c>16M</c>, <c>2GiB</c>.</summary>
    public static bool TryParseByteCount(string text, out ulong byteCount)
    {
        (string unit, ulong size) = s_sizes.First(entry => text.EndsWith(entry.Unit, StringComparison.Ordinal));
        bool isNumber = TryParseCount(text[..^unit.Length], out ulong count);
        UInt128 product = (UInt128)count * size;
        byteCount = (ulong)product;
        return isNumber && product <= ulong.MaxValue;
    }

    /// <summary>A time: <c>250ms</c>, <c>1.5s</c>, <c>2m</c>, <c>1h</c>; a plain number counts seconds. It is more than nothing, and less than timers can take.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
    {
        const double LongestMilliseconds = uint.MaxValue - 1;
        (string unit, TimeSpan length) = s_durations.First(entry => text.EndsWith(entry.Unit, StringComparison.Ordinal));
        bool isNumber = double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count);
        double milliseconds = count * length.TotalMilliseconds;
        bool isLength = isNumber && milliseconds is > 0 and < LongestMilliseconds;
        duration = isLength ? TimeSpan.FromMilliseconds(milliseconds) : default;
        return isLength;
    }
}
