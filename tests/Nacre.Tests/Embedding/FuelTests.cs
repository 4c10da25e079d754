using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Embedding;

public class FuelTests
{
    private const long Plenty = 1_000_000;

    // Every amount of fuel up to this, and then some of those up to what the call uses.
    private const int FirstAmounts = 90, AmountCount = 250;

    public static TheoryData<string> Functions =>
    [
        "leaf", "locals", "loops", "arms", "table", "fib", "indirect", "tail", "host", "throws", "again", "hosts", "values", "bulk", "legacy",
    ];

    [Theory, MemberData(nameof(Functions))]
    public void Whatever_the_fuel_every_engine_stops_at_the_same_place_and_has_the_same_left(string function)
    {
        const int Argument = 6;
        string text = function == "legacy" ? FuelGuests.Legacy : FuelGuests.Text;
        using var interpreter = new FuelSetup(new EngineOptions { Kind = EngineKind.Interpreter }, text);
        long used = interpreter.Used(function, Argument);
        long step = Math.Max((used - FirstAmounts) / (AmountCount - FirstAmounts), 1);
        var amounts = new List<long>();
        for (long fuel = 0; fuel <= used + 2; fuel += fuel < FirstAmounts || fuel >= used - 3 ? 1 : Math.Min(step, used - 3 - fuel)) amounts.Add(fuel);
        List<string> expected = [.. amounts.Select(fuel => interpreter.Call(function, Argument, fuel))];
        Assert.Contains($" with {used}: ", expected[^3], StringComparison.Ordinal);
        Assert.Contains(", 0 left, ", expected[^3], StringComparison.Ordinal);
        Assert.All(expected[..^3], outcome => Assert.Contains(": Fuel, 0 left", outcome, StringComparison.Ordinal));

        foreach (EngineOptions options in FuelSetup.All)
        {
            using var setup = new FuelSetup(options, text);
            Assert.Equal(expected, amounts.Select(fuel => setup.Call(function, Argument, fuel)));
        }
    }

    [Theory, EachEngine]
    public void An_instruction_costs_a_unit_and_entering_a_function_another(EngineKind engine)
    {
        using var guest = Guest.Of(engine.Options() with { ConsumeFuel = true }, new ModuleBuilder()
            .Func("add", [ValType.I32], [ValType.I32], code => code.LocalGet(0).I32(1).Op(Opcode.I32Add))
            .Func("twice", [ValType.I32], [ValType.I32], code => code.LocalGet(0).Call(0).Call(0))
            .Func("locals", [], [], [.. Enumerable.Repeat(ValType.I64, 80)], _ => { }));
        Assert.Equal(1 + 4, Used(guest, "add", 1));
        Assert.Equal(1 + 4 + (2 * 5), Used(guest, "twice", 1));
        Assert.Equal(1 + 1 + 10, Used(guest, "locals"));
    }

    [Theory, EachEngine]
    public void A_run_of_bytes_or_elements_costs_what_there_is_to_do(EngineKind engine)
    {
        using var setup = new FuelSetup(engine.Options(), """
            (module
              (type $bytes (array i8))
              (memory 2 2) (memory $long i64 1 2) (table $t 1000 funcref)
              (func (export "fill") (param i32) (result i32)
                (memory.fill (i32.const 0) (i32.const 1) (local.get 0)) (i32.load8_u (i32.const 0)))
              (func (export "copy") (param i32) (result i32) (memory.copy (i32.const 9) (i32.const 0) (local.get 0)) (i32.const 0))
              (func (export "table") (param i32) (result i32) (table.fill $t (i32.const 0) (ref.null func) (local.get 0)) (i32.const 0))
              (func (export "array") (param i32) (result i32) (drop (array.new_default $bytes (local.get 0))) (i32.const 0))
              (func (export "huge") (param i32) (result i32) (memory.fill $long (i64.const 0) (i32.const 0) (i64.const -1)) (i32.const 0))
              (func (export "peek") (param i32) (result i32) (i32.load8_u (local.get 0))))
            """);
        Assert.Equal(1000, setup.Used("fill", 64_000) - setup.Used("fill", 0));
        Assert.Equal(1000, setup.Used("copy", 64_000) - setup.Used("copy", 0));
        Assert.Equal(100, setup.Used("table", 800) - setup.Used("table", 0));
        Assert.Equal(1000, setup.Used("array", 8000) - setup.Used("array", 0));

        // Nothing is done that is not paid for, and a count without sense costs more than anybody has.
        Assert.Equal(1, setup.Instance.Function("peek").Invoke(65_536 - 64_000)[0].AsInt32());
        AssertExhausted(() => setup.Instance.Function("fill").Invoke(128_000), setup.Store, fuel: 500);
        setup.Store.Fuel = Plenty;
        Assert.Equal(0, setup.Instance.Function("peek").Invoke(100_000)[0].AsInt32());
        AssertExhausted(() => setup.Instance.Function("huge").Invoke(0), setup.Store, fuel: Plenty);
    }

    [Theory, EachEngine]
    public void A_structure_costs_what_its_fields_do(EngineKind engine)
    {
        using var setup = new FuelSetup(engine.Options(), $"""
            (module
              (type $small (struct (field i64 i64 i64 i64 i64 i64 i64)))
              (type $large (struct (field {string.Join(' ', Enumerable.Repeat("i64", 800))})))
              (func (export "small") (param i32) (result i32) (drop (struct.new_default $small)) (i32.const 0))
              (func (export "large") (param i32) (result i32) (drop (struct.new_default $large)) (i32.const 0))
              (func (export "values") (param i32) (result i32)
                (drop (struct.new $large {string.Concat(Enumerable.Repeat("(i64.const 1)", 800))})) (i32.const 0)))
            """);
        Assert.Equal(1 + 4, setup.Used("small", 0));
        Assert.Equal(100, setup.Used("large", 0) - setup.Used("small", 0));
        Assert.Equal(800, setup.Used("values", 0) - setup.Used("large", 0));
    }

