using System.Globalization;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Cli.Inspection;

/// <summary>Functions as people name them on a command line.</summary>
internal static class FunctionName
{
    /// <summary>Finds a function by its index, by what it is exported as, or by its name in the <c>name</c> section; the first that fits.</summary>
    /// <exception cref="UsageException">There is no such function, or it is imported.</exception>
    public static FuncIndex Find(ModuleDefinition module, string name)
    {
        uint importedCount = (uint)module.Imports.Count(static import => import.Type.Kind == ExternKind.Func);
        long count = importedCount + module.Functions.Length;
        uint found = Candidates(module, name, count).Append(uint.MaxValue).First();
        if (found >= count) throw new UsageException($"there is no function '{name}': give an index, an exported name, or a name of the name section");
        if (found < importedCount) throw new UsageException($"function '{name}' is imported and has no code here");
        return new FuncIndex(found);
    }

    private static IEnumerable<uint> Candidates(ModuleDefinition module, string name, long count)
    {
        if (uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out uint index)) yield return index;
        foreach (Export export in module.Exports)
            if (export.Kind == ExternKind.Func && export.Name == name) yield return export.Index;
        if (NameSection.Of(module) is not { } names) yield break;
        for (uint i = 0; i < count; i++)
            if (names.NameOf(new FuncIndex(i)) == name) yield return i;
    }
}
