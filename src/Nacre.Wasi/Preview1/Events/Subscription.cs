using System.Runtime.InteropServices;

namespace Nacre.Wasi.Preview1;

/// <summary>What a guest waits for. Spec: WASI preview 1, <c>eventtype</c>.</summary>
internal enum EventType : byte
{
    Clock = 0,
    FdRead = 1,
    FdWrite = 2,
}

/// <summary>One thing that a guest waits for, as it lies in its memory. Spec: WASI preview 1, <c>subscription</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
internal readonly struct Subscription
{
    public const int ByteCount = 48;

    private const ushort Abstime = 1 << 0;

    [FieldOffset(0)] public readonly ulong UserData;
    [FieldOffset(8)] public readonly EventType Type;
    [FieldOffset(16)] public readonly uint Number;      // of a clock, or of a descriptor
    [FieldOffset(24)] public readonly ulong Timeout;
    [FieldOffset(40)] private readonly ushort _clockFlags;

    /// <summary>What was laid out as before preview 1.</summary>
    public Subscription(in UnstableSubscription subscription)
    {
        UserData = subscription.UserData;
        Type = subscription.Type;
        Number = Type == EventType.Clock ? subscription.Clock : subscription.Descriptor;
        Timeout = subscription.Timeout;
        _clockFlags = subscription.ClockFlags;
    }

    /// <summary>Whether <see cref="Timeout"/> is a time rather than a duration.</summary>
    public bool IsAbsolute => (_clockFlags & Abstime) != 0;

    /// <summary>Whether it has a meaning.</summary>
    public bool IsKnown => Type <= EventType.FdWrite && (Type != EventType.Clock || (_clockFlags & ~Abstime) == 0);
}

/// <summary>One thing that a guest waits for, as it was laid out before preview 1.</summary>
[StructLayout(LayoutKind.Explicit, Size = 56)]
internal readonly struct UnstableSubscription
{
    [FieldOffset(0)] public readonly ulong UserData;
    [FieldOffset(8)] public readonly EventType Type;
    [FieldOffset(16)] public readonly uint Descriptor;
    [FieldOffset(24)] public readonly uint Clock;
    [FieldOffset(32)] public readonly ulong Timeout;
    [FieldOffset(48)] public readonly ushort ClockFlags;
}

/// <summary>What has happened, as it is told to the guest. Spec: WASI preview 1, <c>event</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = ByteCount)]
internal struct Event
{
    public const int ByteCount = 32;

    [FieldOffset(0)] public ulong UserData;
    [FieldOffset(8)] public Errno Error;
    [FieldOffset(10)] public EventType Type;
    [FieldOffset(16)] public ulong AvailableByteCount;
    [FieldOffset(24)] public ushort IsHungUp;
}
