namespace Nacre;

/// <summary>How accesses of guest code to linear memory are kept inside it.</summary>
public enum MemoryStrategy
{
    /// <summary>The fastest strategy that the platform and the engine support.</summary>
    Auto,
    /// <summary>Every access compares its address with the memory's length.</summary>
    Explicit,
}
