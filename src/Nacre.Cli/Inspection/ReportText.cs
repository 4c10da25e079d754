using System.Globalization;
using Spectre.Console;

namespace Nacre.Cli.Inspection;

/// <summary>Writes a report for people: a table for each part that is not empty.</summary>
internal static class ReportText
{
    public static void Write(ModuleReport report, IAnsiConsole console)
    {
        string name = report.Name is null ? "" : $", \"{report.Name}\"";
        console.WriteLine($"{report.File}{name}: {Number(report.ByteCount)} bytes");
        console.WriteLine($"features: {(report.Features.Count == 0 ? "none beyond the first edition" : string.Join(", ", report.Features))}");

        WriteTable(console, "Sections", ["section", "name", "offset>", "bytes>", "items>"], report.Sections, static section =>
            [section.Section, section.CustomName ?? "", Offset(section.ByteOffset), Number(section.ByteCount), Number(section.ItemCount)]);
        WriteTable(console, "Imports", ["module", "name", "kind", "type"], report.Imports, static import =>
            [import.Module, import.Name, import.Kind, import.Type]);
        WriteTable(console, "Exports", ["name", "kind", "index>", "type"], report.Exports, static export =>
            [export.Name, export.Kind, Number((int)export.Index), export.Type]);
        WriteTable(console, "Biggest functions", ["index>", "name", "offset>", "bytes>"], report.BiggestFunctions, static function =>
            [Number((int)function.Index), function.Name ?? "", Offset(function.ByteOffset), Number(function.ByteCount)]);
    }

    /// <param name="console">Where it is written to.</param>
    /// <param name="title">What the rows are.</param>
    /// <param name="columns">The columns' heads; one that ends in '&gt;' is aligned to the right.</param>
    /// <param name="items">The rows.</param>
    /// <param name="cells">The cells of a row.</param>
    private static void WriteTable<T>(IAnsiConsole console, string title, string[] columns, IReadOnlyList<T> items, Func<T, string[]> cells)
    {
        if (items.Count == 0) return;

        var table = new Spectre.Console.Table { Border = TableBorder.Simple, UseSafeBorder = true };
        foreach (string column in columns)
        {
            var head = new TableColumn(new Spectre.Console.Text(column.TrimEnd('>'))) { NoWrap = true };
            table.AddColumn(column.EndsWith('>') ? head.RightAligned() : head);
        }
        foreach (T item in items) table.AddRow(cells(item).Select(static cell => new Spectre.Console.Text(cell)));
        console.WriteLine();
        console.WriteLine(title);
        console.Write(table);
    }

    private static string Number(int? value) => value?.ToString("N0", CultureInfo.InvariantCulture) ?? "";

    private static string Offset(int byteOffset) => $"0x{byteOffset:x}";
}
