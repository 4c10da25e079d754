using System.Diagnostics;

namespace Nacre.Benchmarks;

/// <summary>The medians of several runs: time on the clock, and time of the process on all cores together.</summary>
/// <param name="Clock">Time on the clock.</param>
/// <param name="Processor">Time of the process.</param>
/// <param name="LeastProcessor">Time of the process in its fastest run: what remains when nobody else is at work on the same core.</param>
internal readonly record struct Measurement(TimeSpan Clock, TimeSpan Processor, TimeSpan LeastProcessor)
{
    private const int WarmUpCount = 5, RunCount = 15;

    /// <summary>Runs <paramref name="action"/> some times unmeasured and then <see cref="RunCount"/> times measured.</summary>
    public static Measurement Of(Action action)
    {
        for (int i = 0; i < WarmUpCount; i++) action();
        var clock = new List<TimeSpan>();
        var processor = new List<TimeSpan>();
        for (int i = 0; i < RunCount; i++)
        {
            GC.Collect();
            TimeSpan processorBefore = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            action();
            clock.Add(Stopwatch.GetElapsedTime(start));
            processor.Add(Environment.CpuUsage.TotalTime - processorBefore);
        }
        return new Measurement(Median(clock), Median(processor), processor.Min());
    }

    /// <summary>The rates at which <paramref name="byteCount"/> bytes were worked through.</summary>
    public string Rates(long byteCount) => $"{Rate(byteCount, Clock):F0} MB/s by the clock ({Clock.TotalMilliseconds:F1} ms), "
        + $"{Rate(byteCount, Processor):F0} MB/s of one core ({Processor.TotalMilliseconds:F1} ms)";

    private static double Rate(long byteCount, TimeSpan time) => byteCount / time.TotalSeconds / 1e6;

    private static TimeSpan Median(List<TimeSpan> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
