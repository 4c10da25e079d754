using Nacre.Compiler;
using Nacre.Scripts;
using Nacre.Tests.Scripts;

namespace Nacre.Tests.Compiler;

public class PiecesSuiteTests
{
    [SuiteTheory]
    [InlineData("core", MemoryStrategy.Auto, true)]
    [InlineData("core", MemoryStrategy.Explicit, false)]
    [InlineData("legacy", MemoryStrategy.Explicit, true)]
    [InlineData("legacy", MemoryStrategy.Auto, false)]
    public void Every_assertion_holds_when_functions_are_cut_wherever_they_can_be(string folder, MemoryStrategy strategy, bool areSmallest)
        => Assert.All(Directory.GetFiles(Path.Combine(Suites.Spec!, folder), "*.wast", SearchOption.AllDirectories), path =>
        {
            using var engine = new Engine(new EngineOptions
            {
                Kind = EngineKind.Compiler,
                Features = SuiteFolders.FeaturesFor(path),
                MemoryStrategy = strategy,
                SplitLimits = areSmallest ? SplitLimits.Smallest : SplitLimits.Small,
            });
            ScriptReport report = ScriptRunner.Run(File.ReadAllBytes(path), path, engine);
            Assert.Equal("", string.Join('\n', report.Failures.Select(failure => $"{failure.Position}: {failure.Message}")));
        });
}
