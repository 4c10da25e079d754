using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Nacre.Cli.Tests;

public sealed class RunOptionsTests : IDisposable
{
    private const int TrapCode = 134;

    // Copies the file "in" of descriptor 3 to its file "out", at most 64 bytes of it; the exit code is the errno.
    private const string CopyGuest = """
        (module
          (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (memory (export "memory") 1)
          (data (i32.const 0) "in" "out")
          (func $check (param i32) (if (local.get 0) (then (call $exit (local.get 0)))))
          (func (export "_start")
            (call $check (call $open (i32.const 3) (i32.const 1) (i32.const 0) (i32.const 2) (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 100)))
            (i32.store (i32.const 104) (i32.const 1024))
            (i32.store (i32.const 108) (i32.const 64))
            (call $check (call $read (i32.load (i32.const 100)) (i32.const 104) (i32.const 1) (i32.const 108)))
            (call $check (call $open (i32.const 3) (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 9) (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 100)))
            (call $check (call $write (i32.load (i32.const 100)) (i32.const 104) (i32.const 1) (i32.const 112)))))
        """;

    private const string LoopGuest = """(module (func (export "_start") (loop (br 0))))""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{0}")]
    [InlineData("{0}::/data")]
    [InlineData("{0}::.")]
    public void A_guest_reads_and_writes_in_a_directory_it_was_given(string mount)
    {
        _folder.File("in", "some text"u8.ToArray());
        Assert.Equal(0, Tool.Run("run", "--dir", Mount(mount), Guest(CopyGuest)).ExitCode);
        Assert.Equal("some text", File.ReadAllText(Path.Combine(_folder.Folder, "out")));
    }

    [Fact]
    public void A_guest_cannot_write_where_it_may_only_read()
    {
        const int Rofs = 69;
        _folder.File("in", "some text"u8.ToArray());
        Assert.Equal(Rofs, Tool.Run("run", "--dir", Mount("{0}::/data:ro"), Guest(CopyGuest)).ExitCode);
        Assert.False(File.Exists(Path.Combine(_folder.Folder, "out")));
    }

    [Fact]
    public void Without_a_directory_there_is_none()
    {
        const int Badf = 8;
        Assert.Equal(Badf, Tool.Run("run", Guest(CopyGuest)).ExitCode);
    }

    [Fact]
    public void A_directory_that_is_missing_is_told()
    {
        ToolRun run = Tool.Run("run", "--dir", _folder.Missing, Guest(CopyGuest));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(_folder.Missing, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--timeout", "0.2s", "interrupt")]
    [InlineData("--timeout", "200ms", "interrupt")]
    [InlineData("--fuel", "100000", "fuel")]
    public void A_guest_that_runs_on_is_stopped(string option, string value, string reason)
    {
        foreach (string engine in (string[])["auto", "interpreter", "compiler"])
        {
            ToolRun run = Tool.Run("run", option, value, "--engine", engine, Guest(LoopGuest));
            Assert.Equal(TrapCode, run.ExitCode);
            Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_guest_that_waits_for_input_is_stopped_in_time()
    {
        var start = new ProcessStartInfo("dotnet", [Tool.Path, "run", "--timeout", "300ms", Tool.Guest("echo.wasm")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)));
        Assert.Equal(TrapCode, process.ExitCode);
    }

    [Fact]
    public void Memory_has_an_end()
    {
        string guest = Guest("""(module (memory 1) (func (export "grow") (result i32) (memory.grow (i32.const 16))))""");
        Assert.Equal("-1\n", Tool.Run("run", "--max-memory", "1MiB", "--invoke", "grow", guest).Output);
        Assert.Equal("1\n", Tool.Run("run", "--max-memory", "2M", "--invoke", "grow", guest).Output);
        ToolRun refused = Tool.Run("run", "--max-memory", "100", "--invoke", "grow", guest);
        Assert.Equal(TrapCode, refused.ExitCode);
    }

    [Fact]
    public void Input_comes_from_a_file()
        => Assert.StartsWith("FROM A FILE\n", Tool.Run("run", "--stdin", _folder.File("text", "from a file\n"u8.ToArray()), Tool.Guest("echo.wasm")).Output, StringComparison.Ordinal);

    [Fact]
    public void Standard_streams_can_be_kept_from_the_guest()
    {
        Assert.Equal("", Tool.Run("secret", ["run", "--no-inherit-stdio", Tool.Guest("echo.wasm")]).Output);
        Assert.Equal("", Tool.Run("run", "--no-inherit-stdio", Tool.Guest("hello.wasm")).Output);
    }

    [Fact]
    public void Variables_are_given_and_handed_on()
    {
        ToolRun run = Tool.Run("", ["run", "--env", "A=1", "--env", "FROM_HOST", "--env", "NOT_THERE", "--env", "A=2", Tool.Guest("arguments.wasm")], ("FROM_HOST", "x y"));
        Assert.Contains("FROM_HOST=x y", run.Output, StringComparison.Ordinal);
        Assert.Contains("A=2", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("A=1", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NOT_THERE", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("PATH=", run.Output, StringComparison.Ordinal);
        Assert.Contains("PATH=", Tool.Run("run", "--env-inherit", Tool.Guest("arguments.wasm")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_shows_each_call_with_its_answer()
    {
        _folder.File("in", "some text"u8.ToArray());
        ToolRun run = Tool.Run("run", "--trace", "wasi", "--dir", Mount("{0}::/data"), Guest(CopyGuest));
        Assert.Equal(
            """
            path_open(3, symlink_follow, "in", none, 0x2, 0x0, none) = success, 4
            fd_read(4, 1 buffers) = success, ["some text"], 9
            path_open(3, symlink_follow, "out", creat|trunc, 0x40, 0x0, none) = success, 5
            fd_write(5, ["some text"]) = success, 9

