namespace Nacre.Wasi.Preview1;

/// <summary>What one thread of a guest at a time has. Waiting for it ends when the guest is to stop.</summary>
internal sealed class Turn
{
    private readonly Lock _lock = new();

    /// <summary>Waits for the turn. It ends when the scope is disposed of; the thread that has it may take it again meanwhile.</summary>
    /// <exception cref="TrapException">The guest was interrupted.</exception>
    public Scope Take(Caller caller)
    {
        while (!_lock.TryEnter(Waiting.SliceMilliseconds)) caller.ThrowIfInterrupted();
        return new Scope(_lock);
    }

    /// <summary>Takes the turn, unless another thread has it: then the scope is none.</summary>
    public Scope TryTake() => new(_lock.TryEnter() ? _lock : null);

    /// <summary>The time that the turn lasts.</summary>
    public readonly ref struct Scope(Lock? held) : IDisposable
    {
        public bool IsNone => held is null;

        public void Dispose() => held?.Exit();
    }
}
