using Nacre.Cli.Platform;
using Nacre.Syntax;
using Nacre.Wasi;

namespace Nacre.Cli.Running;

/// <summary>Runs a guest with what it was given, and no more.</summary>
internal static class GuestRun
{
    /// <summary>Runs what was asked for.</summary>
    /// <returns>The guest's exit code.</returns>
    public static int Execute(RunRequest request)
    {
        using var engine = new Engine(new EngineOptions
        {
            Features = WasmFeatures.All,
            Kind = request.Engine,
            MemoryStrategy = request.MemoryStrategy,
            CanonicalizeNaNs = request.CanonicalizesNaNs,
            ConsumeFuel = request.Fuel is not null,
            Interruptible = request.Timeout is not null || request.MaximumThreadCount is not null,
            Limits = request.MaximumMemoryByteCount is { } byteCount ? new StoreLimits { MaxMemoryByteCount = byteCount } : StoreLimits.None,
        });
        Module module = ModuleFile.Compile(engine, request.File);
        using var store = new Store(engine);
        if (request.Fuel is { } fuel) store.Fuel = fuel;
        using var belongings = new Belongings(request);
        using var wasi = new WasiPreview1(belongings.Options);
        using CancellationTokenSource? end = request.Timeout is { } time ? new CancellationTokenSource(time) : null;
        if (end is not null) store.CancellationToken = end.Token;

        var linker = new Linker(engine);
        if (request.TracesWasi) Trace(linker);
        linker.Define(wasi);
        if (request.MaximumThreadCount is not null) wasi.DefineThreadsIn(linker, store, module);
        try
        {
            Instance guest = ToolchainHabits.Instantiate(linker, wasi, store, module, belongings.Options.StandardError);
            return request.Invoke is null ? ExitCode.Of(wasi.Run(guest)) : Invocation.Execute(wasi, guest, request);
        }
        catch (WasiExitException exit)      // in a start function, or in one that was invoked
        {
            return ExitCode.Of(exit.ExitCode);
        }
    }

    private static void Trace(Linker linker)
    {
        var lines = new StreamWriter(Host.OpenError()) { AutoFlush = true };
        linker.HostFunctionWrapper = new WasiTrace(lines).Wrap;
    }
}