            """.ReplaceLineEndings("\n"), run.Error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_trace_shows_how_it_ends()
    {
        ToolRun run = Tool.Run("run", "--trace", "wasi", Guest(CopyGuest));
        Assert.Contains("path_open(3, symlink_follow, \"in\", none, 0x2, 0x0, none) = badf", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("proc_exit(8)", run.Error.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_cannot_write_lines_of_its_own_into_a_trace()
    {
        ToolRun run = Tool.Run("run", "--trace", "wasi", Guest("""
            (module
              (import "wasi_snapshot_preview1" "path_create_directory" (func $create (param i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "é\") = success\nfd_write(9)\1b[31m\e2\80\ae\\")
              (func (export "_start") (drop (call $create (i32.const 3) (i32.const 0) (i32.const 35)))))
            """));
        Assert.Equal("""path_create_directory(3, "é\") = success\u{a}fd_write(9)\u{1b}[31m\u{202e}\\") = badf""", run.Error.TrimEnd());
    }

    [Fact]
    public void A_path_that_is_too_long_is_shown_by_its_beginning()
    {
        ToolRun run = Tool.Run("run", "--trace", "wasi", Guest("""
            (module
              (import "wasi_snapshot_preview1" "path_create_directory" (func $create (param i32 i32 i32) (result i32)))
              (memory (export "memory") 2000)
              (func (export "_start") (drop (call $create (i32.const 3) (i32.const 0) (i32.const 100000000)))))
            """));
        Assert.InRange(run.Error.Length, 1, 300);
    }

    [Fact]
    public void More_than_may_be_open_cannot_be_given()
    {
        ToolRun run = Tool.Run("run", "--max-open-files", "3", "--dir", Mount("{0}"), Tool.Guest("hello.wasm"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--max-open-files is 3, and 4 are open from the start", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("256", 255)]
    [InlineData("-1", 255)]
    [InlineData("255", 255)]
    public void A_failure_is_no_success_because_its_code_is_large(string code, int expected)
        => Assert.Equal(expected, Tool.Run("run", Guest(Exits("(export \"_start\")", code))).ExitCode);

    [Fact]
    public void A_guest_may_exit_while_it_is_instantiated()
        => Assert.Equal((3, ""), Outcome(Tool.Run("run", Guest(Exits("", "3").Replace("(func  ", "(start 1) (func ", StringComparison.Ordinal)))));

    [Fact]
    public void Nothing_is_called_in_a_reactor_that_ended_itself()
        => Assert.Equal((7, ""), Outcome(Tool.Run("run", "--invoke", "five", Guest(Exits("(export \"_initialize\")", "7")[..^1] + "(func (export \"five\") (result i32) (i32.const 5)))"))));

    [Fact]
    public void An_entry_that_takes_arguments_cannot_be_run()
    {
        ToolRun run = Tool.Run("run", Guest("(module (func (export \"_start\") (param i32)))"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("\"_start\" is [i32] → [], where [] → [] is expected", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_standard_stream_that_is_closed_is_not_what_the_tool_opened_in_its_place()
    {
        if (OperatingSystem.IsWindows()) return;     // has no such numbers
        Assert.Equal((0, ""), Outcome(Tool.RunInShell($"run '{Tool.Guest("echo.wasm")}' <&- >&-")));
    }

    private static string Exits(string export, string code)
        => $"(module (import \"wasi_snapshot_preview1\" \"proc_exit\" (func $exit (param i32))) (func {export} (call $exit (i32.const {code}))))";

    private static (int ExitCode, string Output) Outcome(ToolRun run) => (run.ExitCode, run.Output + run.Error);

    [Fact]
    public async Task A_guest_takes_a_connection_at_the_given_address()
    {
        string guest = Guest("""
            (module
              (import "wasi_snapshot_preview1" "sock_accept" (func $accept (param i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "sock_send" (func $send (param i32 i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "\10\00\00\00\05\00\00\00")
              (data (i32.const 16) "hello")
              (func (export "_start")
                (if (call $accept (i32.const 3) (i32.const 0) (i32.const 32)) (then (call $exit (i32.const 1))))
                (call $exit (call $send (i32.load (i32.const 32)) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 36)))))
            """);
        int port = FreePort();
        Task<ToolRun> run = Task.Run(() => Tool.Run("run", "--listen", $"127.0.0.1:{port}", guest));
        using Socket peer = Connect(port, run);
        var bytes = new byte[16];
        Assert.Equal("hello", Encoding.UTF8.GetString(bytes, 0, peer.Receive(bytes)));
        Assert.Equal(0, (await run).ExitCode);
    }

    [Fact]
    public void An_address_in_use_is_told()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        ToolRun run = Tool.Run("run", "--listen", $"{taken.LocalEndPoint}", Tool.Guest("hello.wasm"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("cannot listen at", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--dir", "")]
    [InlineData("--dir", "::/guest")]
    [InlineData("--dir", "/host::")]
    [InlineData("--timeout", "soon")]
    [InlineData("--timeout", "0")]
    [InlineData("--timeout", "-1s")]
    [InlineData("--timeout", "100000h")]
    [InlineData("--fuel", "1.5")]
    [InlineData("--fuel", "-1")]
    [InlineData("--max-memory", "1TB")]
    [InlineData("--max-memory", "99999999999999GiB")]
    [InlineData("--max-open-files", "2")]
    [InlineData("--threads", "0")]
    [InlineData("--threads", "many")]
    [InlineData("--listen", "8080")]
    [InlineData("--listen", "localhost")]
    [InlineData("--trace", "everything")]
    public void A_value_that_is_none_is_wrong_usage(string option, string value)
    {
        ToolRun run = Tool.Run("run", option, value, "file.wasm");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"'{value}'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_has_the_threads_it_is_given()
    {
        ToolRun run = Tool.Run("run", "--threads", "2", Guest(ThreadsGuest));
        Assert.Equal((2, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public void A_trap_in_a_thread_is_told()
    {
        string guest = ThreadsGuest                                                 // its first thread waits for the end that another makes
            .Replace("(call $wait)", "(unreachable)", StringComparison.Ordinal)
            .Replace("(call $exit (local.get $count))", "(call $wait)", StringComparison.Ordinal);
        ToolRun run = Tool.Run("run", "--threads", "2", Guest(guest));
        Assert.Equal(134, run.ExitCode);
        Assert.Contains("trap: unreachable", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_that_wants_threads_is_told_which_option_gives_them()
    {
        ToolRun run = Tool.Run("run", Guest(ThreadsGuest));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--threads COUNT", run.Error, StringComparison.Ordinal);
    }

    // Exits with the number of threads that it could start; they wait for ever.
    private const string ThreadsGuest = """
        (module
          (memory (export "memory") (import "env" "memory") 1 1 shared)
          (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (func $wait (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
          (func (export "wasi_thread_start") (param i32 i32) (call $wait))
          (func (export "_start") (local $count i32)
            (loop $next
              (if (i32.gt_s (call $spawn (i32.const 0)) (i32.const 0)) (then
                (local.set $count (i32.add (local.get $count) (i32.const 1)))
                (br $next))))
            (call $exit (local.get $count))))
        """;

    [Theory]
    [InlineData("gojs", "runtime.wasmExit", "GOOS=wasip1")]
    [InlineData("wbg", "__wbindgen_throw", "wasm32-wasip1")]
    [InlineData("env", "emscripten_asm_const_int", "STANDALONE_WASM")]
    [InlineData("a", "b", "STANDALONE_WASM")]
    [InlineData("wasi:cli/stdout@0.2.0", "get-stdout", "component")]
    [InlineData("env", "sqlite3_open", "sqlite3_open")]
    [InlineData("wasi_snapshot_preview1", "fd_teleport", "no such function")]
    public void A_module_that_wants_something_else_is_told_what_provides_it(string module, string name, string advice)
    {
        ToolRun run = Tool.Run("run", Guest($"""(module (import "{module}" "{name}" (func (param i32))))"""));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("unknown import", run.Error, StringComparison.Ordinal);
        Assert.Contains(advice, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_from_before_preview_1_runs()
    {
        // Seeks the file from its end, which was 1 then and is 2 now, and exits with the position.
        _folder.File("in", "12345"u8.ToArray());
        string guest = Guest("""
            (module
              (import "wasi_unstable" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
              (import "wasi_unstable" "fd_seek" (func $seek (param i32 i64 i32 i32) (result i32)))
              (import "wasi_unstable" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "in")
              (func (export "_start")
                (drop (call $open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 2) (i32.const 0) (i64.const 38) (i64.const 0) (i32.const 0) (i32.const 100)))
                (if (call $seek (i32.load (i32.const 100)) (i64.const -1) (i32.const 1) (i32.const 104)) (then (call $exit (i32.const 99))))
                (call $exit (i32.load (i32.const 104)))))
            """);
        Assert.Equal(4, Tool.Run("run", "--dir", Mount("{0}::/"), guest).ExitCode);
    }

    private string Guest(string text) => _folder.File("guest.wat", Encoding.UTF8.GetBytes(text));

    private string Mount(string pattern) => pattern.Replace("{0}", _folder.Folder, StringComparison.Ordinal);

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    // The tool takes a moment until it listens.
    private static Socket Connect(int port, Task run)
    {
        while (true)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Connect(IPAddress.Loopback, port);
                return socket;
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused && !run.IsCompleted)
            {
                socket.Dispose();
                Thread.Sleep(20);
            }
        }
    }
}
