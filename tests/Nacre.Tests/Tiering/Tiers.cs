using Nacre.Interpreter;
using Nacre.Syntax;
using Nacre.Tests.Support;
using Nacre.Tiering;

namespace Nacre.Tests.Tiering;

/// <summary>A guest whose functions are compiled when a test has called them often, and not before.</summary>
internal sealed unsafe class Tiers : IDisposable
{
    private const int Threshold = 2_000, EnoughCalls = 2 * Threshold;

    private readonly Engine _engine;

    public Tiers(string text, Action<Linker>? define = null, EngineOptions? options = null)
    {
        _engine = new Engine((options ?? new EngineOptions()) with
        {
            Kind = EngineKind.Auto,
            Features = Nacre.Syntax.WasmFeatures.All,
            Tiering = new TieringOptions(Threshold, CompilesInBackground: false),
        });
        Store = new Store(_engine);
        if (_engine.Options.ConsumeFuel) Store.Fuel = long.MaxValue;
        Module = _engine.CompileText(text);
        var linker = new Linker(_engine);
        define?.Invoke(linker);
        Instance = linker.Instantiate(Store, Module);
    }

    public Module Module { get; }

    public Store Store { get; }

    public Instance Instance { get; }

    public Value[] Call(string name, params Value[] arguments) => Instance.Function(name).Invoke(arguments);

    /// <summary>Calls a function until it is compiled.</summary>
    public Tiers Heat(string name, params Value[] arguments)
    {
        for (int i = 0; i < EnoughCalls && !IsCompiled(name); i++) Call(name, arguments);
        Assert.True(IsCompiled(name), $"{name} is not compiled");
        return this;
    }

    /// <summary>Whether calls of an exported function go to compiled code.</summary>
    public bool IsCompiled(string name) => IsCompiled(Module, name);

    /// <inheritdoc cref="IsCompiled(string)"/>
    public static bool IsCompiled(Module module, string name)
    {
        uint function = module.Definition.Exports.Single(export => export.Name == name).Index;
        Instr* header = ((InterpretedModule)module.Code).Entries[module.Validated.DefinedIndexOf(new FuncIndex(function))];
        return header != null && header[FunctionCode.HeaderWordCount].Op == Op.CallCompiled;
    }

    public void Dispose()
    {
        Store.Dispose();
        _engine.Dispose();
    }
}
