using System.Runtime.Intrinsics;
using Nacre.Syntax;

namespace Nacre.Tests.Tiering;

/// <summary>Interpreted functions that call compiled ones.</summary>
public class BorderTests
{
    private const int Many = 2_000;

    [Theory]
    [InlineData(MemoryStrategy.Explicit, 0, TrapKind.Unreachable)]
    [InlineData(MemoryStrategy.Explicit, 1, TrapKind.DivideByZero)]
    [InlineData(MemoryStrategy.Explicit, 2, TrapKind.MemoryOutOfBounds)]
    [InlineData(MemoryStrategy.Guard, 2, TrapKind.MemoryOutOfBounds)]
    [InlineData(MemoryStrategy.Auto, 2, TrapKind.MemoryOutOfBounds)]
    public void A_trap_in_compiled_code_tells_its_kind_and_the_frames_of_both_in_order(MemoryStrategy strategy, int which, TrapKind kind)
    {
        using var guest = new Tiers("""
            (module
              (memory 1)
              (func $crash (export "crash") (param i32) (result i32)
                (block (block (block (block (br_table 0 1 2 3 (local.get 0)))
                  (unreachable))
                  (return (i32.div_u (i32.const 1) (i32.eq (local.get 0) (i32.const 7)))))
                  (return (i32.load (i32.const 0x7fffffff))))
                (i32.const 3))
              (func $middle (export "middle") (param i32) (result i32) (i32.add (call $crash (local.get 0)) (i32.const 1)))
              (func $outer (export "outer") (param i32) (result i32) (i32.add (call $middle (local.get 0)) (i32.const 1))))
            """, options: new EngineOptions { MemoryStrategy = strategy });
        guest.Heat("crash", 3);
        for (int i = 0; i < 3; i++)
        {
            var trap = Assert.Throws<TrapException>(() => guest.Call("outer", which));
            Assert.Equal(kind, trap.Kind);
            Assert.Equal(["crash", "middle", "outer"], trap.GuestStack.Select(frame => frame.FunctionName));
            Assert.Equal(5, guest.Call("outer", 3)[0].AsInt32());
        }
        Assert.False(guest.IsCompiled("outer"));
        guest.Heat("middle", 3);
        Assert.Equal(["crash", "middle", "outer"],
            Assert.Throws<TrapException>(() => guest.Call("outer", which)).GuestStack.Select(frame => frame.FunctionName));
    }

    [Fact]
    public void Frames_of_both_on_both_sides_of_the_host_are_told_once_and_in_order()
    {
        Instance? instance = null;
        using var guest = new Tiers("""
            (module
              (import "env" "host" (func $host (param i32)))
              (func $inner (export "inner") (param i32) (if (local.get 0) (then (unreachable))))
              (func $interpreted (export "interpreted") (param i32) (call $inner (local.get 0)))
              (func $through (export "through") (param i32) (call $host (local.get 0)))
              (func $outer (export "outer") (param i32) (call $through (local.get 0))))
            """, linker => linker.Define("env", "host", (int which) => instance!.Procedure<int>("interpreted").Invoke(which)));
        instance = guest.Instance;
        guest.Heat("inner", 0);
        guest.Heat("through", 0);
        var trap = Assert.Throws<TrapException>(() => guest.Call("outer", 1));
        Assert.Equal(["inner", "interpreted", "through", "outer"], trap.GuestStack.Select(frame => frame.FunctionName));
        guest.Call("outer", 0);
    }

    [Fact]
    public void An_exception_of_compiled_code_is_caught_by_interpreted_code_and_nothing_of_the_stack_is_lost()
    {
        using var guest = new Tiers("""
            (module
              (tag $e (param i32 externref))
              (func $throw (export "throw") (param i32 externref) (result i32)
                (if (local.get 0) (then (throw $e (local.get 0) (local.get 1))))
                (i32.const 0))
              (func (export "catch") (param i32 externref externref) (result i32 externref externref)
                (local $kept externref)
                (local.set $kept (local.get 2))
                (block $caught (result i32 externref)
                  (try_table (result i32) (catch $e $caught) (call $throw (local.get 0) (local.get 1)))
                  (return (ref.null extern) (local.get $kept)))
                (local.get $kept)))
            """);
        var (thrown, kept) = (new object(), new object());
        guest.Heat("throw", 0, Value.FromExtern(thrown));
        for (int i = 0; i < 30; i++)
        {
            Value[] results = guest.Call("catch", 5, Value.FromExtern(thrown), Value.FromExtern(kept));
            Assert.Equal(5, results[0].AsInt32());
            Assert.Same(thrown, results[1].AsReference());
            Assert.Same(kept, results[2].AsReference());
        }
        Assert.Null(guest.Call("catch", 0, Value.FromExtern(thrown), Value.FromExtern(kept))[1].AsReference());
        Assert.Throws<GuestException>(() => guest.Call("throw", 1, Value.FromExtern(null)));
    }

