using System.Diagnostics;
using System.Globalization;

namespace Nacre.Benchmarks;

/// <summary>What becomes of real interpreters, whose loops are larger than what RyuJIT optimises, beside the optimising compiler of V8?</summary>
internal static class InterpreterBenchmark
{
    private const int WarmUpCount = 5, RoundCount = 15;

    private static readonly (string Kind, string Module, string Program)[] s_rows =
    [
        ("quickjs", "@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm", "program.js"),
        ("sqlite", "@sqlite.org/sqlite-wasm/sqlite-wasm/jswasm/sqlite3.wasm", "query.sql"),
    ];

    /// <summary>Prints a row for each interpreter, all run in turns.</summary>
    /// <param name="packages">A <c>node_modules</c> that has them.</param>
    /// <exception cref="InvalidOperationException">Results differ.</exception>
    public static void Run(string packages)
    {
        string bench = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../bench"));
        var start = new ProcessStartInfo("node", ["--no-liftoff", Path.Combine(bench, "v8/interpreters.js")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using Process node = Process.Start(start)!;
        Console.WriteLine("| interpreter | V8, ms | compiler, ms | compiler / V8 | first run, V8, ms | first run, compiler, ms |\n|---|---:|---:|---:|---:|---:|");
        foreach ((string kind, string module, string program) in s_rows)
            Measure(node, kind, Path.Combine(packages, module), Path.Combine(bench, "interpreters", program));
        node.StandardInput.Close();
        node.WaitForExit();
    }

    private static void Measure(Process node, string kind, string module, string program)
    {
        using var engine = new Engine(new EngineOptions { Kind = EngineKind.Compiler });
        using var guest = new InterpretedGuest(engine, kind, module);
        string text = File.ReadAllText(program);
        (double, double) first = Round();
        var times = new List<(double V8, double Compiler)>();
        for (int round = -WarmUpCount; round < RoundCount; round++)
        {
            (double, double) time = Round();
            if (round >= 0) times.Add(time);
        }
        double v8 = Statistics.Median(times.Select(time => time.V8)), compiler = Statistics.Median(times.Select(time => time.Compiler));
        Console.WriteLine(FormattableString.Invariant(
            $"| {kind} | {v8:F1} | {compiler:F1} | {compiler / v8:F2} | {first.Item1:F0} | {first.Item2:F0} |"));

        (double V8, double Compiler) Round()
        {
            node.StandardInput.WriteLine($"{kind} {module} {program}");
            node.StandardInput.Flush();
            long[] answer = [.. node.StandardOutput.ReadLine()!.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
            (long result, RunTime time) = guest.Run(text);
            return result == answer[0]
                ? (answer[1] / 1e6, time.Processor / 1e6)
                : throw new InvalidOperationException($"{kind}: V8 has {answer[0]}, the compiler {result}");
        }
    }
}
