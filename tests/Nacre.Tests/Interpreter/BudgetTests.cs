using System.Diagnostics;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Interpreter;

public class BudgetTests
{
    private static readonly ValType[] None = [];
    private static readonly ValType[] I32 = [ValType.I32];

    private static ModuleBuilder Endless => new ModuleBuilder()
        .Func("endless", None, None, code => code.Loop(loop => loop.Br(0)))
        .Func("sum", I32, I32, I32, code => code
            .Loop(loop => loop.LocalGet(1).LocalGet(0).Op(Opcode.I32Add).LocalSet(1)
                .LocalGet(0).I32(1).Op(Opcode.I32Sub).LocalTee(0).BrIf(0))
            .LocalGet(1));

    [Theory, EachEngine]
    public void A_guest_without_fuel_ends_and_can_go_on_with_more(EngineKind engine)
    {
        using var guest = Guest.Of(engine.Options() with { ConsumeFuel = true }, Endless);
        guest.Store.Fuel = 10_000;
        Assert.Equal(ExhaustionKind.Fuel, Assert.Throws<ExhaustionException>(() => guest.Call("endless")).Kind);
        Assert.Equal(0, guest.Store.Fuel);
        guest.Store.Fuel = 10_000;
        Assert.Equal(55, guest.Call<int>("sum", 10));
    }

    [Theory, EachEngine]
    public void Fuel_counts_instructions_the_same_at_every_run(EngineKind engine)
    {
        using var guest = Guest.Of(engine.Options() with { ConsumeFuel = true }, Endless);
        long Used(int count)
        {
            guest.Store.Fuel = 1_000_000;
            guest.Call("sum", count);
            return 1_000_000 - guest.Store.Fuel;
        }
        Assert.Equal(Used(100), Used(100));
        Assert.Equal(9, (Used(1000) - Used(100)) / 900);      // nine instructions an iteration
    }

    [Theory, EachEngine]
    public void A_guest_is_interrupted_from_another_thread(EngineKind engine)
    {
        using var guest = Guest.Of(engine.Options() with { Interruptible = true }, Endless);
        var timer = new Timer(_ => guest.Store.Interrupt(), null, dueTime: 50, Timeout.Infinite);
        var clock = Stopwatch.StartNew();
        Assert.Equal(TrapKind.Interrupted, Assert.Throws<TrapException>(() => guest.Call("endless")).Kind);
        timer.Dispose();
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20));
        Assert.Equal(55, guest.Call<int>("sum", 10));
    }
}
