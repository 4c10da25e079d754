using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Embedding;

public class SiblingStoreTests
{
    private static readonly StoreLimits s_limits = new() { MaxInstanceCount = 2, MaxTableElementCount = 10, MaxMemoryByteCount = 3 << 16 };

    [Theory]
    [InlineData("(module)", 2)]
    [InlineData("(module (table 5 funcref))", 2)]
    [InlineData("(module (memory 1))", 2)]
    [InlineData("(module (table 6 funcref))", 1)]
    [InlineData("(module (memory 2))", 1)]
    public void Stores_count_together_against_the_limits_of_the_first(string text, int count)
    {
        using var engine = new Engine();
        using var store = new Store(engine, s_limits);
        Module module = engine.CompileText(text);
        var linker = new Linker(engine);
        Store[] siblings = [.. Enumerable.Range(0, count).Select(_ => store.CreateSibling())];
        foreach (Store sibling in siblings) linker.Instantiate(sibling, module);
        using Store further = store.CreateSibling();
        Assert.Equal(ExhaustionKind.Heap, Assert.Throws<ExhaustionException>(() => linker.Instantiate(further, module)).Kind);
        Assert.Equal(ExhaustionKind.Heap, Assert.Throws<ExhaustionException>(() => linker.Instantiate(store, module)).Kind);

        foreach (Store sibling in siblings) sibling.Dispose();
        linker.Instantiate(further, module);
    }

    [Theory, EachEngine]
    public void Instances_in_several_stores_share_a_memory(EngineKind kind)
    {
        using var engine = new Engine(kind.Options() with { Features = WasmFeatures.All });
        using var store = new Store(engine);
        using Store sibling = store.CreateSibling();
        Module module = engine.CompileText("""
            (module
              (memory (import "" "memory") 1 4 shared)
              (func (export "grow") (drop (memory.grow (i32.const 1))) (i32.store (i32.const 65536) (i32.const 7)))
              (func (export "look") (result i32) (i32.load (i32.const 65536))))
            """);
        Linker linker = new Linker(engine).Define("", "memory", new Memory(store, new MemoryType(new Limits(1, 4), IsShared: true)));
        Instance first = linker.Instantiate(store, module), second = linker.Instantiate(sibling, module);
        Assert.Throws<TrapException>(() => second.Function<int>("look").Invoke());
        first.Procedure("grow").Invoke();
        Assert.Equal(7, second.Function<int>("look").Invoke());
    }

    [Fact]
    public void A_sibling_begins_without_fuel_and_goes_on_when_the_first_is_gone()
    {
        using var engine = new Engine(new EngineOptions { ConsumeFuel = true });
        var store = new Store(engine) { Fuel = 100 };
        using Store sibling = store.CreateSibling();
        Assert.Equal(0, sibling.Fuel);
        store.Dispose();
        sibling.Fuel = 100;
        Instance instance = new Linker(engine).Instantiate(sibling, engine.CompileText("""(module (func (export "answer") (result i32) (i32.const 42)))"""));
        Assert.Equal(42, instance.Function<int>("answer").Invoke());
    }
}
