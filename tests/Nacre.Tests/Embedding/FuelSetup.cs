using Nacre.Compiler;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Tiering;

namespace Nacre.Tests.Embedding;

/// <summary>An engine that meters a guest in some way, and what the guest's host sees.</summary>
internal sealed class FuelSetup : IDisposable
{
    private readonly Engine _engine;
    private readonly List<long> _seen = [];

    public FuelSetup(EngineOptions options, string text)
    {
        _engine = new Engine(options with { ConsumeFuel = true, Features = WasmFeatures.All });
        Store = new Store(_engine);
        Instance = new Linker(_engine)
            .Define("env", "look", new FuncType([ValType.I32], [ValType.I32]), Look)
            .Instantiate(Store, _engine.CompileText(text));
    }

    public Store Store { get; }

    public Instance Instance { get; }

    /// <summary>Every way in which code is metered.</summary>
    public static IEnumerable<EngineOptions> All =>
    [
        new() { Kind = EngineKind.Interpreter },
        new() { Kind = EngineKind.Interpreter, Interruptible = true },
        new() { Kind = EngineKind.Compiler, MemoryStrategy = MemoryStrategy.Explicit },
        new() { Kind = EngineKind.Compiler, MemoryStrategy = MemoryStrategy.Auto, Interruptible = true },
        new() { Kind = EngineKind.Compiler, SplitLimits = SplitLimits.Smallest },
        new() { Kind = EngineKind.Compiler, SplitLimits = SplitLimits.Smallest, Interruptible = true },
        new() { Kind = EngineKind.Auto, Tiering = new TieringOptions(30, CompilesInBackground: false) },
    ];

    /// <summary>Calls a function with so much fuel and tells all that can be seen.</summary>
    public string Call(string name, int argument, long fuel)
    {
        _seen.Clear();
        var steps = (Global)Instance.Export("steps")!;
        steps.Value = 0;
        Store.Fuel = fuel;
        string outcome;
        try
        {
            outcome = $"{Instance.Function(name).Invoke(argument)[0].AsInt32()}";
        }
        catch (ExhaustionException exhaustion)
        {
            outcome = $"{exhaustion.Kind}";
        }
        return $"{name} with {fuel}: {outcome}, {Store.Fuel} left, {steps.Value} steps, host saw {string.Join(' ', _seen)}";
    }

    /// <summary>What a call uses.</summary>
    public long Used(string name, int argument)
    {
        const long Plenty = 1_000_000;
        Store.Fuel = Plenty;
        Instance.Function(name).Invoke(argument);
        return Plenty - Store.Fuel;
    }

    public void Dispose()
    {
        Store.Dispose();
        _engine.Dispose();
    }

    private void Look(ref HostFrame frame)
    {
        int argument = frame.NextInt32();
        _seen.Add(Store.Fuel);
        if (argument < 0) Instance.Function("raise").Invoke(argument);
        frame.BeginResults();
        frame.Return(argument * 2);
    }
}
