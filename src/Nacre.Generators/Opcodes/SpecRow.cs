using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Nacre.Generators.Opcodes;

/// <summary>Where a row stands in its file.</summary>
internal readonly record struct RowPlace(string Path, int LineNumber, int Start, int Length)
{
    /// <summary>The place as the compiler reports it.</summary>
    public Location ToLocation() => Location.Create(
        Path,
        new TextSpan(Start, Length),
        new LinePositionSpan(new LinePosition(LineNumber, 0), new LinePosition(LineNumber, Length)));
}

/// <summary>A row split into its columns.</summary>
internal sealed record SpecRow(RowPlace Place, EquatableArray<string> Columns)
{
    /// <summary>The rows of a list: every line that is neither empty nor a comment.</summary>
    public static IEnumerable<SpecRow> Split(string path, SourceText text)
    {
        foreach (TextLine line in text.Lines)
        {
            string row = line.ToString().TrimEnd();
            if (row.Length == 0 || row[0] == '#') continue;
            yield return new SpecRow(
                new RowPlace(path, line.LineNumber, line.Start, row.Length),
                Regex.Split(row, " {2,}").ToEquatableArray());
        }
    }

    /// <summary>The words of a column; none when it is <c>-</c>.</summary>
    public EquatableArray<string> Words(int column)
        => (Columns[column] == "-" ? [] : Columns[column].Split(' ')).ToEquatableArray();
}

/// <summary>A finding about a row, kept as data so that models stay comparable.</summary>
internal sealed record SpecProblem(DiagnosticDescriptor Descriptor, RowPlace Place, EquatableArray<string> Arguments)
{
    /// <summary>The finding as the compiler reports it.</summary>
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptor, Place.ToLocation(), [.. Arguments]);
}

/// <summary>Rows of one list as they were understood, and what was wrong with the others.</summary>
internal sealed record SpecList<T>(EquatableArray<T> Rows, EquatableArray<SpecProblem> Problems) where T : IEquatable<T>;

/// <summary>Collects rows and findings while a list is read.</summary>
internal sealed class SpecListBuilder<T> where T : class, IEquatable<T>
{
    private readonly ImmutableArray<T>.Builder _rows = ImmutableArray.CreateBuilder<T>();
    private readonly ImmutableArray<SpecProblem>.Builder _problems = ImmutableArray.CreateBuilder<SpecProblem>();
    private readonly HashSet<string> _names = [];

    /// <summary>Reports a row; the result is null, so that a parser can return it.</summary>
    public T? Reject(SpecRow row, DiagnosticDescriptor descriptor, params string[] arguments)
    {
        _problems.Add(new SpecProblem(descriptor, row.Place, arguments.ToEquatableArray()));
        return null;
    }

    /// <summary>Adds what <paramref name="parse"/> makes of each row with the right number of columns and a new name.</summary>
    public SpecList<T> Read(IEnumerable<SpecRow> rows, int columnCount, Func<SpecRow, T?> parse, Func<T, string> nameOf)
    {
        foreach (SpecRow row in rows)
        {
            if (row.Columns.Count != columnCount)
                Reject(row, SpecDiagnostics.WrongColumns, $"{columnCount}", $"{row.Columns.Count}");
            else if (parse(row) is { } parsed)
            {
                if (_names.Add(nameOf(parsed))) _rows.Add(parsed);
                else Reject(row, SpecDiagnostics.NameTwice, nameOf(parsed));
            }
        }
        return new SpecList<T>(new(_rows.ToImmutable()), new(_problems.ToImmutable()));
    }
}
