using System.Text.Json;

namespace Nacre.Cli.Tests;

public sealed class UsageTests
{
    private static readonly string s_fib = Tool.Guest("fib.wasm"), s_arguments = Tool.Guest("arguments.wasm");

    [Theory]
    [InlineData()]
    [InlineData("unknown")]
    [InlineData("run")]
    [InlineData("run", "--unknown", "file.wasm")]
    [InlineData("run", "--invoke")]
    [InlineData("run", "--env", "=value", "file.wasm")]
    [InlineData("run", "--engine", "steam", "file.wasm")]
    [InlineData("validate")]
    [InlineData("validate", "--unknown")]
    [InlineData("inspect")]
    [InlineData("inspect", "one.wasm", "two.wasm")]
    public void A_wrong_command_line_is_answered_with_2_and_the_way_to_help(params string[] arguments)
    {
        ToolRun run = Tool.Run(arguments);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.StartsWith("nacre: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("interpreter")]
    [InlineData("compiler")]
    public void Each_engine_runs(string engine)
        => Assert.Equal("55\n", Tool.Run("run", "--engine", engine, "--invoke=fib", s_fib, "10").Output);

    [Fact]
    public void The_version_is_told()
    {
        ToolRun run = Tool.Run("--version");
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"^\d+\.\d+\.\d+", run.Output);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("validate", "-h")]
    [InlineData("inspect", "--help")]
    public void Help_is_given(params string[] arguments)
    {
        ToolRun run = Tool.Run(arguments);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_after_the_file_belong_to_the_guest()
    {
        string[] own = ["--invoke", "fib", "--", "--help", "@file", "--env", "A=B"];
        string direct = Tool.Run(["run", s_arguments, .. own]).Output;
        string parsed = Tool.Run(["run", "--env", "A=B", s_arguments, .. own]).Output;
        foreach (string output in new[] { direct, parsed })
        {
            Assert.Contains("argc = 8", output, StringComparison.Ordinal);
            Assert.Contains("\"@file\"", output, StringComparison.Ordinal);
            Assert.Contains("argv[3] = 2 bytes \"--\"", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_missing_export_is_wrong_usage_and_the_exports_are_told()
    {
        ToolRun run = Tool.Run("run", "--invoke", "fob", s_fib);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("fib", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("1", "2")]
    [InlineData("one")]
    [InlineData("4294967296")]
    [InlineData("1.5")]
    public void Operands_that_do_not_fit_are_wrong_usage(params string[] operands)
    {
        ToolRun run = Tool.Run(["run", "--invoke", "fib", s_fib, .. operands]);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
    }

    [Theory]
    [InlineData("0x14", "6765")]
    [InlineData("+1_0", "55")]
    [InlineData("-5", "-5")]
    [InlineData("0xfffffffb", "-5")]
    public void Integers_are_given_in_any_form(string operand, string result)
        => Assert.Equal(result + "\n", Tool.Run("run", "--invoke", "fib", s_fib, operand).Output);

    [Fact]
    public void Inspect_tells_sections_imports_exports_features_and_functions()
    {
        ToolRun run = Tool.Run("inspect", Tool.Guest("trap.wasm"));
        Assert.Equal(0, run.ExitCode);
        foreach (string text in new[] { "Sections", "wasi_snapshot_preview1", "_start", "features: ", "Biggest functions" })
            Assert.Contains(text, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_tells_the_same_as_json()
    {
        ToolRun run = Tool.Run("inspect", "--json", s_fib);
        JsonElement report = JsonDocument.Parse(run.OutputBytes).RootElement;
        Assert.Equal(new FileInfo(s_fib).Length, report.GetProperty("byteCount").GetInt64());
        Assert.Equal("type", report.GetProperty("sections")[0].GetProperty("section").GetString());
        Assert.Equal("fib", report.GetProperty("biggestFunctions")[0].GetProperty("name").GetString());
        JsonElement export = Assert.Single(report.GetProperty("exports").EnumerateArray(), item => item.GetProperty("name").GetString() == "fib");
        Assert.Equal("[i32] → [i32]", export.GetProperty("type").GetString());
    }
}
