namespace Nacre.Wasi.Tests;

public class SpawningTests
{
    // Starts as many threads as $count tells, each with its number as argument, and leaves at 64 what thread-spawn answered.
    private const string SpawnAll = """
        (func $spawn_all (param $count i32) (local $i i32)
          (loop $next
            (i32.store offset=64 (i32.mul (local.get $i) (i32.const 4)) (call $spawn (local.get $i)))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br_if $next (i32.lt_u (local.get $i) (local.get $count)))))
        """;

    [Theory, EachEngineAndMemory]
    public void Threads_count_together_in_the_memory_they_share(EngineKind engine, MemoryStrategy memory)
    {
        using var guest = new ThreadGuest(engine, memory, SpawnAll + """
            (func (export "wasi_thread_start") (param i32 i32) (local $left i32)
              (local.set $left (i32.const 1000))
              (loop $next
                (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
                (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
              (call $finish))
            (func (export "_start")
              (call $spawn_all (i32.const 4))
              (call $await (i32.const 4))
              (call $exit (i32.atomic.load (i32.const 0))))
            """);
        Assert.Equal(4000u, guest.Run());
    }

    [Theory, EachEngineAndMemory]
    public void A_thread_is_given_its_number_and_its_argument(EngineKind engine, MemoryStrategy memory)
    {
        using var guest = new ThreadGuest(engine, memory, SpawnAll + """
            (func (export "wasi_thread_start") (param $id i32) (param $argument i32)
              (i32.store offset=128 (i32.mul (local.get $argument) (i32.const 4)) (local.get $id))
              (call $finish))
            (func (export "_start") (call $spawn_all (i32.const 5)) (call $await (i32.const 5)))
            """);
        Assert.Equal(0u, guest.Run());
        int[] told = [.. Enumerable.Range(0, 5).Select(i => guest[64 + (4 * i)])], given = [.. Enumerable.Range(0, 5).Select(i => guest[128 + (4 * i)])];
        Assert.Equal(told, given);
        Assert.Equal(5, told.Distinct().Count());
        Assert.All(told, id => Assert.InRange(id, 1, (1 << 29) - 1));
    }

    [Theory, EachEngineAndMemory]
    public void Each_thread_runs_the_start_function_anew_and_has_globals_of_its_own(EngineKind engine, MemoryStrategy memory)
    {
        using var guest = new ThreadGuest(engine, memory, SpawnAll + """
            (global $mine (mut i32) (i32.const 10))
            (func $begin
              (global.set $mine (i32.add (global.get $mine) (i32.const 1)))
              (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1))))
            (start $begin)
            (func (export "wasi_thread_start") (param i32 i32)
              (i32.store offset=128 (i32.mul (local.get 1) (i32.const 4)) (global.get $mine))
              (call $finish))
            (func (export "_start")
              (global.set $mine (i32.const 99))
              (call $spawn_all (i32.const 3))
              (call $await (i32.const 3)))
            """);
        Assert.Equal(0u, guest.Run());
        Assert.Equal(4, guest[0]);
        Assert.All(new[] { 128, 132, 136 }, address => Assert.Equal(11, guest[address]));
    }

    [Theory, EachEngineAndMemory]
    public void What_one_thread_grows_the_memory_by_another_can_use(EngineKind engine, MemoryStrategy memory)
    {
        using var guest = new ThreadGuest(engine, memory, """
            (func (export "wasi_thread_start") (param i32 i32)
              (drop (memory.grow (i32.const 3)))
              (i32.store (i32.const 200000) (i32.const 41))
              (call $finish))
            (func (export "_start") (local $value i32)
              (drop (call $spawn (i32.const 0)))
              (call $await (i32.const 1))
              (call $exit (i32.add (i32.load (i32.const 200000)) (memory.size))))
            """);
        Assert.Equal(45u, guest.Run());
    }

    [Theory, EachEngineAndMemory]
    public void A_thread_too_many_is_refused(EngineKind engine, MemoryStrategy memory)
    {
        using var guest = new ThreadGuest(engine, memory, SpawnAll + """
            (func (export "wasi_thread_start") (param i32 i32) (call $block_wait))
            (func (export "_start") (call $spawn_all (i32.const 4)))
            """, new WasiOptions { MaximumThreadCount = 3 });
        Assert.Equal(0u, guest.Run());
        Assert.Equal([1, 2, 3, ThreadGuest.Again], new[] { guest[64], guest[68], guest[72], guest[76] });
    }

