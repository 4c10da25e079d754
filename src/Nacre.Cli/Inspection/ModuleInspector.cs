using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Cli.Inspection;

/// <summary>Makes the report of a module that is well-formed; it need not be valid, so no index in it is taken for granted.</summary>
internal sealed class ModuleInspector
{
    private const int BiggestFunctionCount = 10;

    private readonly ModuleDefinition _module;
    private readonly NameSection? _names;
    private readonly IndexSpaces _spaces;

    private ModuleInspector(ModuleDefinition module)
    {
        _module = module;
        _names = NameSection.Of(module);
        _spaces = new IndexSpaces(module);
    }

    /// <exception cref="MalformedModuleException">The bytes are no module.</exception>
    public static ModuleReport Inspect(string file, byte[] bytes)
    {
        ModuleDefinition module = ModuleDecoder.Decode(bytes, WasmFeatures.All);
        return new ModuleInspector(module).Report(file, bytes.Length);
    }

    private ModuleReport Report(string file, int byteCount) => new()
    {
        File = file,
        Name = _names?.Module,
        ByteCount = byteCount,
        Sections = [.. _module.Sections.Select(section
            => new SectionReport(TextOf(section.Id), section.Name, section.ByteOffset, section.ByteCount, ItemCount(section.Id)))],
        Imports = [.. _module.Imports.Select(import
            => new ImportReport(import.Module, import.Name, TextOf(import.Type.Kind), _spaces.Describe(import.Type)))],
        Exports = [.. _module.Exports.Select(export
            => new ExportReport(export.Name, TextOf(export.Kind), export.Index, _spaces.Describe(export)))],
        Features = FeaturesUsed(),
        BiggestFunctions = [.. BiggestFunctions()],
    };

    private string[] FeaturesUsed()
    {
        WasmFeatures used = FeatureScan.Of(_module);
        return used == WasmFeatures.None ? [] : used.Names().Split(' ');
    }

    private IEnumerable<FunctionReport> BiggestFunctions()
    {
        uint importedCount = (uint)_module.Imports.Count(static import => import.Type.Kind == ExternKind.Func);
        return _module.Functions
            .Select((function, index) => (function.Body, Index: importedCount + (uint)index))
            .OrderByDescending(static function => function.Body.Bytes.Length)
            .ThenBy(static function => function.Index)
            .Take(BiggestFunctionCount)
            .Select(function => new FunctionReport(
                function.Index, _names?.NameOf(new FuncIndex(function.Index)), function.Body.ByteOffset, function.Body.Bytes.Length));
    }

    private int? ItemCount(SectionId section) => section switch
    {
        SectionId.Type => _module.RecTypes.Length,
        SectionId.Import => _module.Imports.Length,
        SectionId.Function or SectionId.Code => _module.Functions.Length,
        SectionId.Table => _module.Tables.Length,
        SectionId.Memory => _module.Memories.Length,
        SectionId.Tag => _module.Tags.Length,
        SectionId.Global => _module.Globals.Length,
        SectionId.Export => _module.Exports.Length,
        SectionId.Element => _module.Elements.Length,
        SectionId.Data => _module.Data.Length,
        _ => null,
    };

    private static string TextOf<T>(T kind) where T : struct, Enum => kind.ToString().ToLowerInvariant();
}
