using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Cli.Tests;

public sealed class BadInputTests : IDisposable
{
    private static readonly string[] s_verbs = ["run", "validate", "inspect"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_empty_file_is_malformed() => EachVerbRefuses([], "unexpected end");

    [Fact]
    public void A_text_that_is_no_module_is_malformed() => EachVerbRefuses("(module\n"u8.ToArray(), "unexpected");

    [Fact]
    public void A_wrong_magic_number_is_malformed() => EachVerbRefuses([0, (byte)'a', (byte)'s', (byte)'n', 1, 0, 0, 0], "magic header not detected");

    [Fact]
    public void A_wrong_version_is_malformed() => EachVerbRefuses([.. "\0asm"u8, 2, 0, 0, 0], "unknown binary version");

    [Fact]
    public void A_component_is_named_as_such() => EachVerbRefuses([.. "\0asm"u8, 0x0D, 0, 1, 0], "component");

    [Fact]
    public void A_count_of_4_GiB_is_malformed()
        => EachVerbRefuses([.. "\0asm"u8, 1, 0, 0, 0, 1, 6, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0x60], "");

    [Theory]
    [InlineData(9)]
    [InlineData(100)]
    [InlineData(2000)]
    public void A_truncated_module_is_malformed(int byteCount)
        => EachVerbRefuses(File.ReadAllBytes(Tool.Guest("hello.wasm"))[..byteCount], "");

    [Fact]
    public void A_missing_file_is_said_to_be_missing()
    {
        foreach (string verb in s_verbs) AssertRefused(Tool.Run(verb, _folder.Missing), 1, _folder.Missing, "missing.wasm");
    }

    [Fact]
    public void A_folder_is_no_file()
    {
        foreach (string verb in s_verbs) AssertRefused(Tool.Run(verb, _folder.Folder), 1, _folder.Folder, "");
    }

    [Fact]
    public void An_invalid_module_names_its_function_and_the_rule()
    {
        string file = _folder.File("invalid.wasm", new ModuleBuilder().Func("f", [], [ValType.I32], code => code.F32(1)).Build());
        AssertRefused(Tool.Run("run", file), 1, file, "type mismatch");
        AssertRefused(Tool.Run("validate", file), 1, file, "type mismatch");
    }

    [Fact]
    public void A_missing_import_names_module_field_and_type()
    {
        string file = _folder.File("import.wasm", new ModuleBuilder().ImportFunc("env", "print", [ValType.I32], []).Build());
        ToolRun run = Tool.Run("run", file);
        AssertRefused(run, 1, file, "unknown import");
        Assert.Contains("\"env\" \"print\"", run.Error, StringComparison.Ordinal);
        Assert.Contains("i32", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_import_of_the_wrong_type_names_both_types()
    {
        string file = _folder.File("type.wasm", new ModuleBuilder().ImportFunc("wasi_snapshot_preview1", "proc_exit", [ValType.F64], []).Build());
        ToolRun run = Tool.Run("run", file);
        AssertRefused(run, 1, file, "incompatible import type");
        Assert.Contains("f64", run.Error, StringComparison.Ordinal);
        Assert.Contains("i32", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_function_that_traps_is_a_trap()
    {
        string file = _folder.File("start.wasm", new ModuleBuilder().Func("boom", [], [], code => code.Op(Opcode.Unreachable)).Start(0).Build());
        ToolRun run = Tool.Run("run", file);
        AssertRefused(run, 134, file, "unreachable");
        Assert.Contains("boom", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_used_up_stack_is_a_trap()
    {
        string file = _folder.File("deep.wasm", new ModuleBuilder().Func("_start", [], [], code => code.Call(0)).Build());
        AssertRefused(Tool.Run("run", file), 134, file, "call stack exhausted");
    }

    [Fact]
    public void Of_several_files_each_bad_one_is_told()
    {
        string empty = _folder.File("empty.wasm", []);
        ToolRun run = Tool.Run("validate", Tool.Guest("hello.wasm"), empty, Tool.Guest("fib.wasm"), _folder.Missing);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Equal(2, run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private void EachVerbRefuses(byte[] bytes, string message)
    {
        string file = _folder.File("bad.wasm", bytes);
        foreach (string verb in s_verbs) AssertRefused(Tool.Run(verb, file), 1, file, message);
    }

    private static void AssertRefused(ToolRun run, int exitCode, string file, string message)
    {
        Assert.Equal("", run.Output);
        Assert.StartsWith($"nacre: {file}: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at Nacre.", run.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, run.ExitCode);
    }
}
