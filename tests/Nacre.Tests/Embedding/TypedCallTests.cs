using System.Runtime.Intrinsics;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Embedding;

/// <summary>Calls by .NET types, the first one and those after it, which find machine code and take another way.</summary>
public class TypedCallTests
{
    private const int Often = 300;

    private static (Engine Engine, Store Store, Instance Instance) Start(EngineOptions options, string text, Action<Linker>? define = null)
    {
        var engine = new Engine(options with { Features = WasmFeatures.All });
        var store = new Store(engine);
        if (options.ConsumeFuel) store.Fuel = long.MaxValue;
        var linker = new Linker(engine);
        define?.Invoke(linker);
        return (engine, store, linker.Instantiate(store, engine.CompileText(text)));
    }

    [Theory, EachEngine]
    public void References_travel_among_numbers(EngineKind kind)
    {
        var (engine, store, guest) = Start(kind.Options(), """
            (module
              (type $point (struct (field i32)))
              (global $kept (mut externref) (ref.null extern))
              (func (export "choose") (param externref i32 externref f64) (result externref)
                (if (result externref) (f64.lt (local.get 3) (f64.convert_i32_s (local.get 1))) (then (local.get 0)) (else (local.get 2))))
              (func (export "keep") (param externref) (global.set $kept (local.get 0)))
              (func (export "kept") (result externref) (global.get $kept))
              (func (export "as-extern") (param funcref) (result externref) (global.get $kept))
              (func (export "point") (result externref) (extern.convert_any (struct.new $point (i32.const 7))))
              (func (export "x") (param externref) (result i32)
                (struct.get $point 0 (ref.cast (ref $point) (any.convert_extern (local.get 0)))))
              (func $fail (export "fail") (param externref) (result externref) (unreachable)))
            """);
        using var _ = engine;
        using var __ = store;
        var choose = guest.Function<object?, int, object?, double, object?>("choose");
        var keep = guest.Procedure<object?>("keep");
        var kept = guest.Function<object?>("kept");
        var asExtern = guest.Function<Function?, object?>("as-extern");
        var point = guest.Function<object?>("point");
        var x = guest.Function<object?, int>("x");
        var fail = guest.Function<object?, object?>("fail");
        Function function = guest.Function("fail");
        for (int i = 0; i < Often; i++)
        {
            object first = new(), second = i;
            Assert.Same(first, choose.Invoke(first, 2, second, 1.5));
            Assert.Same(second, choose.Invoke(first, 1, second, 1.5));
            Assert.Null(choose.Invoke(null, 2, second, 1.5));
            keep.Invoke(function);
            Assert.Same(function, kept.Invoke());
            Assert.Same(function, asExtern.Invoke(function));
            Assert.Equal(7, x.Invoke(point.Invoke()));
            Assert.Throws<TrapException>(() => x.Invoke(first));
        }
        TrapException trap = Assert.Throws<TrapException>(() => fail.Invoke(function));
        Assert.Equal("fail", Assert.Single(trap.GuestStack).FunctionName);
    }

