using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>Compares what is given for the imports of a module with what the module wants.</summary>
/// <remarks>Spec: Execution, Modules, Instantiation (steps on external types); Validation, Matching, External Types.</remarks>
internal static class ImportMatching
{
    /// <summary>Checks the imports, in the module's order.</summary>
    /// <exception cref="LinkException">"incompatible import type": one does not match.</exception>
    public static void Check(StoreState store, ValidatedModule module, ReadOnlySpan<ExternValue> provided)
    {
        Import[] imports = module.Definition.Imports;
        for (int i = 0; i < imports.Length; i++)
        {
            ExternType type = provided[i].Type;
            if (!store.Matching.Matches(type, module.ImportTypes[i])) Refuse(store.Types, imports[i], module.ImportTypes[i], type);
        }
    }

    /// <summary>A type as people read it: a function's parameters and results rather than the number of its type.</summary>
    public static string Describe(TypeRegistry types, ExternType type) => type switch
    {
        FuncExternType func => $"(func {types[func.Type].Composite})",
        TagType tag => $"(tag {types[tag.Type].Composite})",
        _ => type.ToString(),
    };

    private static void Refuse(TypeRegistry types, Import import, ExternType wanted, ExternType provided)
        => throw new LinkException(
            $"incompatible import type: \"{import.Module}\" \"{import.Name}\" should be {Describe(types, wanted)}, but is {Describe(types, provided)}",
            import.Module, import.Name);
}
