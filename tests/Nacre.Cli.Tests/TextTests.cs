using System.Text;
using System.Text.Json;

namespace Nacre.Cli.Tests;

public sealed class TextTests : IDisposable
{
    private const string Answer = """(module (func $answer (export "answer") (result i32) (i32.add (i32.const 40) (i32.const 2))))""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NaNs_are_canonical_when_that_is_asked_for()
    {
        // On x86 the NaN that a division makes is negative.
        string file = Text("nan.wat", """(module (func (export "nan") (param f64) (result i64) (i64.reinterpret_f64 (f64.div (local.get 0) (local.get 0)))))""");
        foreach (string engine in (string[])["auto", "interpreter", "compiler"])
            Assert.Equal("9221120237041090560\n", Tool.Run("run", "--canonical-nans", "--engine", engine, "--invoke", "nan", file, "0").Output);
    }

    [Fact]
    public void A_module_in_text_runs() => Assert.Equal("42\n", Tool.Run("run", "--invoke", "answer", Text("answer.wat", Answer)).Output);

    [Fact]
    public void A_module_in_text_is_validated()
    {
        Assert.Equal(0, Tool.Run("validate", Text("answer.wat", Answer)).ExitCode);
        string bad = Text("bad.wat", "(module\n  (global i32 (i64.const 1)))");
        foreach (string verb in new[] { "validate", "run" })
        {
            ToolRun run = Tool.Run(verb, bad);
            Assert.Equal(1, run.ExitCode);
            Assert.Contains("type mismatch", run.Error, StringComparison.Ordinal);
            Assert.Contains($"(at {bad}:2:16)", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_mistake_in_text_is_shown_with_its_place()
    {
        string file = Text("bad.wat", "(module\n  (func (i32.ad)))");
        ToolRun run = Tool.Run("validate", file);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"unknown operator i32.ad (at {file}:2:10)", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("--fold")]
    public void What_is_printed_is_parsed_to_the_same_bytes(params string[] options)
    {
        string first = Path.Combine(_folder.Folder, "1.wasm"), text = Path.Combine(_folder.Folder, "2.wat"), second = Path.Combine(_folder.Folder, "2.wasm");
        Assert.Equal(0, Tool.Run("parse", Text("answer.wat", Answer), "-o", first).ExitCode);
        Assert.Equal(0, Tool.Run(["print", first, "-o", text, .. options]).ExitCode);
        Assert.Equal(0, Tool.Run("parse", text, "-o", second).ExitCode);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Fact]
    public void A_module_is_printed_to_standard_output()
    {
        string file = Text("answer.wat", Answer);
        Assert.Contains("\n    i32.add)", Tool.Run("print", file).Output, StringComparison.Ordinal);
        Assert.Contains("(i32.add (i32.const 40) (i32.const 2))", Tool.Run("print", "--fold", file).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("i32.add", Tool.Run("print", "--skeleton", file).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disassembly_tells_where_instructions_lie()
        => Assert.Matches(@"\(;0x[0-9a-f]{6};\)  i32\.const 40\n", Tool.Run("inspect", "--disassemble", Text("answer.wat", Answer)).Output);

    [Fact]
    public void Scripts_of_a_folder_are_run_and_counted()
    {
        Text("good.wast", Answer + "(assert_return (invoke \"answer\") (i32.const 42)) (invoke \"answer\")");
        ToolRun run = Tool.Run("wast", _folder.Folder);
        Assert.Equal("wast: 1 passed, 0 failed, 0 skipped\n", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("explicit")]
    [InlineData("guard")]
    public void Scripts_run_with_the_memories_that_were_asked_for(string memory)
    {
        using var engine = new Engine(new EngineOptions { MemoryStrategy = MemoryStrategy.Guard });
        bool isRefused = memory == "guard" && engine.MemoryStrategy != MemoryStrategy.Guard;
        string file = Text("memory.wast", "(module (memory 1) (func (export \"load\") (param i32) (result i32) (i32.load (local.get 0))))"
            + "(assert_return (invoke \"load\" (i32.const 65532)) (i32.const 0))"
            + "(assert_trap (invoke \"load\" (i32.const 65533)) \"out of bounds memory access\")");
        ToolRun run = Tool.Run("wast", "--memory", memory, file);
        Assert.Equal(isRefused ? "" : "wast: 2 passed, 0 failed, 0 skipped\n", run.Output);
        Assert.Equal(isRefused ? 2 : 0, run.ExitCode);
    }

    [Fact]
    public void A_failure_tells_place_and_both_values()
    {
        string file = Text("bad.wast", Answer + "\n(assert_return (invoke \"answer\") (i32.const 41))\n(register \"x\" $nobody)");
        ToolRun run = Tool.Run("wast", "--memory", "explicit", "--jobs", "1", file);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{file}:2:1: expected i32[00000029]; got i32[0000002a]\n{file}:3:1: ", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("\nwast: 0 passed, 2 failed, 0 skipped\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_of_scripts_are_told_as_JSON()
    {
        ToolRun run = Tool.Run("wast", "--json", Text("good.wast", Answer + "(assert_return (invoke \"answer\") (i32.const 42))"));
        using JsonDocument json = JsonDocument.Parse(run.Output);
        Assert.Equal(1, json.RootElement.GetProperty("passed").GetInt32());
        Assert.Equal("wast: 1 passed, 0 failed, 0 skipped\n", run.Error);
    }

    [Fact]
    public void A_folder_without_scripts_is_a_mistake() => Assert.Equal(2, Tool.Run("wast", _folder.Folder).ExitCode);

    private string Text(string name, string text) => _folder.File(name, Encoding.UTF8.GetBytes(text));
}
