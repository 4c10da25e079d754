using Nacre.Syntax;

namespace Nacre.Fuzz.Oracles;

/// <summary>A valid module runs, within its budgets, to results or a documented error.</summary>
internal static class RunOracle
{
    private const int FuelUnits = 20_000, CalledExportCount = 8;

    private static readonly EngineOptions s_options = new()
    {
        Features = WasmFeatures.All,
        ConsumeFuel = true,
        StackByteCount = 64 * 1024,
        Limits = new StoreLimits { MaxMemoryByteCount = 4 << 20, MaxTableElementCount = 10_000 },
    };

    /// <summary>Instantiates <paramref name="input"/>, whose imported functions do nothing, and calls what it exports with zeros.</summary>
    public static Outcome Run(byte[] input)
    {
        using var engine = new Engine(s_options);
        using var store = new Store(engine);
        Module module;
        try
        {
            module = engine.Compile(input);
        }
        catch (MalformedModuleException)
        {
            return Outcome.Refused;                  // The engine runs fewer features than were decoded.
        }
        return Run(store, module);
    }

    private static Outcome Run(Store store, Module module)
    {
        try
        {
            store.Fuel = FuelUnits;
            Instance instance = LinkerFor(module).Instantiate(store, module);
            foreach (ExportDescription export in module.Exports.Where(export => export.Type is FuncExternType).Take(CalledExportCount))
                Call(store, instance.Function(export.Name));
            return Outcome.Ran;
        }
        catch (WasmException exception) when (exception is LinkException or TrapException or ExhaustionException or GuestException)
        {
            return Outcome.Refused;
        }
    }

    private static Linker LinkerFor(Module module)
    {
        var linker = new Linker(module.Engine);
        foreach (ImportDescription import in module.Imports)
        {
            if (import.Signature is { } signature && import.Type is FuncExternType && HasOnlyNumbers(signature))
                linker.Define(import.Module, import.Name, signature, static (ref Runtime.HostFrame _) => { });
        }
        return linker;
    }

    private static bool HasOnlyNumbers(FuncType type)
    {
        foreach (ValType value in type.Parameters) if (value.IsReference) return false;
        foreach (ValType value in type.Results) if (value.IsReference) return false;
        return true;
    }

    private static void Call(Store store, Function function)
    {
        if (!HasOnlyNumbers(function.Type)) return;
        store.Fuel = FuelUnits;
        try
        {
            function.Invoke([.. function.Type.Parameters.ToArray().Select(Zero)]);
        }
        catch (WasmException exception) when (exception is TrapException or ExhaustionException or GuestException)
        {
            // The guest was stopped as documented; its other exports can still be called.
        }
    }

    private static Value Zero(ValType type) => type.ToString() switch
    {
        "i32" => Value.FromInt32(0),
        "i64" => Value.FromInt64(0),
        "f32" => Value.FromSingle(0),
        "f64" => Value.FromDouble(0),
        _ => Value.FromVector128(default),
    };
}
