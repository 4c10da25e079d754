using System.Runtime.InteropServices;

namespace Nacre.Cli.Tests;

/// <summary>What the compiler makes of functions, shown.</summary>
public sealed class CodeTests : IDisposable
{
    private const string Text = """
        (module
          (import "env" "f" (func $imported))
          (memory 1)
          (func $inner (export "outer") (param i32) (result i32) (i32.load (local.get 0))))
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1")]
    [InlineData("inner")]
    [InlineData("outer")]
    public void The_CIL_of_a_function_is_shown_whatever_it_is_called_by(string function)
    {
        ToolRun run = Tool.Run("inspect", "--memory", "explicit", "--cil", function, File());
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("// func 1\nint32 inner(int32, object)\n", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains(" i32.load\n", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--fuel", "ControlCell.Fuel")]
    [InlineData("--interruptible", "ControlCell.Interruption")]
    public void What_metering_and_interruption_add_is_shown_when_asked_for(string option, string shown)
    {
        Assert.Contains(shown, Tool.Run("inspect", option, "--cil", "inner", File()).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(shown, Tool.Run("inspect", "--cil", "inner", File()).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "imported")]
    [InlineData("7", "no function")]
    [InlineData("nobody", "no function")]
    public void A_function_without_code_is_refused(string function, string reason)
    {
        foreach (string option in new[] { "--cil", "--asm" })
        {
            ToolRun run = Tool.Run("inspect", option, function, File());
            Assert.Equal(2, run.ExitCode);
            Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_machine_code_of_a_function_is_shown()
    {
        ToolRun run = Tool.Run("inspect", "--asm", "inner", File());
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("; Assembly listing for method f1:inner(int,System.Object):int", run.Output, StringComparison.Ordinal);
        Assert.Contains("ret", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_kinds_of_code_are_not_shown_at_once()
        => Assert.Equal(2, Tool.Run("inspect", "--cil", "1", "--asm", "1", File()).ExitCode);

    [Fact]
    public void A_run_with_a_perf_map_is_a_run()
    {
        string file = _folder.File("answer.wat", [.. "(module (func (export \"answer\") (param i32) (result i32) (local.get 0)))"u8]);
        ToolRun run = Tool.Run(
            "", ["run", "--engine", "compiler", "--perf-map", "--invoke", "answer", file, "42"], ("DOTNET_PerfMapJitDumpPath", _folder.Folder));
        Assert.Equal("42", run.Output.Trim());
        Assert.Equal(0, run.ExitCode);
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Linux)) return;
        string map = Assert.Single(Directory.GetFiles(_folder.Folder, "perf-*.map"));
        Assert.Contains(" f0::answer(", System.IO.File.ReadAllText(map), StringComparison.Ordinal);
    }

    private string File() => _folder.File("load.wat", System.Text.Encoding.UTF8.GetBytes(Text));
}
