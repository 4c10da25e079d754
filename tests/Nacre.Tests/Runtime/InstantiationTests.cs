using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Runtime;

public class InstantiationTests
{
    private static readonly ValType[] None = [], I32 = [ValType.I32];

    [Theory, EachEngine]
    public void Globals_are_initialised_by_their_expressions(EngineKind engine)
    {
        var type = new GlobalType(ValType.I32, IsMutable: false);
        using var guest = Guest.Of(engine.Options(), new ModuleBuilder()
            .Import("env", "a", type)
            .Global(ValType.I32, isMutable: false, code => code.GlobalGet(0).I32(2).Op(Opcode.I32Mul).I32(1).Op(Opcode.I32Add), export: "b")
            .Global(ValType.I64, isMutable: true, code => code.I64(-5).I64(2).Op(Opcode.I64Sub), export: "c"),
            define: (linker, store) => linker.Define("env", "a", new Global(store, type, 20)));
        Assert.Equal(41, guest.Instance.Global("b").Value);
        Assert.Equal(-7L, guest.Instance.Global("c").Value);
    }

    [Theory, EachEngine]
    public void Active_segments_fill_tables_and_memories(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Memory(1)
            .Table(new TableType(ValType.Funcref, new Limits(4)), export: "table")
            .Func("seven", None, I32, code => code.I32(7))
            .ActiveElements(0, 2, 0)
            .ActiveData(10, 1, 2, 3));
        Assert.Equal<byte>([0, 1, 2, 3, 0], guest.Memory.Slice(9, 5).ToArray());
        Assert.Null(guest.Instance.Table("table")[1].AsReference());
        var function = (Function)guest.Instance.Table("table")[2].AsReference()!;
        Assert.Equal(guest.Instance.Function("seven"), function);
    }

    [Theory, EachEngine]
    public void A_segment_that_does_not_fit_traps_and_earlier_ones_stay(EngineKind engine)
    {
        Memory? memory = null;
        var trap = Assert.Throws<TrapException>(() => Guest.Of(engine.Options(), new ModuleBuilder()
            .Import("env", "memory", new MemoryType(new Limits(1)))
            .ActiveData(0, 1, 2, 3)
            .ActiveData(65535, 4, 5),
            define: (linker, store) => linker.Define("env", "memory", memory = new Memory(store, new MemoryType(new Limits(1))))));
        Assert.Equal(TrapKind.MemoryOutOfBounds, trap.Kind);
        Assert.Equal<byte>([1, 2, 3], memory!.Slice(0, 3).ToArray());
        Assert.Equal(0, memory.Slice(65535, 1)[0]);
    }

    [Theory, EachEngine]
    public void Elements_that_do_not_fit_trap_before_data_is_written(EngineKind engine)
    {
        Memory? memory = null;
        var trap = Assert.Throws<TrapException>(() => Guest.Of(engine.Options(), new ModuleBuilder()
            .Import("env", "memory", new MemoryType(new Limits(1)))
            .Table(new TableType(ValType.Funcref, new Limits(1)))
            .Func(null, None, None, code => { })
            .ActiveElements(0, 1, 0)
            .ActiveData(0, 9),
            define: (linker, store) => linker.Define("env", "memory", memory = new Memory(store, new MemoryType(new Limits(1))))));
        Assert.Equal(TrapKind.TableOutOfBounds, trap.Kind);
        Assert.Equal(0, memory!.Slice(0, 1)[0]);
    }

    [Theory, EachEngine]
    public void The_start_function_runs_last(EngineKind engine)
    {
        using var guest = Guest.Of(engine, new ModuleBuilder()
            .Memory(1)
            .Global(ValType.I32, isMutable: true, code => code.I32(0), export: "seen")
            .Func(null, None, None, code => code.I32(0).Access(Opcode.I32Load8U).GlobalSet(0))
            .ActiveData(0, 42)
            .Start(0));
        Assert.Equal(42, guest.Instance.Global("seen").Value);
    }

    [Theory, EachEngine]
    public void A_start_function_that_traps_fails_the_instantiation(EngineKind engine)
    {
        var trap = Assert.Throws<TrapException>(() => Guest.Of(engine, new ModuleBuilder()
            .Func("crash", None, None, code => code.Op(Opcode.Unreachable))
            .Start(0)));
        Assert.Equal(TrapKind.Unreachable, trap.Kind);
        Assert.Equal("crash", Assert.Single(trap.GuestStack).FunctionName);
    }

    [Theory, EachEngine]
    public void A_start_function_may_be_one_of_the_host(EngineKind engine)
    {
        int calls = 0;
        using var guest = Guest.Of(engine, new ModuleBuilder().ImportFunc("env", "start", None, None).Start(0),
            linker => linker.Define("env", "start", () => { calls++; }));
        Assert.Equal(1, calls);
    }

    [Fact]
    public void An_unknown_import_is_named_with_its_type()
    {
        var exception = Assert.Throws<LinkException>(() => Guest.Of(EngineKind.Auto, new ModuleBuilder()
            .ImportFunc("env", "print", [ValType.I32, ValType.I64], [ValType.F32])
            .Import("env", "memory", new MemoryType(new Limits(1)))));
        Assert.StartsWith("unknown import", exception.Message, StringComparison.Ordinal);
        Assert.Contains("\"env\" \"print\" (func [i32 i64] → [f32])", exception.Message, StringComparison.Ordinal);
        Assert.Equal(("env", "print"), (exception.Module, exception.Name));
    }

    [Fact]
    public void An_import_of_another_type_names_the_wanted_and_the_found_type()
    {
        var exception = Assert.Throws<LinkException>(() => Guest.Of(EngineKind.Auto,
            new ModuleBuilder().ImportFunc("env", "print", I32, None),
            linker => linker.Define("env", "print", (long number) => { })));
        Assert.StartsWith("incompatible import type", exception.Message, StringComparison.Ordinal);
        Assert.Contains("(func [i32] → [])", exception.Message, StringComparison.Ordinal);
        Assert.Contains("(func [i64] → [])", exception.Message, StringComparison.Ordinal);
        Assert.Equal(("env", "print"), (exception.Module, exception.Name));
    }

    public static TheoryData<ExternType, ExternType, bool> Limited => new()
    {
        { new MemoryType(new Limits(1)), new MemoryType(new Limits(1)), true },
        { new MemoryType(new Limits(2)), new MemoryType(new Limits(1)), true },
        { new MemoryType(new Limits(1)), new MemoryType(new Limits(2)), false },
        { new MemoryType(new Limits(1)), new MemoryType(new Limits(1, 2)), false },
        { new MemoryType(new Limits(1, 3)), new MemoryType(new Limits(1, 2)), false },
        { new MemoryType(new Limits(1, 2)), new MemoryType(new Limits(1, 3)), true },
        { new MemoryType(new Limits(1), AddressType.I64), new MemoryType(new Limits(1)), false },
        { new TableType(ValType.Funcref, new Limits(3)), new TableType(ValType.Funcref, new Limits(2)), true },
        { new TableType(ValType.Externref, new Limits(3)), new TableType(ValType.Funcref, new Limits(2)), false },
        { new GlobalType(ValType.I32, false), new GlobalType(ValType.I32, false), true },
        { new GlobalType(ValType.I32, true), new GlobalType(ValType.I32, false), false },
        { new GlobalType(ValType.I64, false), new GlobalType(ValType.I32, false), false },
        { new GlobalType(ValType.I32, false), new MemoryType(new Limits(1)), false },
    };

    [Theory, MemberData(nameof(Limited))]
    public void Imports_match_by_type(ExternType provided, ExternType wanted, bool matches)
    {
        Exception? exception = Record.Exception(() => Guest.Of(new EngineOptions(), new ModuleBuilder().Import("m", "x", wanted),
            define: (linker, store) => linker.Define("m", "x", provided switch
            {
                MemoryType memory => new Memory(store, memory),
                TableType table => new Table(store, table, Value.Null(table.Element)),
                GlobalType global => new Global(store, global, global.Value == ValType.I32 ? (Value)0 : 0L),
                _ => throw new NotSupportedException(),
            })));
        if (matches) Assert.Null(exception);
        else Assert.IsType<LinkException>(exception);
    }

    [Fact]
    public void A_memory_that_has_grown_matches_as_it_is_now()
    {
        using var guest = Guest.Of(new EngineOptions(), new ModuleBuilder().Import("m", "x", new MemoryType(new Limits(3))),
            define: (linker, store) =>
            {
                var memory = new Memory(store, new MemoryType(new Limits(1)));
                Assert.True(memory.TryGrow(2));
                linker.Define("m", "x", memory);
            });
    }

    [Fact]
    public void A_module_that_wants_too_much_takes_nothing()
    {
        using var engine = new Engine();
        using var store = new Store(engine, new StoreLimits { MaxMemoryByteCount = 65536, MaxTableElementCount = 10, MaxInstanceCount = 1 });
        var linker = new Linker(engine);
        Module tooMuch = engine.Compile(new ModuleBuilder().Memory(1).Table(new TableType(ValType.Funcref, new Limits(11))).Build());
        Module enough = engine.Compile(new ModuleBuilder().Memory(1).Table(new TableType(ValType.Funcref, new Limits(10))).Build());
        Assert.Throws<ExhaustionException>(() => linker.Instantiate(store, tooMuch));
        linker.Instantiate(store, enough);
        Assert.Throws<ExhaustionException>(() => linker.Instantiate(store, engine.Compile(new ModuleBuilder().Build())));
    }
}
