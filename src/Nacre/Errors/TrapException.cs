using Nacre.Syntax;

namespace Nacre;

/// <summary>The guest was stopped by a trap. The instance stays usable.</summary>
/// <remarks>Spec: Execution, Runtime Structure, Results.</remarks>
public class TrapException : WasmException
{
    /// <summary>Reports a trap.</summary>
    /// <param name="kind">Why the guest was stopped.</param>
    /// <param name="detail">What follows the kind's text, as the index of an element.</param>
    public TrapException(TrapKind kind, string? detail = null)
        : base(detail is null ? kind.Text() : $"{kind.Text()} {detail}") => Kind = kind;

    /// <summary>Why the guest was stopped.</summary>
    public TrapKind Kind { get; }
}
