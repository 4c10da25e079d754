namespace Nacre.Cli;

/// <summary>What <c>nacre run</c> was asked to do.</summary>
/// <param name="File">The module's file.</param>
internal sealed record RunRequest(string File)
{
    /// <summary>What follows the file on the command line: the guest's own, or the operands of <see cref="Invoke"/>.</summary>
    public string[] GuestArguments { get; init; } = [];

    /// <summary>The exported function to call instead of the program's start.</summary>
    public string? Invoke { get; init; }

    /// <summary>The guest's environment, <c>K=V</c> each. The guest sees nothing of this process's.</summary>
    public string[] Environment { get; init; } = [];

    /// <summary>How accesses to linear memory are kept inside it.</summary>
    public MemoryStrategy MemoryStrategy { get; init; }

    /// <summary>Whether float arithmetic gives the same NaN everywhere.</summary>
    public bool CanonicalizeNaNs { get; init; }

    /// <summary>What runs the guest's code.</summary>
    public EngineKind Engine { get; init; }
}
