using Nacre.Tests.Support;
using Nacre.Tiering;

namespace Nacre.Tests.Tiering;

/// <summary>When functions go over to compiled code.</summary>
public class TieringTests
{
    private const string Sum = """
        (module
          (func (export "sum") (param i32) (result i32) (local i32)
            (loop (local.set 1 (i32.add (local.get 1) (local.get 0)))
              (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
            (local.get 1))
          (func (export "rare") (result i32) (i32.const 7))
          (memory (export "memory") 1))
        """;

    [Fact]
    public void A_function_that_is_called_often_is_compiled_and_one_that_is_not_stays_interpreted()
    {
        using var guest = new Tiers(Sum);
        guest.Call("sum", 10);
        guest.Call("rare");
        Assert.False(guest.IsCompiled("sum"));
        guest.Heat("sum", 10);
        Assert.Equal(55, guest.Call("sum", 10)[0].AsInt32());
        Assert.False(guest.IsCompiled("rare"));
    }

    [Fact]
    public void A_loop_that_runs_for_long_makes_its_function_hot_and_ends_in_the_interpreter()
    {
        using var guest = new Tiers(Sum);
        Assert.Equal(500_000_500_000 & 0xFFFF_FFFF, (uint)guest.Call("sum", 1_000_000)[0].AsInt32());
        Assert.True(guest.IsCompiled("sum"));
        Assert.Equal(55, guest.Call("sum", 10)[0].AsInt32());
    }

    [Fact]
    public void The_other_engines_do_not_change_over()
    {
        foreach (EngineKind kind in new[] { EngineKind.Interpreter, EngineKind.Compiler })
        {
            using var engine = new Engine(kind.Options());
            Assert.IsNotType<TieredEngine>(engine.Execution);
        }
    }

    [Fact]
    public void Threads_on_instances_of_one_module_compute_the_same_while_it_is_compiled_in_the_background()
    {
        using var engine = new Engine(new EngineOptions { Tiering = new TieringOptions(200, CompilesInBackground: true) });
        Module module = engine.CompileText(Sum);
        Parallel.For(0, 4, _ =>
        {
            using var store = new Store(engine);
            Function<int, int> sum = new Linker(engine).Instantiate(store, module).Function<int, int>("sum");
            for (int i = 0; i < 2_000; i++) Assert.Equal(5050, sum.Invoke(100));
        });
        SpinWait.SpinUntil(() => Tiers.IsCompiled(module, "sum"), TimeSpan.FromSeconds(60));
        Assert.True(Tiers.IsCompiled(module, "sum"));
    }

    [Theory]
    [InlineData(MemoryStrategy.Auto)]
    [InlineData(MemoryStrategy.Explicit)]
    [InlineData(MemoryStrategy.Guard)]
    public void Memories_are_what_the_engine_says(MemoryStrategy strategy)
    {
        using var guest = new Tiers(Sum, options: new EngineOptions { MemoryStrategy = strategy });
        bool isGuarded = guest.Instance.Memory().IsGuarded;
        Assert.Equal(isGuarded ? MemoryStrategy.Guard : MemoryStrategy.Explicit, guest.Module.Engine.MemoryStrategy);
        if (strategy == MemoryStrategy.Explicit) Assert.False(isGuarded);
        guest.Heat("sum", 10);
        Assert.Equal(isGuarded, guest.Instance.Memory().IsGuarded);
    }
}
