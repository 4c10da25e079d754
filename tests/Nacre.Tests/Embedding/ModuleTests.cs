using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Embedding;

public class ModuleTests
{
    [Fact]
    public void Imports_and_exports_are_described_with_their_types()
    {
        using var engine = new Engine();
        Module module = engine.Compile(new ModuleBuilder()
            .ImportFunc("env", "print", [ValType.I32], [])
            .Memory(1, 2)
            .Func("run", [], [ValType.I64], code => code.I64(1))
            .Build());
        ImportDescription import = Assert.Single(module.Imports);
        Assert.Equal(("env", "print", "[i32] → []"), (import.Module, import.Name, import.Signature!.ToString()));
        Assert.Equal(["memory", "run"], module.Exports.Select(export => export.Name));
        Assert.Equal(new MemoryType(new Limits(1, 2)), module.Exports[0].Type);
        Assert.Equal("[] → [i64]", module.Exports[1].Signature!.ToString());
    }

    [Fact]
    public void The_bytes_may_be_changed_after_compiling()
    {
        byte[] bytes = new ModuleBuilder().Func("answer", [], [ValType.I32], code => code.I32(42)).Build();
        using var engine = new Engine();
        Module module = engine.Compile(bytes);
        Array.Clear(bytes);
        using var store = new Store(engine);
        Assert.Equal(42, new Linker(engine).Instantiate(store, module).Function<int>("answer").Invoke());
    }

    [Fact]
    public void A_component_is_called_one()
    {
        using var engine = new Engine();
        var exception = Assert.Throws<MalformedModuleException>(() => engine.Compile([0, 0x61, 0x73, 0x6D, 0x0D, 0, 1, 0]));
        Assert.Contains("component", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feature_that_is_switched_off_is_named()
    {
        using var engine = new Engine(new EngineOptions { Features = WasmFeatures.Wasm1 });
        byte[] bytes = new ModuleBuilder().Func(null, [ValType.I32], [ValType.I32], code => code.LocalGet(0).Op(Opcode.I32Extend8S)).Build();
        var exception = Assert.Throws<MalformedModuleException>(() => engine.Compile(bytes));
        Assert.Contains("sign-extension", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Custom_sections_are_kept()
    {
        using var engine = new Engine();
        Module module = engine.Compile(new ModuleBuilder().Custom("mine", [1, 2]).Custom("other", [3]).Custom("mine", [4]).Build());
        Assert.Equal([[1, 2], [4]], module.CustomSections("mine").Select(bytes => bytes.ToArray()));
    }

    [Fact]
    public void A_missing_export_is_told_with_those_that_exist()
    {
        using var guest = Guest.Of(EngineKind.Auto, new ModuleBuilder().Memory(1).Func("run", [], [], code => { }));
        string message = Assert.Throws<KeyNotFoundException>(() => guest.Instance.Function("main")).Message;
        Assert.Contains("\"main\"", message, StringComparison.Ordinal);
        Assert.Contains("\"run\"", message, StringComparison.Ordinal);
        Assert.Contains("is no function", Assert.Throws<KeyNotFoundException>(() => guest.Instance.Function("memory")).Message, StringComparison.Ordinal);
        Assert.False(guest.Instance.TryGetFunction("memory", out _));
        Assert.Null(guest.Instance.Export("main"));
    }

    [Fact]
    public void Modules_and_stores_of_different_engines_do_not_meet()
    {
        using var engine = new Engine();
        using var other = new Engine();
        using var store = new Store(other);
        Module module = engine.Compile(new ModuleBuilder().Build());
        Assert.Throws<ArgumentException>(() => new Linker(engine).Instantiate(store, module));
        Assert.Throws<ArgumentException>(() => new Linker(other).Instantiate(store, module));
    }

    [Fact]
    public void Instances_are_linked_to_each_other_by_name()
    {
        using var engine = new Engine();
        using var store = new Store(engine);
        var linker = new Linker(engine);
        Instance first = linker.Instantiate(store, engine.Compile(new ModuleBuilder()
            .Memory(1)
            .Func("store", [ValType.I32, ValType.I32], [], code => code.Locals(2).Access(Opcode.I32Store))
            .Build()));
        Instance second = linker.DefineInstance("first", first).Instantiate(store, engine.Compile(new ModuleBuilder()
            .ImportFunc("first", "store", [ValType.I32, ValType.I32], [])
            .Import("first", "memory", new MemoryType(new Limits(1)))
            .Func("run", [], [], code => code.I32(4).I32(99).Call(0))
            .Export("memory", ExternKind.Memory, 0)
            .Export("store", ExternKind.Func, 0)
            .Build()));
        second.Procedure("run").Invoke();
        Assert.Equal(99, first.Memory().Read<int>(4));
        Assert.Equal(first.Memory(), second.Memory());
        Assert.Equal(first.Function("store"), second.Function("store"));
    }
}
