namespace Nacre.Wasi.FileSystems;

/// <summary>Times as guests know them.</summary>
internal static class UnixTime
{
    private const long LargestTickCount = (long)(ulong.MaxValue / TimeSpan.NanosecondsPerTick);

    /// <summary>Nanoseconds since 1970 began (UTC); 0 for what was before, and the largest number for what they do not reach.</summary>
    public static ulong Of(DateTimeOffset time)
        => (ulong)Math.Clamp((time - DateTimeOffset.UnixEpoch).Ticks, 0, LargestTickCount) * TimeSpan.NanosecondsPerTick;
}
