using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Wasi.Tests;

/// <summary>A guest with threads: fields of a module in the text format, behind imports of what they need and a shared memory.</summary>
internal sealed class ThreadGuest : IDisposable
{
    /// <summary>Errors as <c>thread-spawn</c> answers them.</summary>
    public const int Again = -(int)Errno.Again, Nosys = -(int)Errno.Nosys;

    // $finish: this thread is done. $await: waits until so many are.
    private const string Prelude = """
        (memory (export "memory") (import "env" "memory") 1 16 shared)
        (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
        (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
        (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
        (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
        (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
        (import "env" "tick" (func $tick))
        (func $finish
          (drop (i32.atomic.rmw.add (i32.const 4) (i32.const 1)))
          (drop (memory.atomic.notify (i32.const 4) (i32.const -1))))
        (func $await (param $count i32) (local $seen i32)
          (loop $again
            (local.set $seen (i32.atomic.load (i32.const 4)))
            (if (i32.lt_u (local.get $seen) (local.get $count)) (then
              (drop (memory.atomic.wait32 (i32.const 4) (local.get $seen) (i64.const -1)))
              (br $again)))))
        (func $block_loop (loop $forever (call $tick) (br $forever)))
        (func $block_wait (drop (memory.atomic.wait32 (i32.const 1000) (i32.const 0) (i64.const -1))))
        (func $block_poll
          (i32.store8 (i32.const 2008) (i32.const 1))
          (drop (call $poll (i32.const 2000) (i32.const 2100) (i32.const 1) (i32.const 2200))))
        (func $block_sleep
          (i32.store (i32.const 2316) (i32.const 1))
          (i64.store (i32.const 2324) (i64.const 0x7FFFFFFFFFFFFFFF))
          (drop (call $poll (i32.const 2300) (i32.const 2400) (i32.const 1) (i32.const 2500))))
        (func $block_read
          (i32.store (i32.const 2600) (i32.const 2700))
          (i32.store (i32.const 2604) (i32.const 1))
          (drop (call $read (i32.const 0) (i32.const 2600) (i32.const 1) (i32.const 2650))))
        """;

    private readonly Engine _engine;

    /// <param name="engine">What runs it.</param>
    /// <param name="memory">How its memory is checked.</param>
    /// <param name="fields">The rest of the module.</param>
    /// <param name="options">What it gets from its host.</param>
    /// <param name="limits">What its store may have.</param>
    /// <param name="fuelUnits">Fuel, when code is to be metered.</param>
    /// <param name="tick">What <c>$tick</c> does.</param>
    /// <param name="trace">Shows its calls.</param>
    public ThreadGuest(
        EngineKind engine, MemoryStrategy memory, string fields, WasiOptions? options = null, StoreLimits? limits = null, long? fuelUnits = null,
        Action? tick = null, WasiTrace? trace = null)
    {
        _engine = new Engine(engine.Options() with
        {
            Interruptible = true,
            ConsumeFuel = fuelUnits is not null,
            MemoryStrategy = memory,
            Features = WasmFeatures.All,
        });
        Store = new Store(_engine, limits ?? StoreLimits.None);
        if (fuelUnits is { } units) Store.Fuel = units;
        Wasi = new WasiPreview1((options ?? new WasiOptions()) with { TimeProvider = TimeProvider.System });
        Module module = _engine.CompileText($"(module {Prelude} {fields})");
        Linker linker = new Linker(_engine) { HostFunctionWrapper = trace is null ? null : trace.Wrap }.Define(Wasi).Define("env", "tick", tick ?? (static () => { }));
        Instance = Wasi.DefineThreadsIn(linker, Store, module).Instantiate(Store, module);
    }

    public Store Store { get; }

    public WasiPreview1 Wasi { get; }

    public Instance Instance { get; }

    /// <summary>A number in its memory.</summary>
    public int this[int address] => Instance.Memory().Read<int>(address);

    /// <summary>Runs it, for half a minute at most.</summary>
    public uint Run(CancellationToken cancellation = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        Store.CancellationToken = patience.Token;
        uint exitCode = Wasi.Run(Instance);
        Store.CancellationToken = CancellationToken.None;
        return exitCode;
    }

    public void Dispose()
    {
        Wasi.Dispose();
        Store.Dispose();
        _engine.Dispose();
    }
}
