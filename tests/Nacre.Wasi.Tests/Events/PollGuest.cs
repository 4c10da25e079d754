namespace Nacre.Wasi.Tests;

/// <summary>A guest that waits for events.</summary>
internal sealed class PollGuest(WasiOptions options, EngineKind engine = EngineKind.Auto, CancellationToken cancellation = default) : IDisposable
{
    public const int Realtime = 0, Monotonic = 1, Input = 0, Output = 1;

    private const int Subscriptions = 1024, SubscriptionByteCount = 48, Events = 32768, EventByteCount = 32, Count = 8;

    private int _subscriptionCount;

    public WasiGuest Guest { get; } = new(options, engine, cancellation);

    private Memory Memory => Guest.Memory;

    /// <summary>Waits for a time, or for a while in nanoseconds.</summary>
    public PollGuest Clock(long timeout, int clock = Monotonic, bool isAbsolute = false)
    {
        int at = Subscribe(type: 0);
        Memory.Write(at + 16, clock);
        Memory.Write(at + 24, timeout);
        Memory.Write(at + 40, (short)(isAbsolute ? 1 : 0));
        return this;
    }

    public PollGuest Read(int descriptor) => Descriptor(type: 1, descriptor);

    public PollGuest Write(int descriptor) => Descriptor(type: 2, descriptor);

    /// <summary>Writes a subscription of a type, whose user data are its number, counted from 100.</summary>
    /// <returns>Where it lies.</returns>
    public int Subscribe(int type)
    {
        int at = Subscriptions + (_subscriptionCount * SubscriptionByteCount);
        Memory.Slice(at, SubscriptionByteCount).Clear();
        Memory.Write(at, 100L + _subscriptionCount++);
        Memory.Write(at + 8, (byte)type);
        return at;
    }

    /// <summary>Waits for what was subscribed to since the last time.</summary>
    public List<PollEvent> Wait()
    {
        Assert.Equal(Errno.Success, TryWait());
        return [.. Enumerable.Range(0, Memory.Read<int>(Count)).Select(EventAt)];
    }

    public Errno TryWait()
    {
        Errno error = Guest.Call("poll_oneoff", Subscriptions, Events, _subscriptionCount, Count);
        _subscriptionCount = 0;
        return error;
    }

    public void Dispose() => Guest.Dispose();

    private PollGuest Descriptor(int type, int descriptor)
    {
        Memory.Write(Subscribe(type) + 16, descriptor);
        return this;
    }

    private PollEvent EventAt(int index)
    {
        int at = Events + (index * EventByteCount);
        return new PollEvent(
            Memory.Read<long>(at), (Errno)Memory.Read<ushort>(at + 8), Memory.Read<byte>(at + 10), Memory.Read<long>(at + 16), Memory.Read<ushort>(at + 24));
    }
}

/// <summary>A guest's view of <c>event</c>.</summary>
internal readonly record struct PollEvent(long UserData, Errno Error, int Type, long ByteCount = 0, int Flags = 0);
