using Nacre.Fuzz.Oracles;
using Nacre.Fuzz.Targets;

namespace Nacre.Tests.Binary;

public class MutationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Damaged_modules_end_in_documented_errors_or_run(ulong seed)
    {
        var target = new MutateTarget([.. SampleModules.Names.Select(SampleModules.Read)], seed);
        target.Run(first: 0, count: 2_500);
        Assert.Empty(target.Findings);
        Outcome[] reached = [Outcome.Malformed, Outcome.Invalid, Outcome.Refused, Outcome.Ran];
        Assert.All(reached, outcome => Assert.InRange(target.Counts[(int)outcome], 1, 2_500));
    }
}
