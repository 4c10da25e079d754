using Microsoft.CodeAnalysis;

namespace Nacre.Generators.Opcodes;

/// <summary>The lists in <c>spec/</c> among the additional files of a compilation.</summary>
internal static class SpecFiles
{
    /// <summary>Opcodes, traps and features, understood.</summary>
    public static IncrementalValueProvider<Spec> Spec(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<SpecList<TrapRow>> traps = Rows(context, "traps.txt").Select((rows, _) => TrapRow.Parse(rows));
        IncrementalValueProvider<SpecList<FeatureRow>> features = Rows(context, "features.txt").Select((rows, _) => FeatureRow.Parse(rows));
        return Rows(context, "opcodes.txt").Combine(traps).Combine(features)
            .Select((lists, _) => Opcodes.Spec.Parse(lists.Left.Left, lists.Left.Right, lists.Right));
    }

    /// <summary>The rows of <c>spec/<paramref name="fileName"/></c>; none without that file.</summary>
    public static IncrementalValueProvider<EquatableArray<SpecRow>> Rows(IncrementalGeneratorInitializationContext context, string fileName)
        => context.AdditionalTextsProvider
            .Where(file => IsSpecFile(file.Path, fileName))
            .Select((file, cancellation) => file.GetText(cancellation) is { } text ? SpecRow.Split(file.Path, text).ToEquatableArray() : default)
            .Collect()
            .Select((files, _) => files.SelectMany(rows => rows).ToEquatableArray());

    private static bool IsSpecFile(string path, string fileName)
    {
        string[] parts = path.Split('/', '\\');
        return parts.Length >= 2 && parts[parts.Length - 1] == fileName && parts[parts.Length - 2] == "spec";
    }
}
