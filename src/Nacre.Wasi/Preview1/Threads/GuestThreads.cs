using Nacre.Syntax;

namespace Nacre.Wasi.Preview1;

/// <summary>The threads of one guest, as <c>wasi-threads</c> has them. Spec: <c>wasi-threads</c>, <c>thread-spawn</c>.</summary>
/// <remarks>
/// Threads exist while the guest runs. The first thing that ends it (a thread's exit or trap, the return of its start, a deadline) is how
/// the run ends: one token, which every store has, then stops all threads wherever they are (docs/decisions/0014).
/// </remarks>
/// <param name="linker">What every instance is linked with.</param>
/// <param name="module">What every thread has an instance of.</param>
/// <param name="maximumCount">How many there can be at once beside the first.</param>
internal sealed class GuestThreads(Linker linker, Module module, int maximumCount)
{
    public const string ModuleName = "wasi", SpawnName = "thread-spawn", EntryName = "wasi_thread_start";

    /// <summary>What the guest is told when there cannot be another thread.</summary>
    public const int Refused = -(int)Errno.Again;

    private const int LargestId = (1 << 29) - 1;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, GuestThread> _threads = [];
    private readonly bool _hasEntry = module.Exports.Any(export => export is { Name: EntryName, Signature: { } type }
        && type.Results.Length == 0 && type.Parameters is [var id, var argument] && id == ValType.I32 && argument == ValType.I32);

    private Store? _first;                          // the store of the thread that runs the guest, while it does
    private CancellationTokenSource? _ending;
    private RunEnd? _end;
    private int _lastId;
    private long _spareFuelUnits;                   // left by threads that have ended

    /// <summary>Runs a guest from its start until all of its threads have ended.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="InvalidOperationException">It is running already.</exception>
    public uint Run(Function start)
    {
        Store store = start.Store;
        CancellationToken given = store.CancellationToken;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(given);
        Begin(store, ending);
        try
        {
            store.CancellationToken = ending.Token;
            start.Invoke();
            End(new RunEnd(exitCode: 0));
        }
        catch (Exception exception)
        {
            End(new RunEnd(exception));
        }
        finally
        {
            Join();
            store.CancellationToken = given;
            TakeSpareFuel(store);
        }
        return _end!.Answer();
    }

    /// <summary>Starts a thread.</summary>
    /// <returns>Its number; or an <see cref="Errno"/>, negated.</returns>
    /// <exception cref="TrapException">The guest was interrupted.</exception>
    public int Spawn(Caller caller, int argument)
    {
        if (!_hasEntry) return -(int)Errno.Nosys;
        TakeSpareFuel(caller.Store);
        if (!TryAdd(caller.Store, argument, out GuestThread? thread)) return Refused;
        caller.WaitForAny(thread!.Started);
        return thread.Started.Result;
    }

    /// <summary>Makes a store for a thread: with the limits and the end of the first, and fuel of its own.</summary>
    public Store CreateStore(long fuelUnits)
    {
        Store store = _first!.CreateSibling();
        store.CancellationToken = _ending!.Token;
        if (linker.Engine.Options.ConsumeFuel) store.Fuel = fuelUnits;
        return store;
    }

    /// <inheritdoc cref="Linker.Instantiate"/>
    public Instance Instantiate(Store store) => linker.Instantiate(store, module);

    /// <summary>Ends the run, unless it is ending already.</summary>
    public void End(RunEnd end)
    {
        if (Interlocked.CompareExchange(ref _end, end, null) is null) _ending!.Cancel();
    }

    /// <summary>Forgets a thread, the last thing that it does.</summary>
    public void Remove(int id, long leftFuelUnits)
    {
        lock (_lock)
        {
            _threads.Remove(id);
            _spareFuelUnits += leftFuelUnits;
        }
    }

    /// <summary>The fuel that a store has left; 0 where code is not metered.</summary>
    public static long FuelOf(Store store) => store.Engine.Options.ConsumeFuel ? store.Fuel : 0;

    private void Begin(Store store, CancellationTokenSource ending)
    {
        lock (_lock)
        {
            if (_first is not null) throw new InvalidOperationException("The guest is running already.");
            (_first, _ending, _end) = (store, ending, null);
        }
    }

    // A thread is given its share of what fuel its maker has: as much as each of those that there can be yet, and the maker, would get.
    private bool TryAdd(Store maker, int argument, out GuestThread? thread)
    {
        lock (_lock)
        {
            thread = null;
            if (_end is not null || _first is null || _threads.Count >= maximumCount) return false;
            long fuelUnits = FuelOf(maker) / (maximumCount - _threads.Count + 1L);
            int id = NextId();
            thread = new GuestThread(this, id, argument, fuelUnits);
            if (!thread.TryStart(linker.Engine.Options.StackByteCount)) return false;
            _threads.Add(id, thread);
            if (fuelUnits > 0) maker.Fuel -= fuelUnits;
            return true;
        }
    }

    private int NextId()
    {
        do _lastId = _lastId % LargestId + 1;
        while (_threads.ContainsKey(_lastId));
        return _lastId;
    }

    private void TakeSpareFuel(Store store)
    {
        lock (_lock)
        {
            if (_spareFuelUnits > 0) store.Fuel += _spareFuelUnits;
            _spareFuelUnits = 0;
        }
    }

    // None comes to be once the run is ending, and all of them are about to end.
    private void Join()
    {
        GuestThread[] threads;
        lock (_lock) threads = [.. _threads.Values];
        foreach (GuestThread thread in threads) thread.Join();
        lock (_lock) (_first, _ending) = (null, null);
    }
}
