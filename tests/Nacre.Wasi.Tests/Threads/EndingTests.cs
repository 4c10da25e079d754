using System.Diagnostics;
using System.IO.Pipelines;
using Nacre.Syntax;
using Nacre.Wasi.Streams;

namespace Nacre.Wasi.Tests;

public class EndingTests
{
    private static WasiOptions WithSilentInput => new() { StandardInput = GuestStreams.From(new Pipe().Reader) };

    [Theory, EachEngineAndMemory("loop", "wait", "poll", "sleep", "read")]
    public void When_the_first_thread_returns_the_others_end(EngineKind engine, MemoryStrategy memory, string how)
    {
        using var guest = new ThreadGuest(engine, memory, $"""
            (func (export "wasi_thread_start") (param i32 i32) (call $finish) (call $block_{how}) (unreachable))
            (func (export "_start")
              (drop (call $spawn (i32.const 0)))
              (drop (call $spawn (i32.const 0)))
              (call $await (i32.const 2)))
            """, WithSilentInput);
        Assert.Equal(0u, guest.Run());
    }

    [Theory, EachEngineAndMemory("loop", "wait", "poll", "sleep", "read")]
    public void When_a_thread_exits_all_others_end(EngineKind engine, MemoryStrategy memory, string how)
    {
        using var guest = new ThreadGuest(engine, memory, $"""
            (func (export "wasi_thread_start") (param i32 i32)
              (if (local.get 1) (then (call $finish) (call $block_{how}) (unreachable)))
              (call $await (i32.const 2))
              (call $exit (i32.const 99)))
            (func (export "_start")
              (drop (call $spawn (i32.const 0)))
              (drop (call $spawn (i32.const 1)))
              (call $finish)
              (call $block_{how})
              (unreachable))
            """, WithSilentInput);
        Assert.Equal(99u, guest.Run());
    }

    [Theory, EachEngineAndMemory]
    public void A_trap_in_a_thread_ends_the_run_and_tells_where(EngineKind engine, MemoryStrategy memory)
    {
        using var guest = new ThreadGuest(engine, memory, """
            (func $culprit (unreachable))
            (func (export "wasi_thread_start") (param i32 i32) (call $culprit))
            (func (export "_start") (drop (call $spawn (i32.const 0))) (call $block_wait))
            """);
        var trap = Assert.Throws<TrapException>(() => guest.Run());
        Assert.Equal(TrapKind.Unreachable, trap.Kind);
        Assert.Contains(trap.GuestStack, frame => frame.ToString().Contains("culprit", StringComparison.Ordinal));
    }

    [Theory, EachEngineAndMemory]
    public void A_trap_in_a_threads_start_function_ends_the_run(EngineKind engine, MemoryStrategy memory)
    {
        using var guest = new ThreadGuest(engine, memory, """
            (func $begin (if (i32.atomic.rmw.add (i32.const 0) (i32.const 1)) (then (unreachable))))
            (start $begin)
            (func (export "wasi_thread_start") (param i32 i32))
            (func (export "_start") (drop (call $spawn (i32.const 0))) (call $block_loop))
            """);
        Assert.Equal(TrapKind.Unreachable, Assert.Throws<TrapException>(() => guest.Run()).Kind);
    }

    [Theory, EachEngineAndMemory]
    public void A_thread_without_stack_ends_the_run(EngineKind engine, MemoryStrategy memory)
    {
        using var guest = new ThreadGuest(engine, memory, """
            (func $deep (param i64) (result i64) (i64.add (call $deep (i64.add (local.get 0) (i64.const 1))) (local.get 0)))
            (func (export "wasi_thread_start") (param i32 i32) (drop (call $deep (i64.const 0))))
            (func (export "_start") (drop (call $spawn (i32.const 0))) (call $block_wait))
            """);
        Assert.Equal(ExhaustionKind.CallStack, Assert.Throws<ExhaustionException>(() => guest.Run()).Kind);
    }

