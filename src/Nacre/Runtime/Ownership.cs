using System.Diagnostics;

namespace Nacre.Runtime;

/// <summary>Which thread uses a store. One at a time; calls may nest.</summary>
/// <remarks>
/// Most stores are used by one thread all their life. The first thread is <i>favoured</i>: it enters with plain writes and reads, without
/// the atomic operation that costs as much as the rest of a short call. A second thread takes the favour away for good: it
/// withdraws it, has every processor finish what it began (<see cref="Interlocked.MemoryBarrierProcessWide"/>), and then looks whether the
/// favoured one is inside. That one writes that it is inside before it looks at the favour again, so that one of them sees the other.
/// From then on every thread claims the store by an atomic operation.
/// </remarks>
internal sealed class Ownership
{
    private const int Nobody = 0, Withdrawn = -1;

    private readonly Lock _deciding = new();
    private int _favoured = Nobody;
    private int _favouredDepth;
    private int _owner = Nobody;
    private int _depth;

    /// <summary>Claims the store for the calling thread.</summary>
    /// <returns>How many calls of this thread are under way already; negative when another thread is inside.</returns>
    public int Enter()
    {
        int thread = Environment.CurrentManagedThreadId;
        if (Volatile.Read(ref _favoured) != thread) return EnterSlowly(thread);
        int depth = _favouredDepth;
        Volatile.Write(ref _favouredDepth, depth + 1);
        if (Volatile.Read(ref _favoured) == thread) return depth;
        Volatile.Write(ref _favouredDepth, depth);
        return EnterSlowly(thread);
    }

    /// <summary>Ends what the last <see cref="Enter"/> of this thread began.</summary>
    public void Exit()
    {
        int depth = _favouredDepth;
        if (depth > 0) Volatile.Write(ref _favouredDepth, depth - 1);
        else if (--_depth == 0) Volatile.Write(ref _owner, Nobody);
    }

    /// <summary>Whether the call that <see cref="Exit"/> is about to end is the only one of this thread.</summary>
    public bool IsOutermost => _favouredDepth + _depth == 1;

    private int EnterSlowly(int thread)
    {
        lock (_deciding)
        {
            if (_favoured == Nobody) Volatile.Write(ref _favoured, thread);
            if (_favoured == thread)
            {
                Volatile.Write(ref _favouredDepth, _favouredDepth + 1);
                return _favouredDepth - 1;
            }
            if (_favoured != Withdrawn && !TryWithdraw()) return -1;
        }
        return Claim(thread);
    }

    private bool TryWithdraw()
    {
        int favoured = _favoured;
        Volatile.Write(ref _favoured, Withdrawn);
        Interlocked.MemoryBarrierProcessWide();
        if (Volatile.Read(ref _favouredDepth) == 0) return true;
        Volatile.Write(ref _favoured, favoured);    // it is inside, or about to be
        return false;
    }

    private int Claim(int thread)
    {
        Debug.Assert(_favoured == Withdrawn, "the favoured thread has ways of its own");
        if (Volatile.Read(ref _owner) != thread && Interlocked.CompareExchange(ref _owner, thread, Nobody) != Nobody) return -1;
        return _depth++;
    }
}
