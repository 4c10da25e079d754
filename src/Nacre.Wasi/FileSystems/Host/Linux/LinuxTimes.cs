namespace Nacre.Wasi.FileSystems;

/// <summary>Changes of times as Linux takes them.</summary>
internal static class LinuxTimes
{
    public const int Length = 4;

    /// <summary>Writes two <c>struct timespec</c>.</summary>
    public static void Write(TimeChange access, TimeChange modification, Span<long> times)
    {
        Write(access, times);
        Write(modification, times[2..]);
    }

    private static void Write(TimeChange change, Span<long> time)
    {
        const ulong NanosecondsPerSecond = 1_000_000_000;
        (time[0], time[1]) = change switch
        {
            { IsNow: true } => (0, LinuxCalls.TimeNow),
            { Nanoseconds: { } nanoseconds } => ((long)(nanoseconds / NanosecondsPerSecond), (long)(nanoseconds % NanosecondsPerSecond)),
            _ => (0, LinuxCalls.TimeOmitted),
        };
    }
}
