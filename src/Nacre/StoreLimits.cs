namespace Nacre;

/// <summary>What all the guests of one store together may have. A guest that asks for more is refused, never the process harmed.</summary>
/// <remarks>
/// <c>memory.grow</c> and <c>table.grow</c> beyond a limit answer −1; instantiating a module beyond it throws
/// <see cref="ExhaustionException"/>. Spec: Appendix, Implementation Limitations, Execution.
/// </remarks>
public sealed record StoreLimits
{
    /// <summary>No limits other than those of the specification and the machine.</summary>
    public static StoreLimits None { get; } = new();

    /// <summary>Bytes in all linear memories together.</summary>
    public ulong MaxMemoryByteCount { get; init; } = ulong.MaxValue;

    /// <summary>Elements in all tables together; 8 bytes of .NET heap each.</summary>
    public ulong MaxTableElementCount { get; init; } = 10_000_000;

    /// <summary>Module instances.</summary>
    public int MaxInstanceCount { get; init; } = int.MaxValue;
}
