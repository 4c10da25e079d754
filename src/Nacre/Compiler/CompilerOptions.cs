namespace Nacre.Compiler;

/// <summary>What compiled code does besides what the module says.</summary>
/// <param name="ConsumeFuel">Count instructions, stretch by stretch.</param>
/// <param name="Interruptible">Look at the store's interruption flag at function entries and loop headers.</param>
/// <param name="CanonicalizeNaNs">Make every NaN that arithmetic gives the canonical one.</param>
internal sealed record CompilerOptions(bool ConsumeFuel, bool Interruptible, bool CanonicalizeNaNs)
{
    /// <summary>From which size on functions are cut into pieces.</summary>
    public SplitLimits SplitLimits { get; init; } = SplitLimits.Default;
}
