namespace Nacre.Wasi.Preview1;

/// <summary>Waiting that ends when the guest is to stop.</summary>
internal static class Waiting
{
    /// <summary>How long a guest that is to stop may go on waiting.</summary>
    public const int SliceMilliseconds = 20;

    /// <summary>Returns when one of the tasks has ended, however it did.</summary>
    /// <exception cref="TrapException">The guest was interrupted.</exception>
    public static void WaitForAny(this Caller caller, params Task[] tasks)
    {
        int slice = caller.Store.Engine.Options.Interruptible ? SliceMilliseconds : Timeout.Infinite;
        do caller.ThrowIfInterrupted();
        while (Task.WaitAny(tasks, slice) < 0);
    }

    /// <summary>Takes the turn to read or to write, before anything is waited for: what one thread finds ready, no other takes away.</summary>
    /// <param name="caller">The guest.</param>
    /// <param name="descriptor">What is to be read or written.</param>
    /// <param name="turn">The turn for that.</param>
    /// <param name="error"><see cref="Errno.Again"/> when another thread has it and the descriptor is one that does not wait.</param>
    /// <exception cref="TrapException">The guest was interrupted.</exception>
    public static Turn.Scope TakeTurn(this Caller caller, Descriptor descriptor, Turn turn, out Errno error)
    {
        Turn.Scope scope = descriptor.MayWait && MustNotWait(descriptor) ? turn.TryTake() : turn.Take(caller);
        error = scope.IsNone ? Errno.Again : Errno.Success;
        return scope;
    }

    /// <summary>Waits until the descriptor can be read, unless it is one that does not wait.</summary>
    /// <param name="caller">The guest.</param>
    /// <param name="descriptor">What is to be read.</param>
    /// <param name="byteCount">How much is to be read, at least one byte: more is not taken from a stream.</param>
    /// <returns><see cref="Errno.Again"/> when it would have to wait and must not.</returns>
    /// <exception cref="TrapException">The guest was interrupted.</exception>
    public static Errno WaitToRead(this Caller caller, Descriptor descriptor, ulong byteCount)
        => descriptor.MayWait
            ? Wait(caller, descriptor, (int)Math.Min(byteCount, int.MaxValue), static (descriptor, byteCount) => descriptor.ReadReady(byteCount))
            : Errno.Success;

    /// <summary>Waits until the descriptor can be written; see <see cref="WaitToRead"/>.</summary>
    public static Errno WaitToWrite(this Caller caller, Descriptor descriptor)
        => descriptor.MayWait ? Wait(caller, descriptor, 0, static (descriptor, _) => descriptor.WriteReady) : Errno.Success;

    // A guest that cannot be interrupted anyway leaves the waiting to the reading or writing itself, where that waits.
    private static Errno Wait(Caller caller, Descriptor descriptor, int byteCount, Func<Descriptor, int, Task> readyOf)
    {
        bool mustNotWait = MustNotWait(descriptor);
        if (descriptor.WaitsByItself && !mustNotWait && !caller.Store.Engine.Options.Interruptible) return Errno.Success;
        Task ready = readyOf(descriptor, byteCount);
        if (ready.IsCompleted) return Errno.Success;
        if (mustNotWait) return Errno.Again;
        caller.WaitForAny(ready);
        return Errno.Success;
    }

    private static bool MustNotWait(Descriptor descriptor) => (descriptor.Flags & Fdflags.Nonblock) != 0;
}
