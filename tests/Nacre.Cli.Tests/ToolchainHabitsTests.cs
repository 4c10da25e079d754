using System.Text;

namespace Nacre.Cli.Tests;

/// <summary>What modules of some toolchains expect beside the functions of WASI, or in a manner of their own.</summary>
public sealed class ToolchainHabitsTests : IDisposable
{
    private const int TrapCode = 134;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_abort_of_AssemblyScript_is_shown()
    {
        ToolRun run = Run("""
            (module
              (import "env" "abort" (func $abort (param i32 i32 i32 i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "\04\00\00\00n\00o\00")
              (data (i32.const 16) "\08\00\00\00a\00.\00t\00s\00")
              (func (export "_start") (call $abort (i32.const 4) (i32.const 20) (i32.const 3) (i32.const 7))))
            """);
        Assert.Equal(TrapCode, run.ExitCode);
        Assert.Contains("abort: no in a.ts(3:7)", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Notes_of_AssemblyScript_go_to_standard_error()
    {
        ToolRun run = Run("""
            (module
              (import "env" "console.log" (func $log (param i32)))
              (import "env" "trace" (func $trace (param i32 i32 f64 f64 f64 f64 f64)))
              (import "env" "seed" (func $seed (result f64)))
              (memory (export "memory") 1)
              (data (i32.const 0) "\04\00\00\00h\00i\00")
              (func (export "_start")
                (call $log (i32.const 4))
                (call $trace (i32.const 4) (i32.const 2) (f64.const 1.5) (f64.const -2) (f64.const 0) (f64.const 0) (f64.const 0))
                (drop (call $seed))
                (call $log (i32.const -1))))
            """);
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Equal("hi\ntrace: hi 1.5 -2\n?\n", run.Error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Notes_of_AssemblyScript_go_nowhere_when_the_guest_has_no_standard_error()
    {
        string guest = Guest("""
            (module
              (import "env" "console.log" (func $log (param i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "\04\00\00\00h\00i\00")
              (func (export "_start") (call $log (i32.const 4))))
            """);
        ToolRun run = Tool.Run("run", "--no-inherit-stdio", guest);
        Assert.Equal((0, "", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public void A_start_function_that_cannot_be_served_runs_once()
    {
        ToolRun run = Tool.Run("run", "--trace", "wasi", Guest("""
            (module
              (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
              (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
              (func $begin (drop (call $close (i32.const 0))) (drop (call $random (i32.const 0) (i32.const 1))))
              (start $begin))
            """));
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(1, run.Error.Split("fd_close(0)").Length - 1);
    }

    [Fact]
    public void A_standalone_module_of_Emscripten_tells_that_its_memory_grew()
    {
        ToolRun run = Run("""
            (module
              (import "env" "emscripten_notify_memory_growth" (func $grown (param i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (func (export "_start")
                (drop (memory.grow (i32.const 1)))
                (call $grown (i32.const 0))
                (call $exit (memory.size))))
            """);
        Assert.Equal((2, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public void A_reactor_is_initialised_before_its_function_is_called_and_a_command_is_not_started()
    {
        const string Module = """
            (module
              (global $state (mut i32) (i32.const 1))
              (func (export "START") (global.set $state (i32.const 2)))
              (func (export "state") (result i32) (global.get $state)))
            """;
        foreach ((string start, string state) in ((string, string)[])[("_initialize", "2\n"), ("_start", "1\n")])
            Assert.Equal(state, Tool.Run("run", "--invoke", "state", Guest(Module.Replace("START", start, StringComparison.Ordinal))).Output);
    }

    // Go asks that its input does not wait, and waits itself, for several things at once.
    [Fact]
    public void Input_that_was_told_not_to_wait_is_waited_for_by_polling()
    {
        const string Program = """
            (module
              (import "wasi_snapshot_preview1" "fd_fdstat_set_flags" (func $flags (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "\00\02\00\00\40")     ;; a buffer of 64 bytes at 512
              (data (i32.const 72) "\01")                   ;; at 64, a subscription: bytes to be read from 0
              (func (export "_start") (local $error i32)
                (if (call $flags (i32.const 0) (i32.const 4)) (then (call $exit (i32.const 100))))
                (loop $again
                  (local.set $error (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 16)))
                  (if (i32.eqz (local.get $error)) (then (call $exit (i32.load (i32.const 16)))))
                  (if (i32.ne (local.get $error) (i32.const 6)) (then (call $exit (local.get $error))))
                  (br_if $again (i32.eqz (call $poll (i32.const 64) (i32.const 128) (i32.const 1) (i32.const 16))))
                  (call $exit (i32.const 101)))))
            """;
        Assert.Equal(5, Tool.Run("hello", ["run", Guest(Program)]).ExitCode);
    }

    private ToolRun Run(string module) => Tool.Run("run", Guest(module));

    private string Guest(string text) => _folder.File("guest.wat", Encoding.UTF8.GetBytes(text));
}
