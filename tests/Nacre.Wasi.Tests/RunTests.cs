using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Wasi.Tests;

public sealed class RunTests
{
    [Theory, EachEngine]
    public void A_command_answers_the_code_it_exits_with(EngineKind engine)
        => Assert.Equal(42u, Run(engine, Exits("_start", 42)));

    [Theory, EachEngine]
    public void An_exit_code_is_unsigned(EngineKind engine)
        => Assert.Equal(uint.MaxValue, Run(engine, Exits("_start", -1)));

    [Theory, EachEngine]
    public void A_command_that_returns_succeeds(EngineKind engine)
        => Assert.Equal(0u, Run(engine, new ModuleBuilder().Func("_start", [], [], _ => { })));

    [Theory, EachEngine]
    public void A_reactor_is_initialised(EngineKind engine)
        => Assert.Equal(7u, Run(engine, Exits("_initialize", 7)));

    [Theory, EachEngine]
    public void A_module_with_nothing_to_run_succeeds(EngineKind engine)
        => Assert.Equal(0u, Run(engine, new ModuleBuilder().Memory(1)));

    [Theory, EachEngine]
    public void A_trap_passes_through(EngineKind engine)
    {
        var trap = Assert.Throws<TrapException>(() => Run(engine, new ModuleBuilder().Func("_start", [], [], code => code.Op(Opcode.Unreachable))));
        Assert.Equal(TrapKind.Unreachable, trap.Kind);
    }

    [Theory, EachEngine]
    public void Exit_passes_through_calls_of_the_host(EngineKind kind)
    {
        using var engine = new Engine(kind.Options());
        using var store = new Store(engine);
        Instance instance = new Linker(engine).Define(new WasiPreview1(new WasiOptions()))
            .Instantiate(store, engine.Compile(Exits("leave", 3).Build()));
        Assert.Equal(3u, Assert.Throws<WasiExitException>(() => instance.Function("leave").Invoke()).ExitCode);
    }

    private static ModuleBuilder Exits(string export, int exitCode) => new ModuleBuilder()
        .ImportFunc("wasi_snapshot_preview1", "proc_exit", [ValType.I32], [])
        .Func(export, [], [], code => code.I32(exitCode).Call(0).Op(Opcode.Unreachable));

    private static uint Run(EngineKind kind, ModuleBuilder module)
    {
        using var engine = new Engine(kind.Options());
        using var store = new Store(engine);
        using var wasi = new WasiPreview1(new WasiOptions());
        return wasi.Run(new Linker(engine).Define(wasi).Instantiate(store, engine.Compile(module.Build())));
    }
}
