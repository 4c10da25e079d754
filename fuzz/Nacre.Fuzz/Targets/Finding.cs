namespace Nacre.Fuzz.Targets;

/// <summary>An input that does not behave as documented.</summary>
internal sealed record Finding(int Number, byte[] Input, string Problem);
