using System.Runtime.CompilerServices;
using Nacre.Compiler;
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

    /// <summary>Makes machine code of a function now, rather than when it is first called.</summary>
    /// <param name="function">The function. One that is imported has its code elsewhere, and nothing is done.</param>
    /// <exception cref="ArgumentOutOfRangeException">The module has no such function.</exception>
    /// <remarks>Only engines of kind <see cref="EngineKind.Compiler"/> do anything; others compile what is worth it. The code is that of instances whose memory the engine could protect as it wants to.</remarks>
    public void CompileFunction(FuncIndex function)
    {
        if (IsDefined(function) && RuntimeFeature.IsDynamicCodeSupported && Code is CompiledModule code)
            code.Compile(function, IsGuarded);
    }

    /// <summary>Writes the CIL that the compiler makes of a function, for people who tune.</summary>
    /// <param name="function">The function.</param>
    /// <param name="output">Where the text goes. Its form is for people, and changes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The module has no such function.</exception>
    /// <exception cref="NotSupportedException">The function is imported, or the engine is not of kind <see cref="EngineKind.Compiler"/>.</exception>
    public void WriteCil(FuncIndex function, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!IsDefined(function)) throw new NotSupportedException($"Function {function.Value} is imported and has no code here.");
        if (!RuntimeFeature.IsDynamicCodeSupported || Code is not CompiledModule code)
            throw new NotSupportedException("Only engines of kind Compiler show their CIL.");
        code.WriteCil(function, IsGuarded, output);
    }

    private bool IsDefined(FuncIndex function)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(function.Value, (uint)Validated.Functions.Length, nameof(function));
        return function.Value >= Validated.ImportedFunctionCount;
    }

    private bool IsGuarded
        => Validated.Memories.Length > 0 && Engine.MemoryStrategy == MemoryStrategy.Guard && MemoryInstance.CanBeGuarded(Validated.Memories[0]);
}