    [Theory, EachEngine]
    public void Values_of_every_type_keep_their_bits(EngineKind kind)
    {
        var (engine, store, guest) = Start(kind.Options(), """
            (module
              (func (export "i32") (param i32) (result i32) (local.get 0)) (func (export "i64") (param i64) (result i64) (local.get 0))
              (func (export "f32") (param f32) (result f32) (local.get 0)) (func (export "f64") (param f64) (result f64) (local.get 0))
              (func (export "v128") (param v128) (result v128) (local.get 0))
              (func (export "all") (param i32 i64 f32 f64 v128 i32 f64 v128) (result v128)
                (i64x2.add (local.get 7) (i64x2.add (local.get 4) (i64x2.splat (i64.add
                  (i64.add (i64.extend_i32_u (local.get 0)) (local.get 1))
                  (i64.add (i64.trunc_f32_s (local.get 2)) (i64.add (i64.trunc_f64_s (local.get 3))
                    (i64.add (i64.extend_i32_s (local.get 5)) (i64.trunc_f64_s (local.get 6)))))))))))
            """);
        using var _ = engine;
        using var __ = store;
        var i32 = guest.Function<int, int>("i32");
        var u32 = guest.Function<uint, uint>("i32");
        var boolean = guest.Function<bool, bool>("i32");
        var mixed = guest.Function<int, bool>("i32");
        var i64 = guest.Function<long, long>("i64");
        var u64 = guest.Function<ulong, ulong>("i64");
        var f32 = guest.Function<float, float>("f32");
        var f64 = guest.Function<double, double>("f64");
        var v128 = guest.Function<Vector128<byte>, Vector128<byte>>("v128");
        var all = guest.Function<int, long, float, double, Vector128<byte>, int, double, Vector128<byte>, Vector128<byte>>("all");
        // Quiet ones: the host's own code may lose the signal.
        float narrow = BitConverter.UInt32BitsToSingle(0x7FE0_0001);
        double wide = BitConverter.UInt64BitsToDouble(0xFFFC_0000_0000_0001);
        var vector = Vector128.Create(0x0102030405060708UL, 0xF0E0D0C0B0A09080).AsByte();
        for (int i = 0; i < Often; i++)
        {
            Assert.Equal(int.MinValue + i, i32.Invoke(int.MinValue + i));
            Assert.Equal(uint.MaxValue, u32.Invoke(uint.MaxValue));
            Assert.True(boolean.Invoke(true));
            Assert.False(boolean.Invoke(false));
            Assert.True(mixed.Invoke(0x100));
            Assert.Equal(long.MinValue, i64.Invoke(long.MinValue));
            Assert.Equal(ulong.MaxValue, u64.Invoke(ulong.MaxValue));
            Assert.Equal(0x7FE0_0001u, BitConverter.SingleToUInt32Bits(f32.Invoke(narrow)));
            Assert.Equal(0xFFFC_0000_0000_0001, BitConverter.DoubleToUInt64Bits(f64.Invoke(wide)));
            Assert.Equal(vector, v128.Invoke(vector));
            Assert.Equal((vector.AsUInt64() + Vector128.Create(1UL + 20 + 300 + 4000 + 50000 + 600000) + Vector128<ulong>.One).AsByte(),
                all.Invoke(1, 20, 300, 4000, vector, 50000, 600000, Vector128<ulong>.One.AsByte()));
        }
    }

    [Theory, EachEngine]
    public void A_trap_tells_its_kind_and_frames_and_the_instance_stays_usable(EngineKind kind)
    {
        foreach (MemoryStrategy memory in Enum.GetValues<MemoryStrategy>())
        {
            var (engine, store, guest) = Start(kind.Options() with { MemoryStrategy = memory }, """
                (module
                  (memory 1)
                  (func $inner (param i32) (result i32)
                    (if (i32.eq (local.get 0) (i32.const 1)) (then (unreachable)))
                    (drop (i32.load (i32.sub (i32.const 0) (i32.and (local.get 0) (i32.const 2)))))
                    (i32.div_u (i32.const 12) (i32.sub (local.get 0) (i32.const 4))))
                  (func $outer (export "outer") (param i32) (result i32) (i32.add (call $inner (local.get 0)) (i32.const 1))))
                """);
            using var _ = engine;
            using var __ = store;
            var outer = guest.Function<int, int>("outer");
            for (int i = 0; i < Often; i++) Assert.Equal(13, outer.Invoke(5));
            foreach (var (argument, trap) in new[] { (1, TrapKind.Unreachable), (2, TrapKind.MemoryOutOfBounds), (4, TrapKind.DivideByZero) })
            {
                var thrown = Assert.Throws<TrapException>(() => outer.Invoke(argument));
                Assert.Equal(trap, thrown.Kind);
                Assert.Equal(["inner", "outer"], thrown.GuestStack.Select(frame => frame.FunctionName));
                Assert.Equal(13, outer.Invoke(5));
            }
        }
    }

    [Theory, EachEngine]
    public void Frames_on_both_sides_of_the_host_are_told_once_and_in_order(EngineKind kind)
    {
        Instance? instance = null;
        var (engine, store, guest) = Start(kind.Options(), """
            (module
              (import "env" "again" (func $again (param i32) (result i32)))
              (func $down (export "down") (param i32) (result i32)
                (if (i32.eqz (local.get 0)) (then (unreachable)))
                (call $again (i32.sub (local.get 0) (i32.const 1))))
              (func $through (export "through") (param i32) (result i32) (call $again (local.get 0)) (return)))
            """, linker => linker.Define("env", "again", (int depth) => depth > 100 ? depth : instance!.Function<int, int>("down").Invoke(depth)));
        instance = guest;
        using var _ = engine;
        using var __ = store;
        var down = guest.Function<int, int>("down");
        for (int i = 0; i < Often; i++) Assert.Equal(200, down.Invoke(201));
        for (int i = 0; i < 3; i++)
        {
            var trap = Assert.Throws<TrapException>(() => down.Invoke(3));
            Assert.Equal(["down", "down", "down", "down"], trap.GuestStack.Select(frame => frame.FunctionName));
            Assert.Equal(200, down.Invoke(201));
        }
    }

