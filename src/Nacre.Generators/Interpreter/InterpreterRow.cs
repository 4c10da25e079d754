using System.Globalization;
using Nacre.Generators.Opcodes;

namespace Nacre.Generators.Interpreter;

/// <summary>A row of <c>interpreter.txt</c>, understood.</summary>
internal sealed record InterpreterRow(string Name, OpKind Kind, int Words, bool IsWide)
{
    private const int ColumnCount = 4;
    private const string Wide = "wide";

    /// <summary>The operation it stands for.</summary>
    public InternalOp ToOp()
    {
        string call = $"Steps.{Name}(pc, fp, thread)";
        return new InternalOp(Name, Kind, Words, Kind == OpKind.Step ? call + ";" : call, IsWide);
    }

    /// <summary>Reads the list.</summary>
    public static SpecList<InterpreterRow> Parse(IEnumerable<SpecRow> rows)
    {
        var list = new SpecListBuilder<InterpreterRow>();
        return list.Read(rows, ColumnCount, row =>
        {
            bool isWide = row.Columns[1] == Wide;
            string kind = isWide ? nameof(OpKind.Step) : row.Columns[1];
            if (kind.Length == 0 || !Enum.TryParse(kind, ignoreCase: true, out OpKind parsed))
                return list.Reject(row, SpecDiagnostics.UnknownOpKind, kind);
            return int.TryParse(row.Columns[2], NumberStyles.None, CultureInfo.InvariantCulture, out int words) && words is 1 or 2
                ? new InterpreterRow(row.Columns[0], parsed, words, isWide)
                : list.Reject(row, SpecDiagnostics.BadWordCount, row.Columns[2]);
        }, row => row.Name);
    }
}
