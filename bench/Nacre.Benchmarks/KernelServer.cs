using System.Diagnostics;
using System.Globalization;

namespace Nacre.Benchmarks;

/// <summary>The other side of a <see cref="Contender"/>: runs kernels on one engine, as they are asked for on standard input.</summary>
internal static class KernelServer
{
    /// <summary>Answers requests until they end.</summary>
    /// <returns>False when this process cannot have memories of the strategy.</returns>
    public static bool Serve(EngineKind kind, MemoryStrategy strategy)
    {
        using var engine = new Engine(new EngineOptions { Kind = kind, MemoryStrategy = strategy });
        if (engine.MemoryStrategy != strategy) return false;
        using var store = new Store(engine);
        var kernels = new Dictionary<string, Function<int, int>>();
        while (Console.ReadLine() is { } request)
        {
            string[] words = request.Split(' ');
            if (!kernels.TryGetValue(words[0], out Function<int, int>? run))
            {
                run = new Linker(engine).Instantiate(store, engine.Compile(File.ReadAllBytes(words[0]))).Function<int, int>("run");
                kernels.Add(words[0], run);
            }
            Console.WriteLine(Answer(run, int.Parse(words[1], CultureInfo.InvariantCulture)));
        }
        return true;
    }

    private static string Answer(Function<int, int> run, int n)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan processorBefore = Environment.CpuUsage.TotalTime;
        int checksum = run.Invoke(n);
        double processor = (Environment.CpuUsage.TotalTime - processorBefore).TotalNanoseconds;
        double clock = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        return string.Create(CultureInfo.InvariantCulture, $"{checksum} {processor:F0} {clock:F0}");
    }
}
