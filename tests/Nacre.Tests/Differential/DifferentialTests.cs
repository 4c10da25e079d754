using Nacre.Binary;
using Nacre.Fuzz.Oracles;
using Nacre.Fuzz.Targets;
using Nacre.Syntax;
using Nacre.Text;

namespace Nacre.Tests.Differential;

public class DifferentialTests
{
    [Theory]
    [InlineData("compare-exchange-of-wrapped.wat")]
    [InlineData("float-max-of-constants.wat")]
    [InlineData("rotation-and-zero.wat")]
    [InlineData("rotation-as-condition.wat")]
    [InlineData("short-load-as-float.wat")]
    [InlineData("signalling-nan-constants.wat")]
    [InlineData("vector-max-of-constants.wat")]
    public void Engines_do_the_same_with_what_once_made_them_differ(string name)
    {
        byte[] text = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Differential", name));
        byte[] module = ModuleEncoder.Encode(ModuleParser.Parse(text, name, WasmFeatures.All));
        for (ulong number = 0; number < 12; number++)
            Assert.Null(EngineOracle.Judge(module, isBounded: false, seed: 1, number).Difference);
    }

    [Fact]
    public void Engines_do_the_same_with_generated_modules()
    {
        var target = new EnginesTarget(seed: 20);
        target.Run(first: 0, count: 300, threadCount: 2);
        Assert.Empty(target.Findings);
        Assert.Equal(300, target.ModuleCount);
        Assert.InRange(target.ReturnCount, 300, long.MaxValue);
    }
}
