using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre;

/// <summary>Tells the imports and exports of a module with their types.</summary>
internal static class ModuleDescriptions
{
    public static IReadOnlyList<ImportDescription> Imports(ValidatedModule module, TypeRegistry types)
        => [.. module.Definition.Imports.Zip(module.ImportTypes, (import, type)
            => new ImportDescription(import.Module, import.Name, type, SignatureOf(type, types)))];

    public static IReadOnlyList<ExportDescription> Exports(ValidatedModule module, TypeRegistry types)
        => Array.ConvertAll(module.Definition.Exports, export =>
        {
            ExternType type = module.TypeOf(export);
            return new ExportDescription(export.Name, type, SignatureOf(type, types));
        });

    private static FuncType? SignatureOf(ExternType type, TypeRegistry types) => type switch
    {
        FuncExternType func => types[func.Type].Func,
        TagType tag => types[tag.Type].Func,
        _ => null,
    };
}
