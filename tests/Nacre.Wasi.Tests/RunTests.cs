using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Wasi.Tests;

public sealed class RunTests
{
    [Fact]
    public void A_command_answers_the_code_it_exits_with()
        => Assert.Equal(42u, Run(Exits("_start", 42)));

    [Fact]
    public void An_exit_code_is_unsigned()
        => Assert.Equal(uint.MaxValue, Run(Exits("_start", -1)));

    [Fact]
    public void A_command_that_returns_succeeds()
        => Assert.Equal(0u, Run(new ModuleBuilder().Func("_start", [], [], _ => { })));

    [Fact]
    public void A_reactor_is_initialised()
        => Assert.Equal(7u, Run(Exits("_initialize", 7)));

    [Fact]
    public void A_module_with_nothing_to_run_succeeds()
        => Assert.Equal(0u, Run(new ModuleBuilder().Memory(1)));

    [Fact]
    public void A_trap_passes_through()
    {
        var trap = Assert.Throws<TrapException>(() => Run(new ModuleBuilder().Func("_start", [], [], code => code.Op(Opcode.Unreachable))));
        Assert.Equal(TrapKind.Unreachable, trap.Kind);
    }

    [Fact]
    public void Exit_passes_through_calls_of_the_host()
    {
        using var engine = new Engine();
        using var store = new Store(engine);
        Instance instance = new Linker(engine).Define(new WasiPreview1(new WasiOptions()))
            .Instantiate(store, engine.Compile(Exits("leave", 3).Build()));
        Assert.Equal(3u, Assert.Throws<WasiExitException>(() => instance.Function("leave").Invoke()).ExitCode);
    }

    private static ModuleBuilder Exits(string export, int exitCode) => new ModuleBuilder()
        .ImportFunc("wasi_snapshot_preview1", "proc_exit", [ValType.I32], [])
        .Func(export, [], [], code => code.I32(exitCode).Call(0).Op(Opcode.Unreachable));

    private static uint Run(ModuleBuilder module)
    {
        using var engine = new Engine();
        using var store = new Store(engine);
        var wasi = new WasiPreview1(new WasiOptions());
        return wasi.Run(new Linker(engine).Define(wasi).Instantiate(store, engine.Compile(module.Build())));
    }
}
