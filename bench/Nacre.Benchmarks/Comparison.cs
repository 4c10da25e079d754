using System.Diagnostics;

namespace Nacre.Benchmarks;

/// <summary>How long does each kernel take on each engine, compared with native code and with V8?</summary>
/// <remarks>
/// All contenders live at the same time and take turns, so that whatever else the machine does meets all of them. What counts is the
/// processor time of their processes.
/// </remarks>
internal static class Comparison
{
    private const int DefaultRoundCount = 15, QuickRoundCount = 3, WarmUpCount = 3, SlowShare = 5;

    /// <summary>Reads <c>[--kernels NAME,…] [--rounds N] [--quick]</c>, measures, and prints a table of Markdown for each kind of modules.</summary>
    /// <exception cref="ArgumentException">The options are others, or there is no such kernel.</exception>
    /// <exception cref="InvalidOperationException">A contender failed, or gave a wrong checksum.</exception>
    public static void Run(string folder, ReadOnlySpan<string> options)
    {
        int roundCount = DefaultRoundCount;
        string[] names = [];
        for (int i = 0; i < options.Length; i++)
        {
            switch (options[i])
            {
                case "--quick": roundCount = QuickRoundCount; break;
                case "--rounds" when i + 1 < options.Length && int.TryParse(options[++i], out int count) && count > 0: roundCount = count; break;
                case "--kernels" when i + 1 < options.Length: names = options[++i].Split(','); break;
                default: throw new ArgumentException($"what is {options[i]}?", nameof(options));
            }
        }

        List<Kernel> kernels = Kernel.Read(folder, names);
        using var contenders = new Contenders(Path.GetFullPath(folder), kernels);
        foreach (KernelBuild build in Enum.GetValues<KernelBuild>())
        {
            var table = new ComparisonTable(contenders.All);
            foreach (Kernel kernel in kernels.Where(kernel => kernel.Builds.Contains(build)))
                table.Add(kernel, Measure(contenders.All, kernel, build, roundCount));
            table.Print(build == KernelBuild.Simd ? "Modules with SIMD" : "Modules without SIMD");
        }
    }

    // Rounds of one kernel follow each other; in a round everybody runs once, each time in another order.
    private static RunTime[][] Measure(IReadOnlyList<Contender> contenders, Kernel kernel, KernelBuild build, int roundCount)
    {
        Console.Error.Write($"{kernel.FileName(build)} ");
        long start = Stopwatch.GetTimestamp();
        foreach (Contender contender in contenders)
        {
            for (int i = 0; i < (contender.IsSlow ? 1 : WarmUpCount); i++) contender.Run(kernel, build);
        }
        List<RunTime>[] times = [.. contenders.Select(_ => new List<RunTime>())];
        for (int round = 0; round < roundCount; round++)
        {
            for (int turn = 0; turn < contenders.Count; turn++)
            {
                int index = (turn + round) % contenders.Count;
                if (!contenders[index].IsSlow || round % SlowShare == 0) times[index].Add(contenders[index].Run(kernel, build));
            }
        }
        Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
        return [.. times.Select(list => list.ToArray())];
    }
}
