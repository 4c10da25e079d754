using System.IO.Pipelines;
using Nacre.Syntax;
using Nacre.Tests.Support;
using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Tests;

public sealed class PollTests
{
    private const int ClockType = 0, ReadType = 1, WriteType = 2, HungUp = 1;
    private const long Millisecond = 1_000_000, Hour = 3_600_000 * Millisecond;

    private static readonly WasiOptions s_clocks = new() { TimeProvider = TimeProvider.System };

    [Theory, EachEngine]
    public void A_guest_sleeps_at_least_as_long_as_it_wants(EngineKind engine)
    {
        using var guest = new PollGuest(s_clocks, engine);
        long start = TimeProvider.System.GetTimestamp();
        Assert.Equal([new PollEvent(100, Errno.Success, ClockType)], guest.Clock(5 * Millisecond + 300_000).Wait());
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(5.3));
    }

    [Theory, EachEngine]
    public void The_earliest_of_several_times_ends_the_wait(EngineKind engine)
    {
        using var guest = new PollGuest(s_clocks, engine);
        Assert.Equal([new PollEvent(101, Errno.Success, ClockType)], guest.Clock(Hour).Clock(Millisecond).Clock(Hour, PollGuest.Realtime).Wait());
    }

    [Theory, EachEngine]
    public void A_time_that_has_passed_has_come(EngineKind engine)
    {
        using var guest = new PollGuest(s_clocks, engine);
        List<PollEvent> events = guest.Clock(1, PollGuest.Realtime, isAbsolute: true).Clock(0).Clock(-1).Wait();
        Assert.Equal([new PollEvent(100, Errno.Success, ClockType), new PollEvent(101, Errno.Success, ClockType)], events);
    }

    [Theory, EachEngine]
    public void Times_are_those_of_the_given_clocks(EngineKind engine)
    {
        var time = new HurriedTime();
        using var guest = new PollGuest(new WasiOptions { TimeProvider = time }, engine);
        Assert.Equal([new PollEvent(100, Errno.Success, ClockType)], guest.Clock(Hour).Wait());
        Assert.True(time.GetElapsedTime(0) >= TimeSpan.FromHours(1));
    }

    [Theory, EachEngine]
    public void Clocks_that_do_not_exist_are_errors_of_their_events(EngineKind engine)
    {
        using var guest = new PollGuest(s_clocks, engine);
        Assert.Equal([new PollEvent(100, Errno.Inval, ClockType)], guest.Clock(Hour, clock: 2).Clock(Hour).Wait());
        using var timeless = new PollGuest(new WasiOptions(), engine);
        Assert.Equal([new PollEvent(100, Errno.Inval, ClockType)], timeless.Clock(1).Wait());
    }

    [Theory, EachEngine]
    public void Bytes_that_arrive_end_the_wait(EngineKind engine)
    {
        var pipe = new Pipe();
        using var guest = new PollGuest(s_clocks with { StandardInput = pipe.Reader.AsStream() }, engine);
        Assert.Equal([new PollEvent(101, Errno.Success, ClockType)], guest.Read(PollGuest.Input).Clock(Millisecond).Wait());

        _ = Task.Run(() => pipe.Writer.WriteAsync("abc"u8.ToArray()));
        Assert.Equal([new PollEvent(100, Errno.Success, ReadType, ByteCount: 3)], guest.Read(PollGuest.Input).Clock(Hour).Wait());

        pipe.Writer.Complete();
        Assert.Equal("ab", ReadInput(guest, 2));
        Assert.Equal([new PollEvent(100, Errno.Success, ReadType, ByteCount: 1)], guest.Read(PollGuest.Input).Wait());
        Assert.Equal("c", ReadInput(guest, 2));
        Assert.Equal([new PollEvent(100, Errno.Success, ReadType, Flags: HungUp)], guest.Read(PollGuest.Input).Clock(Hour).Wait());
        Assert.Equal("", ReadInput(guest, 2));
    }

    public static TheoryData<Exception, bool> Failures => new()
    {
        { new IOException(), false },
        { new IOException(), true },
        { new UnauthorizedAccessException(), true },
        { new InvalidDataException(), false },
        { new ObjectDisposedException("stream"), true },
        { new NotSupportedException(), true },
    };

    [Theory, MemberData(nameof(Failures))]
    public void A_failing_stream_is_ready_and_then_fails(Exception error, bool isAtOnce)
    {
        using var guest = new PollGuest(s_clocks with { StandardInput = new FailingStream(error, isAtOnce) });
        Assert.Equal([new PollEvent(100, Errno.Success, ReadType, Flags: HungUp)], guest.Read(PollGuest.Input).Clock(Hour).Wait());
        guest.Guest.WriteBuffers(64, (128, 4));
        Assert.Equal(Errno.Io, guest.Guest.Call("fd_read", PollGuest.Input, 64, 1, 72));
        Assert.Equal(Errno.Io, guest.Guest.Call("fd_read", PollGuest.Input, 64, 1, 72));
    }

    [Theory, EachEngine]
    public void Reading_takes_no_more_from_a_stream_than_it_was_asked_for(EngineKind engine)
    {
        using var cancellation = new CancellationTokenSource();
        var input = new MemoryStream([.. Enumerable.Repeat((byte)'x', 5000)]);
        using var guest = new PollGuest(s_clocks with { StandardInput = input }, engine, cancellation.Token);
        Assert.Equal("xx", ReadInput(guest, 2));
        Assert.Equal(2, input.Position);

        Assert.Equal([new PollEvent(100, Errno.Success, ReadType, ByteCount: 4096)], guest.Read(PollGuest.Input).Wait());
        Assert.Equal(4096, ReadInput(guest, 6000).Length);
        Assert.Equal("xxx", ReadInput(guest, 3));
        Assert.Equal(2 + 4096 + 3, input.Position);
    }

    [Theory, EachEngine]
    public void Output_has_room_at_once(EngineKind engine)
    {
        using var guest = new PollGuest(s_clocks, engine);
        Assert.Equal(
            [new PollEvent(100, Errno.Success, WriteType), new PollEvent(102, Errno.Success, WriteType)],
            guest.Write(PollGuest.Output).Clock(Hour).Write(2).Wait());
    }

    [Theory, EachEngine]
    public void Files_are_always_ready_and_tell_how_much_follows(EngineKind engine)
    {
        var root = new MemoryFileSystem().Root;
        using var guest = new PollGuest(s_clocks with { Directories = [new PreopenedDirectory("/", root)] }, engine);
        int file = OpenFile(guest, "f");
        guest.Guest.WriteBuffers(64, (128, 10));
        Assert.Equal(Errno.Success, guest.Guest.Call("fd_write", file, 64, 1, 72));
        Assert.Equal(Errno.Success, guest.Guest.Call("fd_seek", file, 4, Wire.FromStart, 72));
        Assert.Equal(
            [new PollEvent(100, Errno.Success, ReadType, ByteCount: 6), new PollEvent(101, Errno.Success, WriteType)],
            guest.Read(file).Write(file).Clock(Hour).Wait());
    }

    [Theory, EachEngine]
    public void Descriptors_that_cannot_be_waited_for_are_errors_of_their_events(EngineKind engine)
    {
        using var guest = new PollGuest(s_clocks with { Directories = [new PreopenedDirectory("/", new MemoryFileSystem().Root)] }, engine);
        Assert.Equal(
            [new PollEvent(100, Errno.Badf, ReadType), new PollEvent(101, Errno.Badf, WriteType), new PollEvent(102, Errno.Badf, ReadType)],
            guest.Read(9).Write(PollGuest.Input).Read(PollGuest.Output).Clock(Hour).Wait());
        Assert.NotEqual(Errno.Success, Assert.Single(guest.Read(3).Clock(Hour).Wait()).Error);
    }

    [Theory, EachEngine]
    public void Nothing_to_wait_for_and_what_has_no_meaning_is_refused(EngineKind engine)
    {
        using var guest = new PollGuest(s_clocks, engine);
        Assert.Equal(Errno.Inval, guest.TryWait());
        guest.Subscribe(type: 3);
        Assert.Equal(Errno.Inval, guest.TryWait());
        int clock = guest.Subscribe(type: ClockType);
        guest.Guest.Memory.Write(clock + 40, (short)2);
        Assert.Equal(Errno.Inval, guest.TryWait());
        Assert.Equal(Errno.Inval, guest.Guest.Call("poll_oneoff", 0, 0, 0, 0));
    }

    [Theory]
    [InlineData(65_500, 0, 1, 0)]
    [InlineData(0, 65_510, 1, 0)]
    [InlineData(0, 0, 1, 65_533)]
    [InlineData(0, 0, -1, 0)]
    [InlineData(-1, 0, 1, 0)]
    public void What_lies_outside_the_memory_is_a_fault(int subscriptions, int events, int count, int countAddress)
    {
        using var guest = new PollGuest(s_clocks);
        Assert.Equal(Errno.Fault, guest.Guest.Call("poll_oneoff", subscriptions, events, count, countAddress));
    }

    [Theory, EachEngine]
    public void A_guest_that_sleeps_can_be_interrupted(EngineKind engine)
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(30));
        using var guest = new PollGuest(s_clocks, engine, cancellation.Token);
        guest.Clock(Hour);
        Assert.Equal(TrapKind.Interrupted, Assert.Throws<TrapException>(() => guest.TryWait()).Kind);
    }

    [Theory, EachEngine]
    public void A_guest_that_is_interrupted_leaves_no_timer(EngineKind engine)
    {
        var time = new CountedTime();
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(30));
        using var guest = new PollGuest(new WasiOptions { TimeProvider = time }, engine, cancellation.Token);
        guest.Clock(Hour);
        Assert.Throws<TrapException>(() => guest.TryWait());
        Assert.Equal(0, time.TimerCount);
    }

    [Theory, EachEngine]
    public void A_guest_that_waits_for_input_can_be_interrupted(EngineKind engine)
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(30));
        using var guest = new PollGuest(s_clocks with { StandardInput = new Pipe().Reader.AsStream() }, engine, cancellation.Token);
        guest.Guest.WriteBuffers(64, (128, 4));
        Assert.Equal(TrapKind.Interrupted, Assert.Throws<TrapException>(() => guest.Guest.Call("fd_read", PollGuest.Input, 64, 1, 72)).Kind);
    }

    [Theory, EachEngine]
    public void Input_that_does_not_wait_says_so_until_there_is_some(EngineKind engine)
    {
        var pipe = new Pipe();
        using var guest = new PollGuest(s_clocks with { StandardInput = pipe.Reader.AsStream() }, engine);
        Assert.Equal(Errno.Success, guest.Guest.Call("fd_fdstat_set_flags", PollGuest.Input, Wire.Nonblock));
        guest.Guest.WriteBuffers(64, (128, 4));
        Assert.Equal(Errno.Again, guest.Guest.Call("fd_read", PollGuest.Input, 64, 1, 72));
        _ = pipe.Writer.WriteAsync("xyz"u8.ToArray()).AsTask();
        Assert.Equal([new PollEvent(100, Errno.Success, ReadType, ByteCount: 3)], guest.Read(PollGuest.Input).Wait());
        Assert.Equal("xyz", ReadInput(guest, 4));
    }

    [Theory]
    [InlineData(1, 129)]
    [InlineData(6, 134)]
    [InlineData(15, 143)]
    [InlineData(30, 158)]
    public void A_raised_signal_that_ends_processes_ends_the_guest(int signal, int exitCode)
    {
        using var guest = new WasiGuest();
        Assert.Equal((uint)exitCode, Assert.Throws<WasiExitException>(() => guest.Call("proc_raise", signal)).ExitCode);
    }

    [Theory]
    [InlineData(0, Errno.Inval)]
    [InlineData(31, Errno.Inval)]
    [InlineData(-1, Errno.Inval)]
    [InlineData(16, Errno.Success)]
    [InlineData(27, Errno.Success)]
    [InlineData(18, Errno.Notsup)]
    public void Other_signals_do_not(int signal, Errno answer)
    {
        using var guest = new WasiGuest();
        Assert.Equal(answer, guest.Call("proc_raise", signal));
    }

    private static string ReadInput(PollGuest guest, int byteCount)
    {
        guest.Guest.WriteBuffers(64, (128, byteCount));
        Assert.Equal(Errno.Success, guest.Guest.Call("fd_read", PollGuest.Input, 64, 1, 72));
        return guest.Guest.Memory.ReadUtf8(128, guest.Guest.Memory.Read<int>(72));
    }

    private static int OpenFile(PollGuest guest, string name)
    {
        int length = guest.Guest.Memory.WriteUtf8(256, name);
        Assert.Equal(Errno.Success, guest.Guest.Call("path_open", 3, 0, 256, length, Wire.Creat, Wire.AllRights, 0, 0, 72));
        return guest.Guest.Memory.Read<int>(72);
    }

    private sealed class FailingStream(Exception error, bool isAtOnce) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            => isAtOnce ? throw error : ValueTask.FromException<int>(error);

        public override int Read(Span<byte> buffer) => throw error;
    }

    // Knows which of its timers run.
    private sealed class CountedTime : TimeProvider
    {
        private int _timerCount;

        public int TimerCount => _timerCount;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _timerCount);
            return new Timer(this, base.CreateTimer(callback, state, dueTime, period));
        }

        private sealed class Timer(CountedTime time, ITimer timer) : ITimer
        {
            private int _isDisposed;

            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _isDisposed, 1) == 0) Interlocked.Decrement(ref time._timerCount);
                timer.Dispose();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }

    // An hour for each look at the clock.
    private sealed class HurriedTime : TimeProvider
    {
        private long _hours;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _hours++ * TimeSpan.TicksPerHour;
    }
}
