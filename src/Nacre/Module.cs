using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre;

/// <summary>What a module wants from outside.</summary>
/// <param name="Module">The first name.</param>
/// <param name="Name">The second name.</param>
/// <param name="Type">The wanted type.</param>
/// <param name="Signature">Parameters and results of a function, parameters of a tag; null for everything else.</param>
public sealed record ImportDescription(string Module, string Name, ExternType Type, FuncType? Signature);

/// <summary>What a module offers.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Signature">Parameters and results of a function, parameters of a tag; null for everything else.</param>
public sealed record ExportDescription(string Name, ExternType Type, FuncType? Signature);

/// <summary>A compiled module: valid, ready to be instantiated any number of times in any number of stores of its engine.</summary>
/// <remarks>Immutable, safe for any number of threads. Spec: Structure, Modules.</remarks>
public sealed class Module
{
    internal Module(Engine engine, ValidatedModule validated)
    {
        Engine = engine;
        Validated = validated;
        Code = engine.Execution.Prepare(validated);
    }

    /// <summary>The engine the module was compiled by.</summary>
    public Engine Engine { get; }

    /// <summary>The module's own name, from its <c>name</c> section; null when it tells none.</summary>
    public string? Name => Validated.Names.ModuleName;

    /// <summary>The module as abstract syntax: sections, code, custom sections. Not to be written to.</summary>
    public ModuleDefinition Definition => Validated.Definition;

    /// <summary>Imports, in the module's order.</summary>
    public IReadOnlyList<ImportDescription> Imports => field ??= ModuleDescriptions.Imports(Validated, Engine.Types);

    /// <summary>Exports, in the module's order.</summary>
    public IReadOnlyList<ExportDescription> Exports => field ??= ModuleDescriptions.Exports(Validated, Engine.Types);

    internal ValidatedModule Validated { get; }

    internal ModuleCode Code { get; }

    /// <summary>The bytes of each custom section of this name, in the module's order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> CustomSections(string name)
        => Definition.CustomSections.Where(section => section.Name == name).Select(section => section.Bytes);
}
