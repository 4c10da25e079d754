using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Validation;

/// <summary>Names of a module and its functions, for people: from the <c>name</c> section, else from exports.</summary>
/// <remarks>Made when first asked for; safe for several threads.</remarks>
internal sealed class ModuleNames(ModuleDefinition definition)
{
    private readonly NameSection? _section = NameSection.Of(definition);

    /// <summary>The module's own name; null when it has none.</summary>
    public string? ModuleName => _section?.Module;

    /// <summary>The name of a function; null when it has none.</summary>
    public string? FunctionName(FuncIndex function)
    {
        if (_section?.NameOf(function) is { } name) return name;
        foreach (Export export in definition.Exports)
            if (export.Kind == ExternKind.Func && export.Index == function.Value) return export.Name;
        return null;
    }
}
