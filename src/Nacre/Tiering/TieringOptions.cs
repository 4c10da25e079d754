namespace Nacre.Tiering;

/// <summary>When functions go over to compiled code.</summary>
/// <param name="HotnessThreshold">Words of internal code that a small function carries out before it is compiled, about.</param>
/// <param name="CompilesInBackground">Whether the guest goes on in the interpreter meanwhile; else it waits.</param>
internal sealed record TieringOptions(int HotnessThreshold, bool CompilesInBackground)
{
    /// <summary>What was measured to be good: docs/decisions/0008.</summary>
    public static TieringOptions Default { get; } = new(HotnessThreshold: 1_000_000, CompilesInBackground: true);

    /// <summary>Functions are interpreted once or twice, and the guest waits for the compiler: the border is crossed all the time.</summary>
    public static TieringOptions Eager { get; } = new(HotnessThreshold: 16, CompilesInBackground: false);
}
