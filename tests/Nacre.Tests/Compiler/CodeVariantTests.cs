using Nacre.Compiler;

namespace Nacre.Tests.Compiler;

public class CodeVariantTests
{
    [Fact]
    public void Clauses_are_kept_in_memory_that_grows_with_their_number()
    {
        const int Count = 100_000;
        using var engine = new Engine(new EngineOptions { Kind = EngineKind.Compiler });
        var code = new CodeVariant((CompilerEngine)engine.Execution, engine.CompileText("(module)").Validated, isGuarded: false);
        CatchTable[] tables = [.. Enumerable.Range(0, Count).Select(tag => new CatchTable([(uint)tag]))];
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (CatchTable table in tables) code.Add(table);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
        for (int i = 0; i < Count; i++) Assert.Same(tables[i], code.CatchTableAt(i));
    }
}
