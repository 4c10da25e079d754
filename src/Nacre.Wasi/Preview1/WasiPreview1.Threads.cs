using Nacre.Syntax;
using Nacre.Wasi.FileSystems;
using Nacre.Wasi.Preview1;

namespace Nacre.Wasi;

/// <content>Threads.</content>
public sealed partial class WasiPreview1
{
    private GuestThreads? _threads;

    /// <summary>
    /// Lets a guest have threads (<c>wasi-threads</c>): defines <c>thread-spawn</c>, and the shared memories that the module imports and that are
    /// not defined so far.
    /// </summary>
    /// <param name="linker">What the guest, and each of its threads, is linked with. Whatever is defined in it is used by several threads at once.</param>
    /// <param name="store">Where the guest is going to live. What its threads have counts against this store's limits.</param>
    /// <param name="module">The guest's module.</param>
    /// <returns>The linker.</returns>
    /// <remarks>
    /// <para>Each thread is an instance of the module in a store of its own: what the module imports is the same, so that shared memories are
    /// shared; all else, globals and tables, is its own, and its start function runs. It calls the exported <c>wasi_thread_start</c>.</para>
    /// <para>Threads exist while <see cref="Run"/> does: before and after, <c>thread-spawn</c> refuses, as it does when there are
    /// <see cref="WasiOptions.MaximumThreadCount"/> of them or no room for another. The guest ends as soon as one of its threads exits
    /// or traps, or the first one returns; the store's <see cref="Store.CancellationToken"/> ends all of them. A thread gets its share of the
    /// fuel of the thread that makes it, and leaves what it does not use to the next.</para>
    /// <para>Except on Linux, a guest that swaps names on one thread while another uses them can get out of a <see cref="HostDirectory"/>: one that
    /// is not trusted gets either threads or such a directory.</para>
    /// </remarks>
    /// <exception cref="InvalidOperationException">The engine's code cannot be stopped (<see cref="EngineOptions.Interruptible"/>), or it was done before.</exception>
    /// <exception cref="ArgumentException">Store or module belong to another engine than the linker.</exception>
    /// <exception cref="ExhaustionException">The store's limits or the machine do not allow a memory of that size.</exception>
    public Linker DefineThreadsIn(Linker linker, Store store, Module module)
    {
        ArgumentNullException.ThrowIfNull(linker);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(module);
        if (store.Engine != linker.Engine) throw new ArgumentException("The store belongs to another engine.", nameof(store));
        if (module.Engine != linker.Engine) throw new ArgumentException("The module was compiled by another engine.", nameof(module));
        if (!linker.Engine.Options.Interruptible)
            throw new InvalidOperationException($"The engine was created without {nameof(EngineOptions)}.{nameof(EngineOptions.Interruptible)}.");
        if (_threads is not null) throw new InvalidOperationException("The guest has threads already.");

        foreach (ImportDescription import in module.Imports)
        {
            if (import.Type is MemoryType { IsShared: true } type && !linker.IsDefined(import.Module, import.Name))
                linker.Define(import.Module, import.Name, new Memory(store, type));
        }
        var threads = _threads = new GuestThreads(linker, module, _maximumThreadCount);
        return linker.Define(GuestThreads.ModuleName, GuestThreads.SpawnName, (Caller caller, int argument) => threads.Spawn(caller, argument));
    }
}
