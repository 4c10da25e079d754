namespace Nacre.Tests.Support;

/// <summary>Tests that use up what the whole process has, mappings and slots for guarded memories, or that would notice. They run one by one.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class ProcessWideMemory
{
    public const string Name = "process-wide memory";
}
