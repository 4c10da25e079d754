using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Nacre.Runtime;

/// <summary>Which thread uses a store. One at a time; calls may nest.</summary>
/// <remarks>
/// A thread is known by where its stack ends, which no other thread that lives has in common with it. A thread that has ended holds
/// nothing, so one whose stack ends there takes its place.
/// <para>Most stores are used by one thread all their life. The first thread is <i>favoured</i>: it enters with plain writes and reads,
/// without the atomic operation that costs as much as the rest of a short call. A second thread takes the favour away for good: it
/// withdraws it, has every processor finish what it began (<see cref="Interlocked.MemoryBarrierProcessWide"/>), and then looks whether the
/// favoured one is inside. That one writes that it is inside before it looks at the favour again, so that one of them sees the other.
/// From then on every thread claims the store by an atomic operation. Where stacks cannot be found that is so from the beginning.</para>
/// </remarks>
internal sealed class Ownership
{
    private const nuint Nobody = 0;

    private readonly Lock _deciding = new();

    // The favoured thread's stack, as far as calls may use it. It has no bytes while nobody is favoured, and its limit is set once.
    private nuint _favouredLimit;
    private nuint _favouredByteCount;
    private int _favouredDepth;

    private bool _isFavourWithdrawn = !HostStack.IsSupported;
    private nuint _owner = Nobody;
    private int _depth;

    /// <summary>The lowest address that calls of the favoured thread may use.</summary>
    public nuint FavouredLimit => _favouredLimit;

    /// <summary>Claims the store, if the calling thread is favoured and has enough left of its stack for a call.</summary>
    /// <param name="here">An address on the running thread's stack.</param>
    /// <returns>How many calls of this thread are under way already; negative when <see cref="Enter"/> has to decide.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int EnterFavoured(nuint here)
    {
        nuint limit = _favouredLimit;
        if (HostStack.KnownLimit != limit) return -1;
        nuint fromLimit = here - limit;
        if (fromLimit >= Volatile.Read(ref _favouredByteCount)) return -1;
        int depth = _favouredDepth;
        Volatile.Write(ref _favouredDepth, depth + 1);
        if (fromLimit < Volatile.Read(ref _favouredByteCount)) return depth;
        Volatile.Write(ref _favouredDepth, depth);
        return -1;
    }

    /// <summary>Claims the store for the calling thread.</summary>
    /// <returns>How many calls of this thread are under way already; negative when another thread is inside.</returns>
    public int Enter() => Volatile.Read(ref _isFavourWithdrawn) ? Claim() : Decide();

    /// <summary>Ends what the last <see cref="Enter"/> or <see cref="EnterFavoured"/> of this thread began.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit()
    {
        // The favour is not withdrawn while its holder is inside, so the flag tells how this call came in.
        if (_isFavourWithdrawn) EndClaim();
        else Volatile.Write(ref _favouredDepth, _favouredDepth - 1);
    }

    /// <summary>Does the same, and sees to it that <see cref="EnterFavoured"/> lets nobody in any more.</summary>
    public void ExitForGood()
    {
        lock (_deciding)
        {
            Exit();
            Volatile.Write(ref _favouredByteCount, 0);
            Volatile.Write(ref _isFavourWithdrawn, true);
        }
    }

    /// <summary>Whether the call that <see cref="Exit"/> is about to end is the only one of this thread.</summary>
    public bool IsOutermost => (_isFavourWithdrawn ? _depth : _favouredDepth) == 1;

    private int Decide()
    {
        lock (_deciding)
        {
            StackRange stack = HostStack.Range;
            if (_favouredLimit == Nobody) Favour(stack);
            if (!_isFavourWithdrawn)
            {
                if (_favouredLimit == stack.Limit)
                {
                    int depth = _favouredDepth;
                    Volatile.Write(ref _favouredDepth, depth + 1);
                    return depth;
                }
                if (!TryWithdraw()) return -1;
            }
        }
        return Claim();
    }

    private void Favour(StackRange stack)
    {
        _favouredLimit = stack.Limit;
        Volatile.Write(ref _favouredByteCount, stack.ByteCount);
    }

    private bool TryWithdraw()
    {
        nuint byteCount = _favouredByteCount;
        Volatile.Write(ref _favouredByteCount, 0);
        Interlocked.MemoryBarrierProcessWide();
        bool isWithdrawn = Volatile.Read(ref _favouredDepth) == 0;
        if (isWithdrawn) Volatile.Write(ref _isFavourWithdrawn, true);
        else Volatile.Write(ref _favouredByteCount, byteCount);     // it is inside, or about to be
        return isWithdrawn;
    }

    private int Claim()
    {
        nuint thread = HostStack.IsSupported ? HostStack.Range.Limit : (nuint)Environment.CurrentManagedThreadId;
        if (Volatile.Read(ref _owner) != thread && Interlocked.CompareExchange(ref _owner, thread, Nobody) != Nobody) return -1;
        return _depth++;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EndClaim()
    {
        Debug.Assert(_depth > 0, "every end has a beginning");
        if (--_depth == 0) Volatile.Write(ref _owner, Nobody);
    }
}
