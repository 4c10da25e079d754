using System.Diagnostics;
using System.Globalization;
using Nacre.Compiler;

namespace Nacre.Benchmarks;

/// <summary>What becomes of interpreters, whose loops are larger than what RyuJIT optimises, when they are cut and when not, beside V8?</summary>
internal static class InterpreterBenchmark
{
    private const int WarmUpCount = 5, RoundCount = 15;
    private const int ArmCount = 5_000, StepCount = 1_000_000;

    private static readonly SplitLimits s_never = new() { IlByteCount = int.MaxValue, BasicBlockCount = int.MaxValue, LocalUseCount = int.MaxValue, LocalCount = int.MaxValue };

    /// <summary>Prints a row for each interpreter, all run in turns.</summary>
    /// <param name="packages">A <c>node_modules</c> that has them.</param>
    /// <exception cref="InvalidOperationException">Results differ.</exception>
    public static void Run(string packages)
    {
        string bench = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../bench"));
        DirectoryInfo generated = Directory.CreateTempSubdirectory("nacre-bench-");
        string loop = Path.Combine(generated.FullName, "loop.wasm"), steps = Path.Combine(generated.FullName, "steps");
        File.WriteAllBytes(loop, GeneratedLoop.Create(ArmCount));
        File.WriteAllText(steps, StepCount.ToString(CultureInfo.InvariantCulture));
        (string Kind, string Module, string Program)[] rows =
        [
            ("loop", loop, steps),
            ("quickjs", Path.Combine(packages, "@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm"), Path.Combine(bench, "interpreters/program.js")),
            ("sqlite", Path.Combine(packages, "@sqlite.org/sqlite-wasm/sqlite-wasm/jswasm/sqlite3.wasm"), Path.Combine(bench, "interpreters/query.sql")),
        ];
        var start = new ProcessStartInfo("node", ["--no-liftoff", Path.Combine(bench, "v8/interpreters.js")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process node = Process.Start(start)!;
        Console.WriteLine("| interpreter | V8, ms | cut, ms | not cut, ms | cut / V8 | cut / not cut | first run, V8, ms | first run, cut, ms |\n|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach ((string kind, string module, string program) in rows) Measure(node, kind, module, program);
        node.StandardInput.Close();
        node.WaitForExit();
        generated.Delete(recursive: true);
    }

    private static void Measure(Process node, string kind, string module, string program)
    {
        using var engine = new Engine(new EngineOptions { Kind = EngineKind.Compiler });
        using var other = new Engine(new EngineOptions { Kind = EngineKind.Compiler, SplitLimits = s_never });
        using var guest = new InterpretedGuest(engine, kind, module);
        using var uncut = new InterpretedGuest(other, kind, module);
        string text = File.ReadAllText(program);
        double[] first = Round();
        var times = new List<double[]>();
        for (int round = -WarmUpCount; round < RoundCount; round++)
        {
            double[] time = Round();
            if (round >= 0) times.Add(time);
        }
        double[] medians = [.. Enumerable.Range(0, first.Length).Select(i => Statistics.Median(times.Select(time => time[i])))];
        Console.WriteLine(FormattableString.Invariant(
            $"| {kind} | {medians[0]:F1} | {medians[1]:F1} | {medians[2]:F1} | {medians[1] / medians[0]:F2} | {medians[1] / medians[2]:F2} | {first[0]:F0} | {first[1]:F0} |"));

        double[] Round()
        {
            node.StandardInput.WriteLine($"{kind} {module} {program}");
            node.StandardInput.Flush();
            long[] answer = [.. node.StandardOutput.ReadLine()!.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
            (long result, RunTime time) = guest.Run(text);
            (long same, RunTime uncutTime) = uncut.Run(text);
            return result == answer[0] && same == answer[0]
                ? [answer[1] / 1e6, time.Processor / 1e6, uncutTime.Processor / 1e6]
                : throw new InvalidOperationException($"{kind}: V8 has {answer[0]}, the compiler {result} and {same}");
        }
    }
}
