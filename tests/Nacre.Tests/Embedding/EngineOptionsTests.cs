namespace Nacre.Tests.Embedding;

public class EngineOptionsTests
{
    [Fact]
    public void An_engine_refuses_options_that_are_none()
    {
        Assert.Throws<ArgumentNullException>(() => new Engine(null!));
        Assert.Throws<ArgumentNullException>(() => new Engine(new EngineOptions { TimeProvider = null! }));
        Assert.Throws<ArgumentNullException>(() => new Engine(new EngineOptions { Limits = null! }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Engine(new EngineOptions { StackByteCount = EngineOptions.MinStackByteCount - 1 }));
    }
}
