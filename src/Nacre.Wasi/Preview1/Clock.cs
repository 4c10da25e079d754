using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Preview1;

/// <summary>The guest's two clocks over the host's <see cref="TimeProvider"/>, in nanoseconds.</summary>
/// <remarks>The monotonic clock starts at 0 when the guest does: how long the host has been running is none of its business.</remarks>
internal sealed class Clock(TimeProvider time)
{
    private const uint RealtimeId = 0, MonotonicId = 1;
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    private readonly long _startTimestamp = time.GetTimestamp();

    /// <summary>Where the clocks get their time from.</summary>
    public TimeProvider Time => time;

    /// <summary>The time on a clock; false for a clock that does not exist.</summary>
    public bool TryGetTime(uint clockId, out ulong nanoseconds)
    {
        nanoseconds = clockId switch
        {
            RealtimeId => UnixTime.Of(time.GetUtcNow()),
            MonotonicId => (ulong)((UInt128)(ulong)(time.GetTimestamp() - _startTimestamp) * NanosecondsPerSecond / (ulong)time.TimestampFrequency),
            _ => 0,
        };
        return clockId is RealtimeId or MonotonicId;
    }

    /// <summary>The least difference that a clock shows; false for a clock that does not exist.</summary>
    public bool TryGetResolution(uint clockId, out ulong nanoseconds)
    {
        nanoseconds = clockId == RealtimeId ? TimeSpan.NanosecondsPerTick : Math.Max(1, NanosecondsPerSecond / (ulong)time.TimestampFrequency);
        return clockId is RealtimeId or MonotonicId;
    }
}
