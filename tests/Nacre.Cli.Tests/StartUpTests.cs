using System.Reflection.PortableExecutable;
using Xunit.Abstractions;

namespace Nacre.Cli.Tests;

/// <summary>A short run waits for no compiler: docs/decisions/0003.</summary>
public sealed class StartUpTests(ITestOutputHelper output) : IDisposable
{
    // The runtime compiles one for itself. A second or third may come with a version of it; ten are a millisecond.
    private const int CompiledMethodsAllowed = 4;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_short_run_of_precompiled_code_compiles_next_to_nothing()
    {
        string[] compiled = CompiledMethods();
        if (IsPrecompiled(Tool.Path))
        {
            Assert.True(compiled.Length <= CompiledMethodsAllowed, string.Join(Environment.NewLine, ["These were compiled while running hello:", .. compiled]));
            return;
        }
        // A Debug build, or a machine where the compiler could not be restored. Then this shows that the list tells what it should.
        output.WriteLine($"The tool of this build is not precompiled; the JIT compiled {compiled.Length} methods.");
        Assert.True(compiled.Length > CompiledMethodsAllowed);
    }

    // What the JIT lists, but for what runs so long that it is compiled once more.
    private string[] CompiledMethods()
    {
        string list = _folder.File("compiled.txt", []);
        ToolRun run = Tool.Run("", ["run", Tool.Guest("hello.wasm")], ("DOTNET_JitStdOutFile", list), ("DOTNET_JitDisasmSummary", "1"));
        Assert.Equal(0, run.ExitCode);
        string[] lines = File.ReadAllLines(list);
        Assert.NotEmpty(lines);
        return [.. lines.Where(line => !line.Contains("[Tier1", StringComparison.Ordinal))];
    }

    private static bool IsPrecompiled(string assembly)
    {
        using var reader = new PEReader(File.OpenRead(assembly));
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }
}