    [Fact]
    public void An_exception_that_the_host_lets_through_between_both_is_caught_outside()
    {
        Instance? instance = null;
        using var guest = new Tiers("""
            (module
              (import "env" "host" (func $host (param i32)))
              (tag $e (param i32))
              (func $throw (export "throw") (param i32) (if (local.get 0) (then (throw $e (local.get 0)))))
              (func $through (export "through") (param i32) (call $host (local.get 0)))
              (func (export "catch") (param i32) (result i32)
                (block $caught (result i32)
                  (try_table (catch $e $caught) (call $through (local.get 0)))
                  (i32.const -1))))
            """, linker => linker.Define("env", "host", (int which) => instance!.Procedure<int>("throw").Invoke(which)));
        instance = guest.Instance;
        guest.Heat("through", 0);
        for (int i = 1; i < 20; i++) Assert.Equal(i, guest.Call("catch", i)[0].AsInt32());
        guest.Heat("throw", 0);
        for (int i = 1; i < 20; i++) Assert.Equal(i, guest.Call("catch", i)[0].AsInt32());
        Assert.Equal(-1, guest.Call("catch", 0)[0].AsInt32());
    }

    [Fact]
    public void Values_of_every_kind_cross_in_both_directions()
    {
        using var guest = new Tiers("""
            (module
              (func $turn (export "turn") (param i32 externref v128 f64 i64 externref f32)
                  (result f32 externref i64 f64 v128 externref i32 i32)
                (local.get 6) (local.get 5) (local.get 4) (local.get 3) (local.get 2) (local.get 1) (local.get 0) (i32.const -9))
              (func (export "outer") (param i32 externref v128 f64 i64 externref f32)
                  (result f32 externref i64 f64 v128 externref i32 i32)
                (local externref i64)
                (local.set 7 (local.get 1))
                (call $turn (local.get 0) (local.get 7) (local.get 2) (local.get 3) (local.get 4) (local.get 5) (local.get 6))))
            """);
        var (first, second) = (new object(), new object());
        Vector128<byte> vector = Vector128.Create(1UL, ulong.MaxValue).AsByte();
        Value[] arguments = [-3, Value.FromExtern(first), vector, 2.5, long.MinValue, Value.FromExtern(second), 1.5f];
        guest.Heat("turn", arguments);
        Value[] expected = [1.5f, Value.FromExtern(second), long.MinValue, 2.5, vector, Value.FromExtern(first), -3, -9];
        Assert.Equal(expected, guest.Call("outer", arguments));
        guest.Heat("outer", arguments);
        Assert.Equal(expected, guest.Call("outer", arguments));
    }

    [Fact]
    public void Compiled_recursion_without_end_exhausts_the_stack_and_the_instance_goes_on()
    {
        using var guest = new Tiers("""
            (module
              (func $down (export "down") (param i32) (result i32)
                (if (result i32) (local.get 0)
                  (then (i32.add (i32.const 1) (call $down (i32.sub (local.get 0) (i32.const 1)))))
                  (else (i32.const 0))))
              (func $outer (export "outer") (param i32) (result i32) (call $down (local.get 0))))
            """);
        guest.Heat("down", 1);
        for (int i = 0; i < 3; i++)
        {
            var exhaustion = Assert.Throws<ExhaustionException>(() => guest.Call("outer", -1));
            Assert.Equal(ExhaustionKind.CallStack, exhaustion.Kind);
            Assert.Equal(100, guest.Call("outer", 100)[0].AsInt32());
        }
    }

