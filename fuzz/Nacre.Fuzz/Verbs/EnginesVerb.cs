using System.Diagnostics;
using System.Globalization;
using Nacre.Binary;
using Nacre.Fuzz.Oracles;
using Nacre.Fuzz.Targets;
using Nacre.Syntax;
using Nacre.Text;

namespace Nacre.Fuzz.Verbs;

/// <summary><c>engines [COUNT] [SEED] [FIRST]</c>: compares the engines on generated modules.</summary>
internal static class EnginesVerb
{
    private const int BatchCount = 2_000;

    private static readonly TimeSpan s_reductionLimit = TimeSpan.FromSeconds(30);

    /// <summary>Runs the modules and reports.</summary>
    /// <returns>The exit code: 1 when engines differ.</returns>
    public static int Run(string[] numbers)
    {
        int count = numbers.Length > 0 ? int.Parse(numbers[0], CultureInfo.InvariantCulture) : 10_000;
        ulong seed = numbers.Length > 1 ? ulong.Parse(numbers[1], CultureInfo.InvariantCulture) : 1;
        int first = numbers.Length > 2 ? int.Parse(numbers[2], CultureInfo.InvariantCulture) : 0;

        var target = new EnginesTarget(seed);
        long start = Stopwatch.GetTimestamp();
        int reported = 0;
        for (int done = 0; done < count; done += BatchCount)
        {
            target.Run(first + done, Math.Min(BatchCount, count - done), Environment.ProcessorCount);
            for (; reported < target.Findings.Count; reported++) Report(target, seed, target.Findings[reported]);
            Console.Error.WriteLine($"{target.ModuleCount} of {count}, {target.ModuleCount / Stopwatch.GetElapsedTime(start).TotalSeconds:F0} a second, {target.Findings.Count} differ");
        }
        Console.WriteLine($"{target.ModuleCount} modules from {first} on, seed {seed}: {target.Findings.Count} differ; {target.EventCount} events compared, "
            + $"{target.ReturnCount} calls returned, {target.CutShortCount} modules cut short by the stack; "
            + $"{Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s, peak working set {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
        return target.Findings.Count == 0 ? 0 : 1;
    }

    /// <summary><c>show FILE [SEED] [NUMBER]</c>: what each engine does with a module in the binary or text format.</summary>
    /// <returns>The exit code: 1 when engines differ.</returns>
    public static int Show(string path, string[] numbers)
    {
        ulong seed = numbers.Length > 0 ? ulong.Parse(numbers[0], CultureInfo.InvariantCulture) : 1;
        ulong number = numbers.Length > 1 ? ulong.Parse(numbers[1], CultureInfo.InvariantCulture) : 0;
        byte[] bytes = File.ReadAllBytes(path);
        if (path.EndsWith(".wat", StringComparison.Ordinal)) bytes = ModuleEncoder.Encode(ModuleParser.Parse(bytes, path, WasmFeatures.All));
        foreach (EngineSetup setup in EngineSetup.All)
            Console.WriteLine($"{setup}:\n{EngineRun.Run(setup.Options(consumesFuel: true, isInterruptible: false), bytes, seed, number)}");
        return EngineOracle.Judge(bytes, isBounded: false, seed, number).Difference is null ? 0 : 1;
    }

    /// <summary><c>make SEED NUMBER PATH</c>: writes a module that cannot be run here, because it would end the process.</summary>
    public static int Make(string seed, string number, string path)
    {
        byte[] bytes = new EnginesTarget(ulong.Parse(seed, CultureInfo.InvariantCulture)).ModuleAt(int.Parse(number, CultureInfo.InvariantCulture));
        File.WriteAllBytes(path + ".wasm", bytes);
        File.WriteAllText(path + ".wat", ModulePrinter.Print(ModuleDecoder.Decode(bytes, WasmFeatures.All)));
        return 0;
    }

    private static void Report(EnginesTarget target, ulong seed, Finding finding)
    {
        string path = Path.Combine(Directory.CreateDirectory("artifacts/fuzz").FullName, $"engines-{seed}-{finding.Number}");
        File.WriteAllBytes(path + ".wasm", finding.Input);
        File.WriteAllText(path + ".wat", ModulePrinter.Print(ModuleDecoder.Decode(finding.Input, WasmFeatures.All)));
        File.WriteAllText(path + ".txt", $"seed {seed}, number {finding.Number}: {finding.Problem}\n");
        Console.WriteLine($"{path}.wasm: {finding.Problem}");
        byte[] smaller = target.Reduce(finding, s_reductionLimit);
        File.WriteAllBytes(path + "-small.wasm", smaller);
        File.WriteAllText(path + "-small.wat", ModulePrinter.Print(ModuleDecoder.Decode(smaller, WasmFeatures.All)));
    }
}
