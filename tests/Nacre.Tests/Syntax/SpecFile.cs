using System.Text.RegularExpressions;

namespace Nacre.Tests.Syntax;

/// <summary>Rows of the lists in <c>spec/</c>, split into columns without the generator's help.</summary>
internal static class SpecFile
{
    public static readonly IReadOnlyList<string[]> Opcodes = Read("opcodes.txt");
    public static readonly IReadOnlyList<string[]> Traps = Read("traps.txt");
    public static readonly IReadOnlyList<string[]> Features = Read("features.txt");

    /// <summary>Words of a column; none for <c>-</c>.</summary>
    public static string[] Words(string column) => column == "-" ? [] : column.Split(' ');

    private static string[][] Read(string name)
        => [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "spec", name))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => Regex.Split(line, " {2,}"))];
}