    [Theory, EachEngine]
    public void Exceptions_of_host_and_guest_pass_through_and_the_store_is_free_again(EngineKind kind)
    {
        var (engine, store, guest) = Start(kind.Options(), """
            (module
              (import "env" "fail" (func $fail))
              (tag $e (export "e") (param i32))
              (func (export "throw") (param i32) (result i32)
                (if (i32.eq (local.get 0) (i32.const 1)) (then (throw $e (i32.const 7))))
                (if (i32.eq (local.get 0) (i32.const 2)) (then (call $fail)))
                (local.get 0))
              (func $deep (export "deep") (param i32) (result i32)
                (if (result i32) (local.get 0) (then (i32.add (call $deep (local.get 0)) (i32.const 1))) (else (i32.const 5)))))
            """, linker => linker.Define("env", "fail", () => throw new TimeoutException("the host's own")));
        using var _ = engine;
        using var __ = store;
        var call = guest.Function<int, int>("throw");
        var deep = guest.Function<int, int>("deep");
        for (int i = 0; i < Often; i++) Assert.Equal(5, call.Invoke(3) + deep.Invoke(0) - 3);
        for (int i = 0; i < 3; i++)
        {
            Assert.Throws<GuestException>(() => call.Invoke(1));
            Assert.Throws<TimeoutException>(() => call.Invoke(2));
            var exhaustion = Assert.Throws<ExhaustionException>(() => deep.Invoke(1));
            Assert.Equal(ExhaustionKind.CallStack, exhaustion.Kind);
            Assert.Equal("deep", exhaustion.GuestStack[0].FunctionName);
        }
        Exception? refused = new InvalidOperationException("not asked");
        var other = new Thread(() => refused = Record.Exception(() => call.Invoke(3)));
        other.Start();
        other.Join();
        Assert.Null(refused);
    }

    [Theory, EachEngine]
    public void A_second_thread_is_refused_and_a_disposed_store_refuses(EngineKind kind)
    {
        Exception? refused = null;
        Function<int, int>? call = null;
        var (engine, store, guest) = Start(kind.Options(), """
            (module
              (import "env" "other" (func $other))
              (func (export "call") (param i32) (result i32) (if (local.get 0) (then (call $other))) (local.get 0)))
            """, linker => linker.Define("env", "other", () =>
            {
                var thread = new Thread(() => refused = Record.Exception(() => call!.Invoke(0)));
                thread.Start();
                thread.Join();
            }));
        using var _ = engine;
        call = guest.Function<int, int>("call");
        for (int i = 0; i < Often; i++) call.Invoke(0);
        Assert.Equal(1, call.Invoke(1));
        Assert.IsType<InvalidOperationException>(refused);
        store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => call.Invoke(0));
    }

    [Theory, EachEngine]
    public void Fuel_and_requests_to_stop_end_calls(EngineKind kind)
    {
        var (engine, store, guest) = Start(kind.Options() with { ConsumeFuel = true, Interruptible = true }, """
            (module (func (export "spin") (param i32) (result i32) (loop (br_if 0 (local.get 0))) (local.get 0)))
            """);
        using var _ = engine;
        using var __ = store;
        var spin = guest.Function<int, int>("spin");
        for (int i = 0; i < Often; i++) Assert.Equal(0, spin.Invoke(0));
        store.Interrupt();
        Assert.Equal(TrapKind.Interrupted, Assert.Throws<TrapException>(() => spin.Invoke(1)).Kind);
        Assert.Equal(0, spin.Invoke(0));
        using var source = new CancellationTokenSource();
        store.CancellationToken = source.Token;
        source.Cancel();
        for (int i = 0; i < 3; i++) Assert.Equal(TrapKind.Interrupted, Assert.Throws<TrapException>(() => spin.Invoke(0)).Kind);
        store.CancellationToken = default;
        Assert.Equal(0, spin.Invoke(0));
        store.Fuel = 1000;
        Assert.Equal(ExhaustionKind.Fuel, Assert.Throws<ExhaustionException>(() => spin.Invoke(1)).Kind);
        store.Fuel = 1000;
        Assert.Equal(0, spin.Invoke(0));
    }

    [Fact]
    public void Auto_goes_to_machine_code_without_the_interpreter_once_there_is_some()
    {
        var (engine, store, guest) = Start(EngineKind.Auto.Options(), "(module (func (export \"next\") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))");
        using var _ = engine;
        using var __ = store;
        var next = guest.Function<int, int>("next");
        Assert.Equal(0, guest.Function("next").Instance.Entry);
        for (int i = 0; i < 100_000 && guest.Function("next").Instance.Entry == 0; i++) Assert.Equal(i + 1, next.Invoke(i));
        Assert.NotEqual(0, guest.Function("next").Instance.Entry);
        Assert.Equal(6, next.Invoke(5));
    }
}