    [Theory, EachEngine]
    public void Nothing_runs_for_ever(EngineKind engine)
    {
        string[] endless =
        [
            "(func $f (export \"f\") (loop (br 0)))",
            "(func $f (export \"f\") (loop (br_if 0 (i32.const 1))))",
            "(func $f (export \"f\") (loop (br_table 0 0 0 (i32.const 1))))",
            "(func $f (export \"f\") (i32.const 1) (loop (param i32) (drop) (i32.const 2) (br 0)))",
            "(func $f (export \"f\") (loop (block (br_on_null 1 (ref.null func)) (drop))))",
            "(func $f (export \"f\") (loop $l (loop (br_if $l (i32.const 1)))))",
            "(func $f (export \"f\") (return_call $f))",
            "(func $f (export \"f\") (return_call_ref $v (ref.func $f)))",
            "(func $f (export \"f\") (loop (call $g) (br 0))) (func $g)",
            "(func $f (export \"f\") (loop $l (try_table (catch_all $l) (throw $e))))",
            "(func $f (export \"f\") (loop $l (try_table (br $l))))",
            "(func $f (export \"f\") (loop $l (memory.fill (i32.const 0) (i32.const 0) (i32.const 65536)) (br $l)))",
        ];
        foreach (string function in endless)
        {
            using var setup = new FuelSetup(
                engine.Options(), $"(module (type $v (func)) (tag $e) (memory 1) (elem declare func $f) {function} (func (export \"fine\") (result i32) (i32.const 5)))");
            for (int i = 0; i < 3; i++)
            {
                AssertExhausted(() => setup.Instance.Function("f").Invoke(), setup.Store, fuel: 5_000);
                setup.Store.Fuel = 10;
                Assert.Equal(5, setup.Instance.Function<int>("fine").Invoke());
                Assert.Equal(7, setup.Store.Fuel);
            }
        }
    }

    [Theory, EachEngine]
    public void The_host_sees_what_is_left_and_gives_more(EngineKind engine)
    {
        var seen = new List<long>();
        using var guest = Guest.Of(
            engine.Options() with { ConsumeFuel = true },
            new ModuleBuilder().ImportFunc("env", "more", [], [])
                .Func("run", [ValType.I32], [], code => code.Loop(loop => loop
                    .Call(0).LocalGet(0).I32(1).Op(Opcode.I32Sub).LocalTee(0).BrIf(0))),
            define: (linker, store) => linker.Define("env", "more", new FuncType([], []), (ref HostFrame _) =>
            {
                seen.Add(store.Fuel);
                store.Fuel = 8;
            }));
        guest.Store.Fuel = 4;
        guest.Call("run", 5);
        // Entering, loop and call; then five instructions back to the loop's beginning, and the call.
        Assert.Equal([1, 2, 2, 2, 2], seen);
        Assert.Equal(8 - 5 - 2, guest.Store.Fuel);

        // A host function is not called by a guest that has used more than it had.
        seen.Clear();
        AssertExhausted(() => guest.Call("run", 5), guest.Store, fuel: 2);
        Assert.Empty(seen);
    }

    [Theory, EachEngine]
    public void Instances_of_a_store_use_the_same_fuel(EngineKind engine)
    {
        using var host = new Engine(engine.Options() with { ConsumeFuel = true });
        using var store = new Store(host);
        Instance inner = new Linker(host).Instantiate(store, host.CompileText("(module (func (export \"f\") (nop) (nop)))"));
        Instance outer = new Linker(host).DefineInstance("inner", inner)
            .Instantiate(store, host.CompileText("(module (import \"inner\" \"f\" (func)) (func (export \"run\") (call 0) (call 0)))"));
        store.Fuel = 100;
        outer.Function("run").Invoke();
        Assert.Equal(100 - (1 + 3) - (2 * (1 + 3)), store.Fuel);
        AssertExhausted(() => outer.Function("run").Invoke(), store, fuel: 11);
    }

    [Theory, EachEngine]
    public void A_trap_does_not_give_back_what_loops_and_calls_have_used(EngineKind engine)
    {
        using var setup = new FuelSetup(engine.Options(), """
            (module
              (func $work (param i32) (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
              (func (export "loops") (param i32) (result i32)
                (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
                (i32.div_s (i32.const 1) (local.get 0)))
              (func (export "calls") (param i32) (result i32)
                (call $work (local.get 0)) (i32.div_s (i32.const 1) (i32.const 0)))
              (func (export "stops") (param i32) (result i32)
                (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (unreachable)))
            """);
        foreach (string name in new[] { "loops", "calls", "stops" })
        {
            for (int i = 0; i < 3; i++)
            {
                setup.Store.Fuel = Plenty;
                Assert.Throws<TrapException>(() => setup.Instance.Function(name).Invoke(100_000));
                Assert.InRange(Plenty - setup.Store.Fuel, 500_000 - Fuel.UnitsBetweenReports - 10, 500_020);
            }
        }
    }

    private static long Used(Guest guest, string name, params Value[] arguments)
    {
        guest.Store.Fuel = Plenty;
        guest.Call(name, arguments);
        return Plenty - guest.Store.Fuel;
    }

    private static void AssertExhausted(Action call, Store store, long fuel)
    {
        store.Fuel = fuel;
        Assert.Equal(ExhaustionKind.Fuel, Assert.Throws<ExhaustionException>(call).Kind);
        Assert.Equal(0, store.Fuel);
    }
}
