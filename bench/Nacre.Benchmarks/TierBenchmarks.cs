using System.Diagnostics;

namespace Nacre.Benchmarks;

/// <summary>What does each engine make of a kernel that is run once, and of one that is run again and again?</summary>
internal static class TierBenchmarks
{
    private const int RepetitionCount = 7;

    /// <summary>Prints a row for each kernel in <paramref name="folder"/>: for each engine the first run, with decoding and all, and the
    /// quickest of the others.</summary>
    /// <exception cref="InvalidOperationException">A kernel gave a wrong checksum.</exception>
    public static void Run(string folder)
    {
        EngineKind[] kinds = [EngineKind.Interpreter, EngineKind.Auto, EngineKind.Compiler];
        Console.WriteLine($"{"ms",-14} {string.Concat(kinds.Select(kind => $"{kind,14} 1st {"again",10}"))}");
        foreach (Kernel kernel in Kernel.Read(folder, []))
        {
            byte[] module = File.ReadAllBytes(Path.Combine(folder, kernel.FileName(kernel.Builds[0])));
            IEnumerable<string> columns = kinds
                .Select(kind => Measure(kind, module, kernel.N, kernel.Checksum))
                .Select(times => $"{times.First,18:F1} {times.Again,10:F1}");
            Console.WriteLine($"{kernel.Name,-14} {string.Concat(columns)}");
        }
    }

    private static (double First, double Again) Measure(EngineKind kind, byte[] module, int n, int expected)
    {
        long begin = Stopwatch.GetTimestamp();
        using var engine = new Engine(new EngineOptions { Kind = kind });
        using var store = new Store(engine);
        Function<int, int> run = new Linker(engine).Instantiate(store, engine.Compile(module)).Function<int, int>("run");
        double first = Time(begin), again = double.MaxValue;
        for (int i = 0; i < RepetitionCount; i++) again = Math.Min(again, Time(Stopwatch.GetTimestamp()));
        return (first, again);

        double Time(long start)
        {
            if (run.Invoke(n) != expected) throw new InvalidOperationException("a kernel gave a wrong checksum");
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }
}
