namespace Nacre;

/// <summary>How accesses of guest code to linear memory are kept inside it. No choice weakens the guarantee.</summary>
public enum MemoryStrategy
{
    /// <summary>The fastest strategy that the platform and the engine support.</summary>
    Auto,
    /// <summary>Every access compares its address with the memory's length.</summary>
    Explicit,
    /// <summary>
    /// The memory lies in address space where nothing else is, and what is beyond its length is inaccessible, so that the processor finds
    /// the accesses that leave it. Linux on x86-64 and arm64, with CoreCLR and its JIT; memories with 32-bit addresses and whole system
    /// pages. Everything else, and whatever there is no address space left for, is checked explicitly instead.
    /// </summary>
    Guard,
}
