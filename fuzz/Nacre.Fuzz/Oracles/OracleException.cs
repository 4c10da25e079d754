namespace Nacre.Fuzz.Oracles;

/// <summary>Something that must hold for every input does not.</summary>
internal sealed class OracleException(string message, Exception? innerException = null) : Exception(message, innerException);
