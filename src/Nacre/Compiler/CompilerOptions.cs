using Nacre.Runtime;

namespace Nacre.Compiler;

/// <summary>What code is compiled with.</summary>
internal sealed record CompilerOptions : CodeOptions
{
    /// <summary>Adds the compiler's own options, at their defaults, to <paramref name="options"/>.</summary>
    public CompilerOptions(CodeOptions options) : base(options) { }

    /// <summary>From which size on functions are cut into pieces.</summary>
    public SplitLimits SplitLimits { get; init; } = SplitLimits.Default;

    /// <summary>Whether the interpreter, which must be there, runs what cannot be compiled when compiled code calls it.</summary>
    public bool InterpretsRefused { get; init; }
}
