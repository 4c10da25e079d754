namespace Nacre.Scripts;

/// <summary>What <c>(ref.extern n)</c> and <c>(ref.host n)</c> of a script refer to. Two of the same number are the same.</summary>
internal sealed record HostReference(uint Number);
