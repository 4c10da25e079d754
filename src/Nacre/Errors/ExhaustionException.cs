using Nacre.Syntax;

namespace Nacre;

/// <summary>A budget that the host set is used up: stack, fuel or memory. The instance stays usable.</summary>
/// <remarks>Spec: Appendix, Implementation Limitations.</remarks>
public class ExhaustionException : WasmException
{
    /// <summary>Reports which budget is used up.</summary>
    /// <param name="kind">Which budget.</param>
    /// <param name="detail">What was asked for.</param>
    public ExhaustionException(ExhaustionKind kind, string? detail = null)
        : base(detail is null ? kind.Text() : $"{kind.Text()}: {detail}") => Kind = kind;

    /// <summary>Which budget is used up.</summary>
    public ExhaustionKind Kind { get; }
}
