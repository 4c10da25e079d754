using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nacre.Wasi.Preview1;
using Nacre.Wasi.Sockets;

namespace Nacre.Wasi;

/// <content>Waiting for events, and signals.</content>
public sealed partial class WasiPreview1
{
    // Reading and writing of all descriptors that there can be by default, and times. What is waited for takes space of the host.
    private const uint MaximumSubscriptionCount = 4096;

    private const int SignalExitCode = 128;     // what shells answer for a process that a signal ended, less the signal's number

    [HostFunction("poll_oneoff")]
    private Errno PollOneoff(Caller caller, uint subscriptionsAddress, uint eventsAddress, uint subscriptionCount, uint eventCountAddress)
        => Poll<Subscription>(caller, subscriptionsAddress, eventsAddress, subscriptionCount, eventCountAddress, static subscription => subscription);

    /// <summary>Waits for what lies in the guest's memory in one layout or the other.</summary>
    internal Errno Poll<T>(
        Caller caller, uint subscriptionsAddress, uint eventsAddress, uint subscriptionCount, uint eventCountAddress, Func<T, Subscription> convert)
        where T : unmanaged
    {
        if (subscriptionCount == 0) return Errno.Inval;
        var memory = new GuestMemory(caller.Memory);
        uint byteCount = (uint)Unsafe.SizeOf<T>();
        if (!memory.Contains(subscriptionsAddress, subscriptionCount * (ulong)byteCount)
            || !memory.Contains(eventsAddress, subscriptionCount * (ulong)Event.ByteCount)
            || !memory.Contains(eventCountAddress, sizeof(uint))) return Errno.Fault;
        if (subscriptionCount > MaximumSubscriptionCount) return Errno.Inval;

        using var poll = new Poll(_clock?.Time);
        _ = memory.TrySlice(subscriptionsAddress, subscriptionCount * byteCount, out Span<byte> subscriptions);
        foreach (T entry in MemoryMarshal.Cast<byte, T>(subscriptions))
        {
            Subscription subscription = convert(entry);
            if (!subscription.IsKnown) return Errno.Inval;
            Subscribe(poll, subscription);
        }

        List<Event> events = poll.Wait(caller);
        _ = memory.TrySlice(eventsAddress, (uint)events.Count * Event.ByteCount, out Span<byte> room);
        MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(events)).CopyTo(room);
        return memory.Write(eventCountAddress, (uint)events.Count);
    }

    private void Subscribe(Poll poll, Subscription subscription)
    {
        if (subscription.Type != EventType.Clock)
        {
            using Held held = _descriptors.Hold(subscription.Number);
            Errno error = held.IsNone ? Errno.Badf : held.Descriptor.Check(Rights.PollFdReadwrite | RightTo(subscription, held.Descriptor));
            if (error == Errno.Success) poll.Add(subscription, held.Descriptor);
            else poll.Add(subscription, error);
        }
        else if (_clock is { } clock && clock.TryGetTime(subscription.Number, out ulong now))
        {
            ulong deadline = subscription.IsAbsolute ? subscription.Timeout : now + Math.Min(subscription.Timeout, ulong.MaxValue - now);
            poll.Add(subscription, () => clock.TryGetTime(subscription.Number, out ulong time) ? time : 0, deadline);
        }
        else
        {
            poll.Add(subscription, Errno.Inval);
        }
    }

    // Reading a socket that listens is taking a connection.
    private static Rights RightTo(in Subscription subscription, Descriptor descriptor)
        => subscription.Type == EventType.FdWrite ? Rights.FdWrite
            : descriptor is ListenerDescriptor ? Rights.SockAccept
            : Rights.FdRead;

    /// <summary>Guests have no handlers of signals: what a signal does to a process by default, it does to them.</summary>
    /// <exception cref="WasiExitException">The signal ends a process.</exception>
    [HostFunction("proc_raise")]
    private static Errno ProcRaise(uint signal) => (Signal)signal switch
    {
        Signal.None or > Signal.Sys => Errno.Inval,
        Signal.Chld or Signal.Cont or Signal.Urg or Signal.Winch => Errno.Success,
        Signal.Stop or Signal.Tstp or Signal.Ttin or Signal.Ttou => Errno.Notsup,
        _ => throw new WasiExitException(SignalExitCode + signal),
    };
}
