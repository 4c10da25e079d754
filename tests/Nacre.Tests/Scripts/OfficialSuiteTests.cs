using Nacre.Scripts;
using Nacre.Tests.Support;

namespace Nacre.Tests.Scripts;

public class OfficialSuiteTests
{
    [SuiteTheory]
    [SuiteScripts("core", "custom", "legacy", "proposals/threads", "proposals/threads-upstream", "proposals/custom-page-sizes", "proposals/wide-arithmetic")]
    public void Every_assertion_of_a_script_holds(string path, EngineKind kind, MemoryStrategy strategy)
    {
        byte[] script = File.ReadAllBytes(Path.Combine(Suites.Spec!, path));
        using var engine = new Engine(kind.Options() with { Features = SuiteFolders.FeaturesFor(path), MemoryStrategy = strategy });
        Assert.Equal(strategy, engine.MemoryStrategy);
        ScriptReport report = ScriptRunner.Run(script, path, engine);
        Assert.Equal("", string.Join('\n', report.Failures.Select(failure => $"{failure.Position}: {failure.Message}")));
        Assert.Equal(AssertionCounter.Count(script), report.PassedCount);
    }

    [SuiteTheory]
    [InlineData("core", 62598)]
    [InlineData("custom", 20)]
    [InlineData("legacy", 89)]
    [InlineData("proposals/threads", 444)]
    [InlineData("proposals/threads-upstream", 310)]
    [InlineData("proposals/custom-page-sizes", 164)]
    [InlineData("proposals/wide-arithmetic", 107)]
    public void The_suite_has_as_many_assertions_as_its_authors_say(string folder, int count)
        => Assert.Equal(count, Directory.GetFiles(Path.Combine(Suites.Spec!, folder), "*.wast", SearchOption.AllDirectories)
            .Sum(path => AssertionCounter.Count(File.ReadAllBytes(path))));

    [Theory]
    [InlineData("proposals/threads", "threads", true)]
    [InlineData("proposals/threads", "multi-memory", false)]
    [InlineData("proposals/threads-upstream", "multi-memory", true)]
    [InlineData("core", "threads", false)]
    [InlineData("legacy", "legacy-exceptions", true)]
    public void Folders_have_the_features_they_were_written_for(string folder, string feature, bool isOn)
    {
        Assert.True(Nacre.Syntax.WasmFeaturesInfo.TryParse(feature, out Nacre.Syntax.WasmFeatures wanted));
        Assert.Equal(isOn, (SuiteFolders.FeaturesFor($"{folder}/x.wast") & wanted) != 0);
    }
}
