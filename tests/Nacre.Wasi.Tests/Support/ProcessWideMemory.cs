namespace Nacre.Wasi.Tests;

/// <summary>Tests that look at the memory of the whole process, in which nothing else may run meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class ProcessWideMemory
{
    public const string Name = "process-wide memory";

    /// <summary>How many bytes more than before are referred to after something was done.</summary>
    public static long KeptBy(Action action)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        action();
        return GC.GetTotalMemory(forceFullCollection: true) - before;
    }
}
