using System.Globalization;

namespace Nacre.Generators.Opcodes;

/// <summary>One immediate: its kind, and for <c>memarg.N</c> and <c>lane.N</c> the number.</summary>
internal readonly record struct Immediate(string Kind, int Argument);

/// <summary>What follows a code: the words of the immediates column.</summary>
internal sealed record ImmediateList(EquatableArray<Immediate> Items)
{
    private static readonly string[] Indices =
        ["label", "func", "type", "local", "global", "table", "memory", "elem", "data", "tag", "field", "count"];

    private static readonly string[] Others =
        ["block", "catches", "labels", "types", "heap", "castflags", "lanes", "s32", "s64", "f32", "f64", "v128", "zero"];

    /// <summary>Whether <paramref name="kind"/> is an index, read into the reader's first or second index.</summary>
    public static bool IsIndex(string kind) => Indices.Contains(kind);

    /// <summary>The member of <c>ImmediateShape</c>: every distinct column has one.</summary>
    public string ShapeName => Items.Count == 0
        ? "None"
        : string.Concat(Items.Select(item => SpecName.Pascal(item.Kind) + (item.Argument == 0 ? "" : item.Argument.ToString(CultureInfo.InvariantCulture))));

    /// <summary>The column as it is written in the list.</summary>
    public string Spelling => string.Join(" ", Items.Select(item => item.Argument == 0 ? item.Kind : $"{item.Kind}.{item.Argument}"));

    /// <summary>The number of immediate <paramref name="kind"/>, or 0 without one.</summary>
    public int ArgumentOf(string kind) => Items.FirstOrDefault(item => item.Kind == kind).Argument;

    /// <summary>Understands the words of the column.</summary>
    /// <returns>The immediates, or null with the first word that is none or stands a third time.</returns>
    public static ImmediateList? Parse(EquatableArray<string> words, out string unknown)
    {
        var items = new List<Immediate>();
        foreach (string word in words)
        {
            unknown = word;
            if (ParseOne(word) is not { } item) return null;
            int alike = items.Count(other => other.Kind == item.Kind || (IsIndex(other.Kind) && IsIndex(item.Kind)));
            if (alike > (IsIndex(item.Kind) || item.Kind == "heap" ? 1 : 0)) return null;
            items.Add(item);
        }
        unknown = "";
        return new ImmediateList(items.ToEquatableArray());
    }

    private static Immediate? ParseOne(string word)
    {
        if (IsIndex(word) || Others.Contains(word)) return new Immediate(word, 0);
        string[] parts = word.Split('.');
        bool isSized = parts.Length == 2 && parts[0] is "memarg" or "lane";
        return isSized && parts[1] is "1" or "2" or "4" or "8" or "16"
            ? new Immediate(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture))
            : null;
    }
}
