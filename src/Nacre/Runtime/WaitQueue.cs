using System.Runtime.CompilerServices;

namespace Nacre.Runtime;

/// <summary>Threads that wait at addresses of a shared memory.</summary>
/// <remarks>Spec: threads proposal, wait and notify. Safe for any number of threads.</remarks>
internal sealed class WaitQueue
{
    /// <summary>What <c>memory.atomic.wait</c> answers.</summary>
    public enum Outcome
    {
        /// <summary>Another thread notified this one.</summary>
        Notified = 0,
        /// <summary>Memory did not hold the expected value.</summary>
        NotEqual = 1,
        /// <summary>The time was up.</summary>
        TimedOut = 2,
    }

    // How long an interrupted guest may go on waiting.
    private const int SliceMilliseconds = 20;

    private readonly Dictionary<ulong, LinkedList<Waiter>> _waiters = [];

    /// <summary>Creates one for a memory. Not inlined: memories that nobody shares then do without the collections (docs/decisions/0003).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static WaitQueue Create() => new();

    private sealed class Waiter
    {
        public bool IsNotified;
    }

    /// <summary>Waits at <paramref name="address"/>, if memory holds the expected value, until notified.</summary>
    /// <param name="address">The address, in bytes.</param>
    /// <param name="holdsExpected">Looks at memory. Asked while no other thread can notify.</param>
    /// <param name="timeoutNanoseconds">How long at most; negative: without end.</param>
    /// <param name="time">Measures it.</param>
    /// <param name="throwIfInterrupted">Called now and then while waiting; it may throw.</param>
    public Outcome Wait(ulong address, Func<bool> holdsExpected, long timeoutNanoseconds, TimeProvider time, Action throwIfInterrupted)
    {
        const long NanosecondsPerMillisecond = 1_000_000;
        lock (_waiters)
        {
            if (!holdsExpected()) return Outcome.NotEqual;
            LinkedListNode<Waiter> node = Enqueue(address);
            long start = time.GetTimestamp();
            try
            {
                while (!node.Value.IsNotified)
                {
                    throwIfInterrupted();
                    var elapsed = (long)time.GetElapsedTime(start).TotalNanoseconds;
                    if (timeoutNanoseconds >= 0 && elapsed >= timeoutNanoseconds) return Outcome.TimedOut;
                    long left = timeoutNanoseconds < 0 ? long.MaxValue : timeoutNanoseconds - elapsed;
                    Monitor.Wait(_waiters, (int)Math.Min(SliceMilliseconds, (left / NanosecondsPerMillisecond) + 1));
                }
                return Outcome.Notified;
            }
            finally
            {
                Dequeue(address, node);
            }
        }
    }

    /// <summary>Wakes at most <paramref name="count"/> threads that wait at <paramref name="address"/>, those first that have waited longest.</summary>
    /// <returns>How many were woken.</returns>
    public uint Notify(ulong address, uint count)
    {
        lock (_waiters)
        {
            uint woken = 0;
            if (!_waiters.TryGetValue(address, out LinkedList<Waiter>? list)) return 0;
            foreach (Waiter waiter in list)
            {
                if (woken == count) break;
                if (waiter.IsNotified) continue;
                waiter.IsNotified = true;
                woken++;
            }
            if (woken > 0) Monitor.PulseAll(_waiters);
            return woken;
        }
    }

    private LinkedListNode<Waiter> Enqueue(ulong address)
    {
        if (!_waiters.TryGetValue(address, out LinkedList<Waiter>? list)) _waiters.Add(address, list = []);
        return list.AddLast(new Waiter());
    }

    private void Dequeue(ulong address, LinkedListNode<Waiter> node)
    {
        LinkedList<Waiter> list = node.List!;
        list.Remove(node);
        if (list.Count == 0) _waiters.Remove(address);
    }
}