    [Theory, EachEngineAndMemory]
    public void Threads_make_threads(EngineKind engine, MemoryStrategy memory)
    {
        using var guest = new ThreadGuest(engine, memory, """
            (func (export "wasi_thread_start") (param $id i32) (param $depth i32)
              (if (local.get $depth)
                (then (drop (call $spawn (i32.sub (local.get $depth) (i32.const 1)))) (call $block_wait))
                (else (call $exit (local.get $id)))))
            (func (export "_start") (drop (call $spawn (i32.const 9))) (call $block_wait))
            """);
        Assert.Equal(10u, guest.Run());
    }

    [Theory]
    [InlineData("")]
    [InlineData("(func (export \"wasi_thread_start\") (param i32))")]
    [InlineData("(func (export \"wasi_thread_start\") (param i32 i32) (result i32) (i32.const 0))")]
    [InlineData("(global (export \"wasi_thread_start\") i32 (i32.const 0))")]
    public void A_module_without_an_entry_for_threads_has_none(string entry)
    {
        using var guest = new ThreadGuest(
            EngineKind.Auto, MemoryStrategy.Auto, entry + """(func (export "_start") (i32.store (i32.const 64) (call $spawn (i32.const 0))))""");
        Assert.Equal(0u, guest.Run());
        Assert.Equal(ThreadGuest.Nosys, guest[64]);
    }

    [Fact]
    public void There_are_no_threads_before_and_after_the_run()
    {
        using var guest = new ThreadGuest(EngineKind.Auto, MemoryStrategy.Auto, """
            (func (export "wasi_thread_start") (param i32 i32) (call $tick))
            (func (export "spawn") (result i32) (call $spawn (i32.const 0)))
            (func (export "_start"))
            """, tick: () => Assert.Fail("a thread runs"));
        Assert.Equal(ThreadGuest.Again, guest.Instance.Function<int>("spawn").Invoke());
        Assert.Equal(0u, guest.Run());
        Assert.Equal(ThreadGuest.Again, guest.Instance.Function<int>("spawn").Invoke());
    }

    [Theory, EachEngineAndMemory]
    public void What_threads_had_is_given_back_when_they_end(EngineKind engine, MemoryStrategy memory)
    {
        const string TwoHundredInTurn = """
            (table 100 funcref)
            (memory $own 1)
            (func (export "wasi_thread_start") (param i32 i32) (call $finish))
            (func (export "_start") (local $i i32)
              (loop $next
                (if (i32.gt_s (call $spawn (i32.const 0)) (i32.const 0)) (then
                  (local.set $i (i32.add (local.get $i) (i32.const 1)))
                  (call $await (local.get $i))))
                (br_if $next (i32.lt_u (local.get $i) (i32.const 200)))))
            """;
        var limits = new StoreLimits { MaxInstanceCount = 3, MaxTableElementCount = 300, MaxMemoryByteCount = 4 << 16 };
        using var guest = new ThreadGuest(engine, memory, TwoHundredInTurn, limits: limits);
        Assert.Equal(0u, guest.Run());
    }

    [Theory]
    [InlineData(1, 1000, 100)]
    [InlineData(100, 199, 100)]
    [InlineData(100, 1000, 3)]
    public void What_all_threads_have_counts_against_the_limits(int instanceCount, int elementCount, int pageCount)
    {
        var limits = new StoreLimits
        {
            MaxInstanceCount = instanceCount,
            MaxTableElementCount = (ulong)elementCount,
            MaxMemoryByteCount = (ulong)pageCount << 16,
        };
        using var guest = new ThreadGuest(EngineKind.Auto, MemoryStrategy.Auto, """
            (table 100 funcref)
            (memory $own 2)
            (func (export "wasi_thread_start") (param i32 i32) (unreachable))
            (func (export "_start") (i32.store (i32.const 64) (call $spawn (i32.const 0))))
            """, limits: limits);
        Assert.Equal(0u, guest.Run());
        Assert.Equal(ThreadGuest.Again, guest[64]);
    }

    [Fact]
    public void An_engine_whose_code_cannot_be_stopped_has_no_threads()
    {
        using var engine = new Engine();
        using var store = new Store(engine);
        using var wasi = new WasiPreview1(new WasiOptions());
        Assert.Throws<InvalidOperationException>(() => wasi.DefineThreadsIn(new Linker(engine), store, engine.CompileText("(module)")));
    }
}
