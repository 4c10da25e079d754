using System.Reflection;
using Nacre.Compiler;
using Nacre.Scripts;
using Nacre.Syntax;
using Nacre.Tests.Support;
using Xunit.Sdk;

namespace Nacre.Tests.Scripts;

/// <summary>The scripts beside this file: what is proved where the official suite is not there.</summary>
public class OwnScriptTests
{
    // Change it with the scripts; it tells that none of them was lost.
    private const int AssertionCount = 4174;

    [Theory, OwnScripts]
    public void Every_assertion_of_a_script_holds(string name, EngineKind kind, MemoryStrategy memory)
        => Check(name, kind.Options() with { MemoryStrategy = memory, Features = WasmFeatures.All });

    [Theory, OwnScripts(EngineKind.Compiler)]
    public void Every_assertion_holds_when_functions_are_cut_wherever_they_can_be(string name, EngineKind kind, MemoryStrategy memory)
        => Check(name, kind.Options() with { MemoryStrategy = memory, Features = WasmFeatures.All, SplitLimits = SplitLimits.Smallest });

    [Theory, OwnScripts(EngineKind.Compiler)]
    public void Every_assertion_holds_when_functions_are_cut_into_small_pieces(string name, EngineKind kind, MemoryStrategy memory)
        => Check(name, kind.Options() with { MemoryStrategy = memory, Features = WasmFeatures.All, SplitLimits = SplitLimits.Small });

    private static void Check(string name, EngineOptions options)
    {
        byte[] script = File.ReadAllBytes(PathOf(name));
        using var engine = new Engine(options);
        ScriptReport report = ScriptRunner.Run(script, name, engine);
        Assert.Equal("", string.Join('\n', report.Failures.Select(failure => $"{failure.Position}: {failure.Message}")));
        Assert.Equal(AssertionCounter.Count(script), report.PassedCount);
    }

    [Fact]
    public void All_assertions_are_there()
        => Assert.Equal(AssertionCount, OwnScriptsAttribute.Names.Sum(name => AssertionCounter.Count(File.ReadAllBytes(PathOf(name)))));

    internal static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Scripts");

    private static string PathOf(string name) => Path.Combine(Folder, name);
}

/// <summary>Each script of ours, on each of some engines, with each way to keep accesses inside of a memory.</summary>
/// <param name="kinds">The engines; all of them when none is named.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OwnScriptsAttribute(params EngineKind[] kinds) : DataAttribute
{
    internal static IEnumerable<string> Names
        => Directory.GetFiles(OwnScriptTests.Folder, "*.wast").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
        => from name in Names
           from engine in new EachEngineAttribute().GetData(testMethod)
           where kinds.Length == 0 || kinds.Contains((EngineKind)engine[0])
           from memory in Enum.GetValues<MemoryStrategy>()
           select new[] { name, engine[0], memory };
}
