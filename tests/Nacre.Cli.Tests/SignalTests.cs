using System.Diagnostics;
using System.Text;

namespace Nacre.Cli.Tests;

/// <summary>Ctrl-C, and what a service manager sends, end a run wherever the guest is: docs/decisions/0003.</summary>
public sealed class SignalTests : IDisposable
{
    private const string Running = """(loop $again (br $again))""";

    private const string Waiting = """
        (i32.store8 (i32.const 216) (i32.const 0))      ;; a clock
        (i32.store (i32.const 224) (i32.const 1))       ;; the monotonic one
        (i64.store (i32.const 232) (i64.const 3600000000000))
        (call $poll (i32.const 208) (i32.const 300) (i32.const 1) (i32.const 400))
        drop
        """;

    private const string Reading = """
        (call $read (i32.const 0) (i32.const 16) (i32.const 1) (i32.const 400))
        drop
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, int, string, string[]> Cases()
    {
        string[][] options = [[], ["--engine", "interpreter"], ["--engine", "compiler"], ["--timeout", "1h"], ["--perf-map"]];
        var cases = new TheoryData<string, int, string, string[]>();
        foreach (string occupation in (string[])[Running, Waiting, Reading])
            foreach (string[] option in options)
                foreach ((string signal, int exitCode) in ((string, int)[])[("INT", 130), ("TERM", 143)])
                    if (option.Length == 0 || signal == "INT") cases.Add(signal, exitCode, occupation, option);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_signal_ends_the_guest_without_a_word_and_what_it_had_written_is_there(string signal, int exitCode, string occupation, string[] options)
    {
        if (OperatingSystem.IsWindows()) return;     // has no such signals
        string guest = _folder.File("guest.wat", Encoding.UTF8.GetBytes(Guest(occupation)));
        var start = new ProcessStartInfo("dotnet", [Tool.Path, "run", .. options, "--dir", $"{_folder.Folder}::/", guest])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process tool = Process.Start(start)!;
        var line = new byte[6];
        await tool.StandardOutput.BaseStream.ReadExactlyAsync(line);
        Assert.Equal("ready\n"u8, line);

        using Process kill = Process.Start("kill", [$"-{signal}", $"{tool.Id}"]);
        Assert.True(tool.WaitForExit(s_patience), "the tool goes on");
        Assert.Equal(exitCode, tool.ExitCode);
        Assert.Equal("", await tool.StandardOutput.ReadToEndAsync());
        Assert.Equal("", await tool.StandardError.ReadToEndAsync());
        Assert.Equal("ready\n", File.ReadAllText(Path.Combine(_folder.Folder, "written")));
    }

    // Writes to a file and then to its output that it is ready, and goes on to what it is occupied with.
    private static string Guest(string occupation) => $"""
        (module
          (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
          (memory (export "memory") 1)
          (data (i32.const 0) "\40\00\00\00\06\00\00\00")
          (data (i32.const 16) "\80\00\00\00\08\00\00\00")
          (data (i32.const 64) "ready\n")
          (data (i32.const 72) "written")
          (func (export "_start")
            (drop (call $open (i32.const 3) (i32.const 0) (i32.const 72) (i32.const 7) (i32.const 1) (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 400)))
            (drop (call $write (i32.load (i32.const 400)) (i32.const 0) (i32.const 1) (i32.const 404)))
            (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 404)))
            {occupation}))
        """;
}
