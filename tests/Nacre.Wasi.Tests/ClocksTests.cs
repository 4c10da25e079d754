using Nacre.Tests.Support;
using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

public sealed class ClocksTests
{
    private const int Realtime = 0, Monotonic = 1, ProcessTime = 2;

    [Theory, EachEngine]
    public void Realtime_counts_nanoseconds_since_1970(EngineKind engine)
    {
        using var guest = new WasiGuest(new WasiOptions { TimeProvider = new ManualTime() }, engine);
        Assert.Equal(Errno.Success, guest.Call("clock_time_get", Realtime, 0, 8));
        Assert.Equal(1_000_000_000_000_000_100, guest.Memory.Read<long>(8));
        Assert.Equal(Errno.Success, guest.Call("clock_res_get", Realtime, 8));
        Assert.Equal(100, guest.Memory.Read<long>(8));
    }

    [Fact]
    public void Times_that_cannot_be_told_are_the_nearest_that_can()
    {
        Assert.Equal(0UL, UnixTime.Of(DateTimeOffset.MinValue));
        Assert.Equal(0UL, UnixTime.Of(DateTimeOffset.UnixEpoch.AddTicks(-1)));
        Assert.Equal(100UL, UnixTime.Of(DateTimeOffset.UnixEpoch.AddTicks(1)));
        Assert.InRange(UnixTime.Of(DateTimeOffset.MaxValue), ulong.MaxValue - 99, ulong.MaxValue);
        using var guest = new WasiGuest(new WasiOptions { TimeProvider = new LongAgo() });
        Assert.Equal(Errno.Success, guest.Call("clock_time_get", Realtime, 0, 8));
        Assert.Equal(0, guest.Memory.Read<long>(8));
    }

    [Theory, EachEngine]
    public void Monotonic_time_starts_with_the_guest_and_passes_in_nanoseconds(EngineKind engine)
    {
        var time = new ManualTime { Timestamp = 123_456 };
        using var guest = new WasiGuest(new WasiOptions { TimeProvider = time }, engine);
        time.Timestamp += 3 * ManualTime.Frequency + 1;
        Assert.Equal(Errno.Success, guest.Call("clock_time_get", Monotonic, 0, 8));
        Assert.Equal(3_000_001_000, guest.Memory.Read<long>(8));
        Assert.Equal(Errno.Success, guest.Call("clock_res_get", Monotonic, 8));
        Assert.Equal(1000, guest.Memory.Read<long>(8));
    }

    [Theory]
    [InlineData(ProcessTime)]
    [InlineData(3)]
    [InlineData(-1)]
    public void Other_clocks_do_not_exist(int clock)
    {
        using var guest = new WasiGuest(new WasiOptions { TimeProvider = TimeProvider.System });
        Assert.Equal(Errno.Inval, guest.Call("clock_time_get", clock, 0, 8));
        Assert.Equal(Errno.Inval, guest.Call("clock_res_get", clock, 8));
    }

    [Theory, EachEngine]
    public void An_address_outside_the_memory_is_a_fault(EngineKind engine)
    {
        using var guest = new WasiGuest(new WasiOptions { TimeProvider = TimeProvider.System }, engine);
        Assert.Equal(Errno.Fault, guest.Call("clock_time_get", Realtime, 0, 65529));
        Assert.Equal(Errno.Fault, guest.Call("clock_res_get", Realtime, -1));
    }

    [Theory, EachEngine]
    public void Random_bytes_come_from_the_given_source(EngineKind engine)
    {
        using var guest = new WasiGuest(new WasiOptions { RandomSource = buffer => buffer.Fill(7) }, engine);
        Assert.Equal(Errno.Success, guest.Call("random_get", 10, 5));
        Assert.Equal(new byte[] { 0, 7, 7, 7, 7, 7, 0 }, guest.Memory.Slice(9, 7).ToArray());
        Assert.Equal(Errno.Fault, guest.Call("random_get", 65530, 7));
    }

    private sealed class ManualTime : TimeProvider
    {
        public const long Frequency = 1_000_000;

        public long Timestamp { get; set; }

        public override long TimestampFrequency => Frequency;

        public override long GetTimestamp() => Timestamp;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(1_000_000_000).AddTicks(1);
    }

    private sealed class LongAgo : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.MinValue;
    }
}
