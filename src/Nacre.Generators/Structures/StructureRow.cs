using System.Globalization;
using Nacre.Generators.Opcodes;

namespace Nacre.Generators.Structures;

/// <summary>A row of <c>structures.txt</c>: a level of blocks.</summary>
internal sealed record StructureRow(string Level, int Words)
{
    /// <summary>Reads the list.</summary>
    public static SpecList<StructureRow> Parse(IEnumerable<SpecRow> rows)
    {
        var list = new SpecListBuilder<StructureRow>();
        return list.Read(rows, columnCount: 2, row =>
            int.TryParse(row.Columns[1], NumberStyles.None, CultureInfo.InvariantCulture, out int words) && words is 1 or 2 or 4
                ? new StructureRow(row.Columns[0], words)
                : list.Reject(row, SpecDiagnostics.BadBlockSize, row.Columns[1]), row => row.Level);
    }
}
