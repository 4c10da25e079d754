using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Embedding;

public class StoreTests
{
    private static readonly ValType[] None = [], I32 = [ValType.I32];

    private static ModuleBuilder Endless => new ModuleBuilder()
        .Func("run", None, None, code => code.Loop(loop => loop.Br(0)))
        .Func("answer", None, I32, code => code.I32(42));

    [Theory, EachEngine]
    public void A_second_thread_is_refused_while_the_first_one_runs(EngineKind engine)
    {
        Exception? refused = null, refusedGrowth = null;
        Guest? guest = null;
        guest = Guest.Of(engine, new ModuleBuilder()
            .ImportFunc("env", "other", None, None)
            .Memory(1)
            .Func("run", None, None, code => code.Call(0))
            .Func("answer", None, I32, code => code.I32(42)),
            linker => linker.Define("env", "other", () =>
            {
                var thread = new Thread(() =>
                {
                    refused = Record.Exception(() => guest!.Call("answer"));
                    refusedGrowth = Record.Exception(() => guest!.Memory.TryGrow(1));
                });
                thread.Start();
                thread.Join();
            }));
        guest.Call("run");
        Assert.IsType<InvalidOperationException>(refused);
        Assert.IsType<InvalidOperationException>(refusedGrowth);
        Assert.Equal(42, guest.Call<int>("answer"));
        guest.Dispose();
    }

    [Theory, EachEngine]
    public void A_store_can_be_handed_to_another_thread_between_calls(EngineKind engine)
    {
        using var guest = Guest.Of(engine, Endless);
        Assert.Equal(42, guest.Call<int>("answer"));
        int answer = 0;
        var thread = new Thread(() => answer = guest.Call<int>("answer"));
        thread.Start();
        thread.Join();
        Assert.Equal(42, answer);
    }

    public static TheoryData<string> Creations() => [.. s_creations.Keys];

    private static readonly Dictionary<string, Func<Store, object>> s_creations = new()
    {
        ["memory"] = store => new Memory(store, new MemoryType(new Limits(1))),
        ["table"] = store => new Table(store, new TableType(ValType.Funcref, new Limits(1)), Value.Null(ValType.Funcref)),
        ["global"] = store => new Global(store, new GlobalType(ValType.I32, IsMutable: true), 1),
        ["tag"] = store => new Tag(store, new FuncType(I32, None)),
        ["function"] = store => new Function(store, new FuncType(None, None), (ref _) => { }),
    };

    [Theory, MemberData(nameof(Creations))]
    public void Nothing_is_created_in_a_store_that_another_thread_uses(string what)
    {
        Exception? refused = null;
        Store? used = null;
        using var guest = Guest.FromText(EngineKind.Auto, """(module (import "env" "other" (func $other)) (func (export "run") (call $other)))""",
            linker => linker.Define("env", "other", () =>
            {
                Assert.NotNull(s_creations[what](used!));       // the thread that uses it may
                var thread = new Thread(() => refused = Record.Exception(() => s_creations[what](used!)));
                thread.Start();
                thread.Join();
            }));
        used = guest.Store;
        guest.Call("run");
        Assert.IsType<InvalidOperationException>(refused);
    }

