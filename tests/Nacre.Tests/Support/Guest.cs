namespace Nacre.Tests.Support;

/// <summary>A module that is instantiated in a store of its own.</summary>
internal sealed class Guest : IDisposable
{
    private readonly Engine _engine;

    private Guest(EngineOptions options, Func<Engine, Module> compile, StoreLimits limits, Action<Linker, Store>? define)
    {
        _engine = new Engine(options);
        Module = compile(_engine);
        Store = new Store(_engine, limits);
        var linker = new Linker(_engine);
        define?.Invoke(linker, Store);
        Instance = linker.Instantiate(Store, Module);
    }

    public Module Module { get; }

    public Store Store { get; }

    public Instance Instance { get; }

    public Memory Memory => Instance.Memory();

    /// <summary>Instantiates what <paramref name="module"/> builds.</summary>
    public static Guest Of(EngineKind engine, ModuleBuilder module, Action<Linker>? define = null)
        => new(engine.Options(), runtime => runtime.Compile(module.Build()), StoreLimits.None, (linker, _) => define?.Invoke(linker));

    /// <summary>Instantiates a module in the text format.</summary>
    public static Guest FromText(EngineKind engine, string module, Action<Linker>? define = null)
        => new(engine.Options(), runtime => runtime.CompileText(module), StoreLimits.None, (linker, _) => define?.Invoke(linker));

    /// <summary>Instantiates a module in the text format on an engine with options.</summary>
    public static Guest FromText(EngineOptions options, string module)
        => new(options, runtime => runtime.CompileText(module), options.Limits, define: null);

    /// <summary>Instantiates what <paramref name="module"/> builds, with options, limits, and imports that live in the store.</summary>
    public static Guest Of(EngineOptions options, ModuleBuilder module, StoreLimits? limits = null, Action<Linker, Store>? define = null)
        => new(options, runtime => runtime.Compile(module.Build()), limits ?? options.Limits, define);

    /// <summary>Calls an exported function and returns its results.</summary>
    public Value[] Call(string name, params Value[] arguments) => Instance.Function(name).Invoke(arguments);

    /// <summary>Calls an exported function that has one result.</summary>
    public T Call<T>(string name, params Value[] arguments)
    {
        Value result = Assert.Single(Call(name, arguments));
        object? value = typeof(T) == typeof(int) ? result.AsInt32()
            : typeof(T) == typeof(long) ? result.AsInt64()
            : typeof(T) == typeof(float) ? result.AsSingle()
            : typeof(T) == typeof(double) ? result.AsDouble()
            : result.AsReference();
        return (T)value!;
    }

    public void Dispose()
    {
        Store.Dispose();
        _engine.Dispose();
    }
}
