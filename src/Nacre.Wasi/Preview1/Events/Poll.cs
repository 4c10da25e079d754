namespace Nacre.Wasi.Preview1;

/// <summary>One call of <c>poll_oneoff</c>: what is waited for, and waiting.</summary>
/// <param name="time">The clocks' source; null when the guest has no clocks.</param>
internal sealed class Poll(TimeProvider? time) : IDisposable
{
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    private readonly List<Awaited> _awaited = [];
    private readonly List<Task> _pending = [];

    /// <summary>Adds a descriptor to be read or written. It is held as long as this exists.</summary>
    public void Add(in Subscription subscription, Descriptor descriptor)
    {
        descriptor.Hold();
        _awaited.Add(new Awaited(subscription) { Descriptor = descriptor });
    }

    /// <summary>Adds a time to be waited for, in nanoseconds of the clock.</summary>
    public void Add(in Subscription subscription, Func<ulong> now, ulong deadline)
        => _awaited.Add(new Awaited(subscription) { Now = now, Deadline = deadline });

    /// <summary>Adds what cannot be waited for.</summary>
    public void Add(in Subscription subscription, Errno error) => _awaited.Add(new Awaited(subscription) { Error = error });

    /// <summary>Waits until something has happened.</summary>
    /// <param name="caller">The guest that waits.</param>
    /// <returns>All that has happened, in the order of the subscriptions.</returns>
    /// <exception cref="TrapException">The guest was interrupted.</exception>
    public List<Event> Wait(Caller caller)
    {
        var events = new List<Event>();
        while (true)
        {
            ulong left = ulong.MaxValue;
            _pending.Clear();
            foreach (Awaited awaited in _awaited)
            {
                if (awaited.TryGetEvent(ref left, out Task? pending) is { } happened) events.Add(happened);
                else if (pending is not null) _pending.Add(pending);
            }
            if (events.Count > 0) return events;
            Sleep(caller, left);
        }
    }

    public void Dispose()
    {
        foreach (Awaited awaited in _awaited) awaited.Descriptor?.Release();
    }

    // The timers of the system count milliseconds; what is left beyond them is spent awake.
    private void Sleep(Caller caller, ulong nanoseconds)
    {
        if (nanoseconds < NanosecondsPerMillisecond && IsSystem(time))
        {
            caller.ThrowIfInterrupted();
            Thread.Yield();
            return;
        }
        using var ended = new CancellationTokenSource();
        try
        {
            if (nanoseconds != ulong.MaxValue)
            {
                ulong milliseconds = Math.Clamp(nanoseconds / NanosecondsPerMillisecond, 1, int.MaxValue);
                _pending.Add(Task.Delay(TimeSpan.FromMilliseconds(milliseconds), time!, ended.Token));
            }
            caller.WaitForAny([.. _pending]);
        }
        finally
        {
            ended.Cancel();
        }
    }

#pragma warning disable RS0030 // The host's own clock is compared with, not read.
    private static bool IsSystem(TimeProvider? time) => ReferenceEquals(time, TimeProvider.System);
#pragma warning restore RS0030

    // One subscription on the way to its event.
    private sealed class Awaited(Subscription subscription)
    {
        public Descriptor? Descriptor { get; init; }
        public Func<ulong>? Now { get; init; }
        public ulong Deadline { get; init; }
        public Errno Error { get; init; }

        // The event; or null, and what its coming shows by.
        public Event? TryGetEvent(ref ulong left, out Task? pending)
        {
            pending = null;
            var happened = new Event { UserData = subscription.UserData, Type = subscription.Type, Error = Error };
            if (Now is not null)
            {
                ulong now = Now();
                if (now >= Deadline) return happened;
                left = Math.Min(left, Deadline - now);
                return null;
            }
            if (Descriptor is null) return happened;

            bool isRead = subscription.Type == EventType.FdRead;
            Task ready = isRead ? Descriptor.ReadReady(int.MaxValue) : Descriptor.WriteReady;
            if (!ready.IsCompleted)
            {
                pending = ready;
                return null;
            }
            if (isRead)
            {
                happened.Error = Descriptor.Readable(out happened.AvailableByteCount, out bool isHungUp);
                happened.IsHungUp = isHungUp ? (ushort)1 : (ushort)0;
            }
            return happened;
        }
    }
}
