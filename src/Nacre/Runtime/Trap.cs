using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Nacre.Syntax;

namespace Nacre.Runtime;

/// <summary>Stops the guest.</summary>
internal static class Trap
{
    /// <summary>Throws the trap; the text of each kind lives in <c>spec/traps.txt</c>.</summary>
    /// <exception cref="TrapException">Always.</exception>
    /// <remarks>
    /// Nothing forbids inlining: the JIT does not inline a method that only throws, but it has to look into it to learn that
    /// callers need not go on after the call.
    /// </remarks>
    [DoesNotReturn, StackTraceHidden]
    public static void Throw(TrapKind kind) => throw new TrapException(kind);
}
