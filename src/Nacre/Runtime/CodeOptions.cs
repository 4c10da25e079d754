namespace Nacre.Runtime;

/// <summary>What an engine's code does besides what the module says.</summary>
/// <param name="ConsumeFuel">Counts what it costs, as <see cref="Fuel"/> says, and ends when that is more than there is.</param>
/// <param name="Interruptible">Looks at <see cref="ControlCell.Interruption"/> where functions are entered and where loops begin again.</param>
/// <param name="CanonicalizeNaNs">Makes every NaN that arithmetic gives the canonical one.</param>
internal record CodeOptions(bool ConsumeFuel, bool Interruptible, bool CanonicalizeNaNs);
