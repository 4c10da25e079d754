using System.Diagnostics;

namespace Nacre.Benchmarks;

/// <summary>How long <c>nacre run hello.wasm</c> takes from start to end, in units of a C# program that does nothing.</summary>
/// <remarks>
/// Both are processes of their own, started in turn, so that both meet the machine in the same moods; the ratio is taken pair by pair.
/// On a machine that is shared the tenth of the runs that were quickest tells more than the median.
/// </remarks>
internal static class StartUpBenchmark
{
    private const int WarmUpCount = 2, PairCount = 51;
    private const double Median = 0.5, Tenth = 0.1;

    /// <summary>Runs the pairs, and prints a row for each program and one for the ratio.</summary>
    /// <param name="guest">The module to run.</param>
    public static void Run(string guest)
    {
        string[] tool = [Output("Nacre.Cli", "nacre.dll"), "run", guest], empty = [Output("EmptyMain", "EmptyMain.dll")];
        for (int i = 0; i < WarmUpCount; i++) _ = (Start(tool), Start(empty));

        var toolTimes = new double[PairCount];
        var emptyTimes = new double[PairCount];
        var ratios = new double[PairCount];
        for (int i = 0; i < PairCount; i++)
        {
            toolTimes[i] = Start(tool).TotalMilliseconds;
            emptyTimes[i] = Start(empty).TotalMilliseconds;
            ratios[i] = toolTimes[i] / emptyTimes[i];
        }
        Console.WriteLine($"{PairCount} pairs            median  quickest tenth");
        Console.WriteLine($"nacre run, ms    {Quantile(toolTimes, Median),10:F1} {Quantile(toolTimes, Tenth),15:F1}");
        Console.WriteLine($"empty Main, ms   {Quantile(emptyTimes, Median),10:F1} {Quantile(emptyTimes, Tenth),15:F1}");
        Console.WriteLine($"ratio            {Quantile(ratios, Median),10:F2} {Quantile(toolTimes, Tenth) / Quantile(emptyTimes, Tenth),15:F2}");
    }

    private static TimeSpan Start(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        TimeSpan time = Stopwatch.GetElapsedTime(begin);
        return process.ExitCode == 0
            ? time
            : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} ended with exit code {process.ExitCode}.");
    }

    /// <summary>A file of another project: …/artifacts/bin/PROJECT/CONFIGURATION/FILE, beside this program's own output.</summary>
    public static string Output(string project, string file)
    {
        string here = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string path = Path.GetFullPath(Path.Combine(here, "..", "..", project, Path.GetFileName(here), file));
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is not there: build the solution in this configuration first.");
    }

    private static double Quantile(double[] values, double part) => values.Order().ElementAt((int)(values.Length * part));
}
