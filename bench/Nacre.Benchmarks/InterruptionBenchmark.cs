namespace Nacre.Benchmarks;

/// <summary>How much slower are kernels that can be interrupted, and kernels that use fuel?</summary>
internal static class InterruptionBenchmark
{
    private const int WarmUpCount = 2, RoundCount = 9;

    /// <summary>Prints the ratios to code that does neither, for each kernel in <paramref name="folder"/>, and their geometric means.</summary>
    /// <exception cref="InvalidOperationException">A kernel gave a wrong checksum.</exception>
    public static void Run(string folder, IReadOnlyCollection<string> names)
    {
        Console.WriteLine("| kernel | plain, ms | interruptible / plain | fuel / plain |");
        Console.WriteLine("|---|---:|---:|---:|");
        var interruptible = new List<double>();
        var fuel = new List<double>();
        foreach (Kernel kernel in Kernel.Read(folder, names).Where(kernel => kernel.Builds.Contains(KernelBuild.Scalar)))
        {
            double[] milliseconds = Measure(kernel, File.ReadAllBytes(Path.Combine(folder, kernel.FileName(KernelBuild.Scalar))));
            interruptible.Add(milliseconds[1] / milliseconds[0]);
            fuel.Add(milliseconds[2] / milliseconds[0]);
            Console.WriteLine($"| `{kernel.Name}` | {milliseconds[0]:F1} | {interruptible[^1]:F2} | {fuel[^1]:F2} |");
        }
        Console.WriteLine($"| **geometric mean** | | {Statistics.GeometricMean(interruptible):F3} | {Statistics.GeometricMean(fuel):F3} |");
    }

    // The three take turns, so that whatever else the machine does meets all of them.
    private static double[] Measure(Kernel kernel, byte[] module)
    {
        EngineOptions[] options = [new(), new() { Interruptible = true }, new() { ConsumeFuel = true }];
        Func<double>[] runs = [.. options.Select(option => Prepare(kernel, module, option))];
        List<double>[] times = [.. runs.Select(_ => new List<double>())];
        for (int round = -WarmUpCount; round < RoundCount; round++)
        {
            for (int i = 0; i < runs.Length; i++)
            {
                double time = runs[i]();
                if (round >= 0) times[i].Add(time);
            }
        }
        return [.. times.Select(Statistics.Median)];
    }

    // A run gives the milliseconds of processor time that it took.
    private static Func<double> Prepare(Kernel kernel, byte[] module, EngineOptions options)
    {
        var engine = new Engine(options);
        var store = new Store(engine);
        Function<int, int> run = new Linker(engine).Instantiate(store, engine.Compile(module)).Function<int, int>("run");
        return () =>
        {
            if (options.ConsumeFuel) store.Fuel = long.MaxValue;
            TimeSpan before = Environment.CpuUsage.TotalTime;
            int checksum = run.Invoke(kernel.N);
            TimeSpan time = Environment.CpuUsage.TotalTime - before;
            return checksum == kernel.Checksum
                ? time.TotalMilliseconds
                : throw new InvalidOperationException($"{kernel.Name} gave {checksum} for {kernel.N} instead of {kernel.Checksum}");
        };
    }
}