    [Fact]
    public void The_limit_of_the_stack_is_that_of_the_thread_that_calls()
    {
        using var guest = new Tiers("""(module (func $down (export "down") (param i32) (if (local.get 0) (then (call $down (local.get 0))))))""");
        guest.Heat("down", 0);
        foreach (int stackKiB in new[] { 8192, 256, 1024 })
        {
            Exception? caught = null;
            var thread = new Thread(() => caught = Record.Exception(() => guest.Call("down", 1)), stackKiB * 1024);
            thread.Start();
            thread.Join();
            Assert.Equal(ExhaustionKind.CallStack, Assert.IsType<ExhaustionException>(caught).Kind);
        }
    }

    [Fact]
    public void Tail_calls_from_interpreted_into_compiled_code_take_no_stack()
    {
        using var guest = new Tiers("""
            (module
              (func $even (export "even") (param i32) (result i32)
                (if (i32.eqz (local.get 0)) (then (return (i32.const 1))))
                (return_call $odd (i32.sub (local.get 0) (i32.const 1))))
              (func $odd (param i32) (result i32)
                (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
                (return_call $even (i32.sub (local.get 0) (i32.const 1))))
              (func $leap (export "leap") (param i32) (result i32) (return_call $even (local.get 0)))
              (func (export "outer") (param i32) (result i32) (local i64 i64) (i32.add (call $leap (local.get 0)) (i32.const 1))))
            """);
        guest.Heat("even", 4);
        Assert.Equal(2, guest.Call("outer", 1_000_000)[0].AsInt32());
        Assert.Equal(1, guest.Call("outer", 1_000_001)[0].AsInt32());
    }

    [Fact]
    public void Fuel_is_the_same_on_both_sides()
    {
        const string Text = """
            (module
              (func $work (export "work") (param i32) (result i32) (local i32)
                (loop (local.set 1 (i32.add (local.get 1) (local.get 0)))
                  (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
                (local.get 1))
              (func (export "outer") (param i32) (result i32) (i32.add (call $work (local.get 0)) (call $work (local.get 0)))))
            """;
        using var guest = new Tiers(Text, options: new EngineOptions { ConsumeFuel = true });
        long Used(int n)
        {
            guest.Store.Fuel = 1_000_000;
            guest.Call("outer", n);
            return 1_000_000 - guest.Store.Fuel;
        }
        long interpreted = Used(5);
        guest.Heat("work", 2);
        Assert.Equal(interpreted, Used(5));
        guest.Store.Fuel = 50;
        Assert.Equal(ExhaustionKind.Fuel, Assert.Throws<ExhaustionException>(() => guest.Call("outer", Many)).Kind);
    }

    [Fact]
    public void Compiled_code_that_interpreted_code_called_is_interrupted()
    {
        using var guest = new Tiers("""
            (module
              (func $spin (export "spin") (param i32) (loop (br_if 0 (local.get 0))))
              (func (export "outer") (param i32) (call $spin (local.get 0))))
            """, options: new EngineOptions { Interruptible = true });
        guest.Heat("spin", 0);
        using var timer = new Timer(_ => guest.Store.Interrupt(), null, dueTime: 50, period: 50);
        Assert.Equal(TrapKind.Interrupted, Assert.Throws<TrapException>(() => guest.Call("outer", 1)).Kind);
    }

    [Fact]
    public void Functions_of_other_instances_are_called_in_their_own_instance()
    {
        using var engine = new Engine(new EngineOptions { Tiering = new Nacre.Tiering.TieringOptions(500, CompilesInBackground: false) });
        using var store = new Store(engine);
        Module counter = engine.CompileText("""
            (module (global $n (mut i32) (i32.const 0))
              (func (export "next") (result i32) (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n)))
            """);
        Module user = engine.CompileText("""
            (module (import "a" "next" (func $a (result i32))) (import "b" "next" (func $b (result i32)))
              (func (export "both") (result i32) (i32.add (i32.mul (call $a) (i32.const 10000)) (call $b))))
            """);
        Instance first = new Linker(engine).Instantiate(store, counter), second = new Linker(engine).Instantiate(store, counter);
        Instance both = new Linker(engine).DefineInstance("a", first).DefineInstance("b", second).Instantiate(store, user);
        Function<int> call = both.Function<int>("both");
        Assert.Equal(1, second.Function<int>("next").Invoke());
        for (int i = 1; i < Many; i++) Assert.Equal((i * 10000) + i + 1, call.Invoke());
    }
}
