using Nacre.Syntax;

namespace Nacre.Wasi.Preview1;

/// <summary>One thread of a guest beside its first: an instance of its own in a store of its own.</summary>
/// <param name="threads">All of them.</param>
/// <param name="id">The number by which the guest knows it.</param>
/// <param name="argument">What the guest gives it.</param>
/// <param name="fuelUnits">Fuel that it begins with.</param>
internal sealed class GuestThread(GuestThreads threads, int id, int argument, long fuelUnits)
{
    // What the host's own frames take on the same stack, and what the engine keeps free at its end.
    private const int HostStackByteCount = 512 * 1024;

    private readonly TaskCompletionSource<int> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _thread;

    /// <summary>Ends when the guest's function is about to run, with the number of the thread; or with an <see cref="Errno"/>, negated, when it never will.</summary>
    public Task<int> Started => _started.Task;

    /// <summary>Starts it.</summary>
    /// <returns>False when the system has no room for a thread.</returns>
    public bool TryStart(int stackByteCount)
    {
        long byteCount = (long)stackByteCount + HostStackByteCount;
        _thread = new Thread(Run, (int)Math.Min(byteCount, int.MaxValue)) { IsBackground = true, Name = $"guest thread {id}" };
        try
        {
            _thread.Start();
            return true;
        }
        catch (OutOfMemoryException)        // what the framework says when there can be no more threads
        {
            return false;
        }
    }

    /// <summary>Returns when it has ended.</summary>
    public void Join() => _thread!.Join();

    private void Run()
    {
        long leftUnits = fuelUnits;
        try
        {
            using Store store = threads.CreateStore(fuelUnits);
            try
            {
                Run(store);
            }
            finally
            {
                leftUnits = GuestThreads.FuelOf(store);
            }
        }
        catch (Exception exception)
        {
            threads.End(new RunEnd(exception));
        }
        finally
        {
            threads.Remove(id, leftUnits);
            _started.TrySetResult(GuestThreads.Refused);
        }
    }

    private void Run(Store store)
    {
        Instance instance;
        try
        {
            instance = threads.Instantiate(store);
        }
        catch (ExhaustionException exhausted) when (exhausted.Kind == ExhaustionKind.Heap)
        {
            return;     // there is no room for an instance, as the guest is told
        }
        _started.SetResult(id);
        instance.Procedure<int, int>(GuestThreads.EntryName).Invoke(id, argument);
    }
}