    [Theory, EachEngineAndMemory("loop", "wait", "poll", "sleep", "read")]
    public void A_deadline_ends_all_threads(EngineKind engine, MemoryStrategy memory, string how)
    {
        using var guest = new ThreadGuest(engine, memory, $"""
            (func (export "wasi_thread_start") (param i32 i32) (call $block_{how}) (unreachable))
            (func (export "_start")
              (drop (call $spawn (i32.const 0)))
              (drop (call $spawn (i32.const 0)))
              (call $block_{how})
              (unreachable))
            """, WithSilentInput);
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var clock = Stopwatch.StartNew();
        Assert.Equal(TrapKind.Interrupted, Assert.Throws<TrapException>(() => guest.Run(deadline.Token)).Kind);
        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(20));
    }

    [Theory, EachEngineAndMemory]
    public void No_thread_outlives_the_run(EngineKind engine, MemoryStrategy memory)
    {
        int ticks = 0;
        using var guest = new ThreadGuest(engine, memory, """
            (func (export "wasi_thread_start") (param i32 i32) (call $finish) (call $block_loop))
            (func (export "_start")
              (drop (call $spawn (i32.const 0)))
              (drop (call $spawn (i32.const 0)))
              (call $await (i32.const 2)))
            """, tick: () => Interlocked.Increment(ref ticks));
        Assert.Equal(0u, guest.Run());
        int after = Volatile.Read(ref ticks);
        Thread.Sleep(30);
        Assert.Equal(after, Volatile.Read(ref ticks));
    }

    [Theory, EachEngineAndMemory]
    public void After_a_run_the_instance_can_be_used_and_run_again(EngineKind engine, MemoryStrategy memory)
    {
        using var guest = new ThreadGuest(engine, memory, """
            (func (export "wasi_thread_start") (param i32 i32) (call $exit (i32.const 3)))
            (func (export "_start") (drop (call $spawn (i32.const 0))) (call $block_loop))
            (func (export "answer") (result i32) (local $i i32)
              (loop $next (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 1000))))
              (local.get $i))
            """);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(3u, guest.Run());
            Assert.Equal(1000, guest.Instance.Function<int>("answer").Invoke());
        }
    }

    [Fact]
    public void What_a_host_function_throws_on_a_thread_is_thrown_by_the_run()
    {
        using var guest = new ThreadGuest(EngineKind.Auto, MemoryStrategy.Auto, """
            (func (export "wasi_thread_start") (param i32 i32) (call $tick))
            (func (export "_start") (drop (call $spawn (i32.const 0))) (call $block_wait))
            """, tick: () => throw new FormatException("the host's own"));
        Assert.Equal("the host's own", Assert.Throws<FormatException>(() => guest.Run()).Message);
    }

    [Theory, EachEngineAndMemory]
    public void Threads_share_the_fuel_that_there_is(EngineKind engine, MemoryStrategy memory)
    {
        const long FuelUnits = 1_000_000;
        using var guest = new ThreadGuest(engine, memory, """
            (func (export "wasi_thread_start") (param i32 i32) (call $block_loop))
            (func (export "_start") (drop (call $spawn (i32.const 0))) (call $block_wait))
            """, fuelUnits: FuelUnits);
        Assert.Equal(ExhaustionKind.Fuel, Assert.Throws<ExhaustionException>(() => guest.Run()).Kind);
        Assert.InRange(guest.Store.Fuel, FuelUnits * 9 / 10, FuelUnits);        // 64 of 65 parts were another's
    }

    [Fact]
    public void A_part_of_fuel_among_very_many_threads_is_none()
    {
        using var guest = new ThreadGuest(EngineKind.Auto, MemoryStrategy.Auto, """
            (func (export "wasi_thread_start") (param i32 i32) (call $block_loop))
            (func (export "_start") (drop (call $spawn (i32.const 0))) (call $block_wait))
            """, new WasiOptions { MaximumThreadCount = int.MaxValue }, fuelUnits: 1000);
        Assert.Equal(ExhaustionKind.Fuel, Assert.Throws<ExhaustionException>(() => guest.Run()).Kind);
    }

    [Theory, EachEngineAndMemory]
    public void Fuel_that_threads_leave_is_there_afterwards(EngineKind engine, MemoryStrategy memory)
    {
        const long FuelUnits = 1_000_000;
        using var guest = new ThreadGuest(engine, memory, """
            (func (export "wasi_thread_start") (param i32 i32) (call $finish))
            (func (export "_start") (local $i i32)
              (loop $next
                (drop (call $spawn (i32.const 0)))
                (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (call $await (local.get $i))
                (br_if $next (i32.lt_u (local.get $i) (i32.const 50)))))
            """, fuelUnits: FuelUnits);
        Assert.Equal(0u, guest.Run());
        Assert.InRange(guest.Store.Fuel, FuelUnits * 9 / 10, FuelUnits - 1);
    }
}
