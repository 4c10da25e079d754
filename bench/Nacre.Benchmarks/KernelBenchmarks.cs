namespace Nacre.Benchmarks;

/// <summary>How many wasm instructions does an engine carry out in a second, on each kernel of <c>bench/guests</c>?</summary>
internal static class KernelBenchmarks
{
    private const int FibArgument = 30;
    private const long FibResult = 832_040;

    /// <summary>Prints a row for each kernel in <paramref name="folder"/>, and one for <c>fib(30)</c>.</summary>
    /// <exception cref="InvalidOperationException">A kernel gave a wrong checksum.</exception>
    public static void Run(string folder)
    {
        Console.WriteLine($"{"kernel",-22} {"n",8} {"instructions",16} {"clock ms",10} {"one core ms",12} {"million/s",10}");
        foreach (Kernel kernel in Kernel.Read(folder, []))
        {
            foreach (KernelBuild build in kernel.Builds)
                Report(kernel.FileName(build), Path.Combine(folder, kernel.FileName(build)), "run", kernel.N, kernel.Checksum);
        }
        Report("fib(30)", Path.Combine(folder, "../../samples/guests/fib.wasm"), "fib", FibArgument, FibResult);
    }

    private static void Report(string name, string path, string export, int n, long expected)
    {
        byte[] module = File.ReadAllBytes(path);
        long instructions = CountInstructions(module, export, n);
        using var engine = new Engine(new EngineOptions { Kind = EngineKind.Interpreter });
        using var store = new Store(engine);
        Function<int, int> run = new Linker(engine).Instantiate(store, engine.Compile(module)).Function<int, int>(export);
        Measurement time = Measurement.Of(() =>
        {
            if (run.Invoke(n) != (int)expected) throw new InvalidOperationException($"{name}({n}) gave a wrong checksum");
        });
        Console.WriteLine($"{name,-22} {n,8} {instructions,16:N0} {time.Clock.TotalMilliseconds,10:F1} {time.Processor.TotalMilliseconds,12:F1} "
            + $"{instructions / time.Processor.TotalSeconds / 1e6,10:F0}");
    }

    // Fuel is a count of instructions.
    private static long CountInstructions(byte[] module, string export, int n)
    {
        using var engine = new Engine(new EngineOptions { Kind = EngineKind.Interpreter, ConsumeFuel = true });
        using var store = new Store(engine) { Fuel = long.MaxValue };
        new Linker(engine).Instantiate(store, engine.Compile(module)).Function<int, int>(export).Invoke(n);
        return long.MaxValue - store.Fuel;
    }
}
