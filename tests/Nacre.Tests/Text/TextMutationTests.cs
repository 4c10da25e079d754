using Nacre.Fuzz.Oracles;
using Nacre.Fuzz.Targets;
using Nacre.Tests.Scripts;

namespace Nacre.Tests.Text;

public class TextMutationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Damaged_texts_end_in_documented_errors_or_survive_printing(ulong seed)
    {
        var target = new MutateTextTarget([.. Directory.GetFiles(OwnScriptTests.Folder, "*.wast").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)], seed);
        target.Run(first: 0, count: 2_000);
        Assert.Empty(target.Findings);
        Outcome[] reached = [Outcome.Malformed, Outcome.Invalid, Outcome.Valid];
        Assert.All(reached, outcome => Assert.InRange(target.Counts[(int)outcome], 1, 2_000));
    }
}
