namespace Nacre.Fuzz.Oracles;

/// <summary>How far an input came.</summary>
internal enum Outcome
{
    /// <summary>It is no module.</summary>
    Malformed,
    /// <summary>It breaks a rule of validation.</summary>
    Invalid,
    /// <summary>It is valid; nobody tried to run it.</summary>
    Valid,
    /// <summary>It is valid, but cannot be instantiated.</summary>
    Refused,
    /// <summary>Its code was run.</summary>
    Ran,
}
