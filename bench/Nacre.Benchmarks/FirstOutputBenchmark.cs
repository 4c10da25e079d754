using System.Diagnostics;
using System.Globalization;

namespace Nacre.Benchmarks;

/// <summary>How long does a large program take from its start to the first byte it writes, on each engine and on node?</summary>
/// <remarks>Whole processes, in turns. Processor time is that of the whole process, by the system's accounting of ended children.</remarks>
internal static class FirstOutputBenchmark
{
    private const int WarmUpCount = 1, RoundCount = 9;

    // Unit of times in /proc/self/stat.
    private const double MillisecondsPerTick = 10;
    private const int ChildrenUser = 15, ChildrenSystem = 16;

    /// <summary>Prints a row for each contender.</summary>
    /// <param name="program">The module, and its arguments.</param>
    public static void Run(string[] program)
    {
        string tool = StartUpBenchmark.Output("Nacre.Cli", "nacre.dll");
        string script = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../bench/v8/wasi.mjs"));
        (string Name, string[] Command)[] contenders =
        [
            ("node", ["node", "--no-warnings", script, .. program]),
            .. from engine in (string[])["interpreter", "auto", "compiler"]
               select (engine, (string[])["dotnet", tool, "run", "--engine", engine, .. program]),
        ];
        var clock = new double[contenders.Length, RoundCount];
        var processor = new double[contenders.Length, RoundCount];
        for (int round = -WarmUpCount; round < RoundCount; round++)
        {
            for (int i = 0; i < contenders.Length; i++)
            {
                (double first, double used) = Start(contenders[i].Command);
                if (round >= 0) (clock[i, round], processor[i, round]) = (first, used);
            }
        }
        Console.WriteLine("| | first output, ms | processor time, ms |\n|---|---:|---:|");
        for (int i = 0; i < contenders.Length; i++)
            Console.WriteLine(FormattableString.Invariant($"| {contenders[i].Name} | {Median(clock, i):F0} | {Median(processor, i):F0} |"));
    }

    private static (double FirstOutput, double Processor) Start(string[] command)
    {
        double before = ProcessorTimeOfChildren();
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true })!;
        bool hasOutput = process.StandardOutput.Read() >= 0;
        double first = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return hasOutput
            ? (first, ProcessorTimeOfChildren() - before)
            : throw new InvalidOperationException($"{string.Join(' ', command)} wrote nothing and ended with exit code {process.ExitCode}.");
    }

    private static double ProcessorTimeOfChildren()
    {
        string[] fields = File.ReadAllText("/proc/self/stat").Split(' ');
        return MillisecondsPerTick
            * (long.Parse(fields[ChildrenUser], CultureInfo.InvariantCulture) + long.Parse(fields[ChildrenSystem], CultureInfo.InvariantCulture));
    }

    private static double Median(double[,] times, int row) => Statistics.Median(Enumerable.Range(0, RoundCount).Select(i => times[row, i]));
}