    [Theory, MemberData(nameof(Creations))]
    public void Nothing_is_created_in_a_store_that_was_disposed(string what)
    {
        using var engine = new Engine();
        var store = new Store(engine);
        store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => s_creations[what](store));
    }

    [Fact]
    public void A_tag_has_no_results()
    {
        using var engine = new Engine();
        using var store = new Store(engine);
        Assert.Throws<ArgumentException>(() => new Tag(store, new FuncType(None, I32)));
    }

    [Theory, EachEngine]
    public void A_disposed_store_refuses_everything(EngineKind engine)
    {
        var guest = Guest.Of(engine, new ModuleBuilder()
            .Memory(1)
            .Global(ValType.I32, isMutable: true, code => code.I32(1), export: "global")
            .Func("answer", None, I32, code => code.I32(42)));
        Memory memory = guest.Memory;
        Global global = guest.Instance.Global("global");
        Function<int> answer = guest.Instance.Function<int>("answer");
        guest.Dispose();
        guest.Dispose();
        Assert.Throws<ObjectDisposedException>(() => answer.Invoke());
        Assert.Throws<ObjectDisposedException>(() => { memory.Slice(0, 1); });
        Assert.Throws<ObjectDisposedException>(() => memory.TryGrow(1));
        Assert.Throws<ObjectDisposedException>(() => global.Value);
        Assert.Throws<ObjectDisposedException>(() => new Linker(guest.Store.Engine).Instantiate(guest.Store, guest.Module));
    }

    [Theory, EachEngine]
    public void A_store_in_use_cannot_be_disposed(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .ImportFunc("env", "dispose", None, None)
            .Func("run", None, None, code => code.Call(0)),
            linker => linker.Define("env", "dispose", (Caller caller) => caller.Store.Dispose()));
        Assert.Throws<InvalidOperationException>(() => guest.Call("run"));
    }

    [Theory, EachEngine]
    public void An_endless_guest_is_interrupted_from_another_thread_and_stays_usable(EngineKind engine)
    {
        using var guest = Guest.Of(engine.Options() with { Interruptible = true }, Endless);
        using var timer = new Timer(_ => guest.Store.Interrupt(), null, 50, Timeout.Infinite);
        var trap = Assert.Throws<TrapException>(() => guest.Call("run"));
        Assert.Equal(TrapKind.Interrupted, trap.Kind);
        Assert.Equal(42, guest.Call<int>("answer"));
    }

    [Theory, EachEngine]
    public void A_cancelled_token_stops_the_guest_and_refuses_later_calls(EngineKind engine)
    {
        using var guest = Guest.Of(engine.Options() with { Interruptible = true }, Endless);
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        guest.Store.CancellationToken = deadline.Token;
        Assert.Equal(TrapKind.Interrupted, Assert.Throws<TrapException>(() => guest.Call("run")).Kind);
        Assert.Equal(TrapKind.Interrupted, Assert.Throws<TrapException>(() => guest.Call("answer")).Kind);
        guest.Store.CancellationToken = default;
        Assert.Equal(42, guest.Call<int>("answer"));
    }

    [Theory, EachEngine]
    public void A_host_function_that_swallows_the_trap_does_not_save_the_guest(EngineKind engine)
    {
        using var guest = Guest.Of(engine.Options() with { Interruptible = true }, new ModuleBuilder()
            .ImportFunc("env", "swallow", None, None)
            .Func("run", None, None, code => code.Loop(loop => loop.Call(0).Br(0)))
            .Func("inner", None, None, code => code.Loop(loop => loop.Br(0))),
            define: (linker, _) => linker.Define("env", "swallow",
                (Caller caller) => { Record.Exception(() => caller.Instance!.Procedure("inner").Invoke()); }));
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        guest.Store.CancellationToken = deadline.Token;
        Assert.Equal(TrapKind.Interrupted, Assert.Throws<TrapException>(() => guest.Call("run")).Kind);
    }

    [Fact]
    public void An_engine_without_interruption_refuses_tokens()
    {
        using var engine = new Engine();
        using var store = new Store(engine);
        using var source = new CancellationTokenSource();
        Assert.Throws<InvalidOperationException>(() => store.CancellationToken = source.Token);
        Assert.Throws<InvalidOperationException>(store.Interrupt);
    }

    [Theory, EachEngine]
    public void A_guest_runs_only_while_its_fuel_lasts(EngineKind engine)
    {
        using var guest = Guest.Of(engine.Options() with { ConsumeFuel = true }, Endless);
        Assert.Equal(ExhaustionKind.Fuel, Assert.Throws<ExhaustionException>(() => guest.Call("answer")).Kind);
        guest.Store.Fuel = 10_000;
        Assert.Equal(42, guest.Call<int>("answer"));
        Assert.InRange(guest.Store.Fuel, 9_900, 9_999);
        Assert.Equal(ExhaustionKind.Fuel, Assert.Throws<ExhaustionException>(() => guest.Call("run")).Kind);
        Assert.InRange(guest.Store.Fuel, 0, 10);
    }

    [Fact]
    public void Fuel_of_an_engine_that_does_not_meter_is_refused()
    {
        using var engine = new Engine();
        using var store = new Store(engine);
        Assert.Throws<InvalidOperationException>(() => store.Fuel);
        Assert.Throws<InvalidOperationException>(() => store.Fuel = 1);
    }

    [Fact]
    public void A_disposed_engine_makes_nothing_new()
    {
        var engine = new Engine();
        using var store = new Store(engine);
        engine.Dispose();
        Assert.Throws<ObjectDisposedException>(() => new Store(engine));
        Assert.Throws<ObjectDisposedException>(() => engine.Compile(new ModuleBuilder().Build()));
    }

    [Fact]
    public void Ten_thousand_instances_of_one_page_start_quickly_and_take_little_room()
    {
        using var engine = new Engine();
        using var store = new Store(engine);
        Module module = engine.Compile(new ModuleBuilder().Memory(1).ActiveData(0, 1, 2, 3).Func("answer", None, I32, code => code.I32(42)).Build());
        var linker = new Linker(engine);
        for (int i = 0; i < 100; i++) linker.Instantiate(store, module);
        long before = Environment.WorkingSet;
        for (int i = 0; i < 10_000; i++) linker.Instantiate(store, module);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 1L << 30);
    }
}
