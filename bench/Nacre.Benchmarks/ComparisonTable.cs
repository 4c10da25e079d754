using System.Globalization;

namespace Nacre.Benchmarks;

/// <summary>The ratios of a comparison, in Markdown: a row for each kernel, and one of geometric means.</summary>
internal sealed class ComparisonTable(IReadOnlyList<Contender> contenders)
{
    private readonly List<(string Name, double[] Milliseconds)> _rows = [];

    /// <summary>Adds the row of a kernel; <paramref name="times"/> are those of the runs of each contender, in the order of the contenders.</summary>
    public void Add(Kernel kernel, RunTime[][] times)
        => _rows.Add(($"`{kernel.Name}`", [.. times.Select(runs => Statistics.Median(runs.Select(run => run.Processor / 1e6)))]));

    /// <summary>Prints the table; nothing when it has no rows.</summary>
    public void Print(string title)
    {
        if (_rows.Count == 0) return;
        List<(string Title, int Numerator, int Denominator)> columns = Columns();
        Console.WriteLine();
        Console.WriteLine($"### {title}");
        Console.WriteLine($"| kernel | {string.Join(" | ", contenders.Select(contender => contender.Name + ", ms").Take(1).Concat(columns.Select(column => column.Title)))} |");
        Console.WriteLine($"|---|---:|{string.Concat(columns.Select(_ => "---:|"))}");
        foreach ((string name, double[] milliseconds) in _rows)
            PrintRow(name, Text(milliseconds[0], "F1"), columns.Select(column => milliseconds[column.Numerator] / milliseconds[column.Denominator]));
        PrintRow("**geometric mean**", "", columns.Select(column
            => Statistics.GeometricMean(_rows.Select(row => row.Milliseconds[column.Numerator] / row.Milliseconds[column.Denominator]))));
    }

    // Everybody by native code, and then everything of ours by V8.
    private List<(string Title, int Numerator, int Denominator)> Columns()
    {
        var columns = new List<(string, int, int)>();
        foreach (string name in new[] { Contenders.NativeScalar, Contenders.V8 })
        {
            if (IndexOf(name) is not (>= 0 and var denominator)) continue;
            for (int i = denominator + 1; i < contenders.Count; i++) columns.Add(($"{contenders[i].Name} / {name}", i, denominator));
        }
        if (IndexOf("compiler, guard") is >= 0 and var guard) columns.Add(("guard / explicit", guard, IndexOf("compiler, explicit")));
        return columns;
    }

    private int IndexOf(string name)
    {
        for (int i = 0; i < contenders.Count; i++)
        {
            if (contenders[i].Name == name) return i;
        }
        return -1;
    }

    private static void PrintRow(string name, string first, IEnumerable<double> ratios)
        => Console.WriteLine($"| {name} | {first} | {string.Join(" | ", ratios.Select(ratio => Text(ratio, "F2")))} |");

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
