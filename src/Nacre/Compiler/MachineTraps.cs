using System.Diagnostics.CodeAnalysis;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <summary>What it means when an instruction of compiled code itself raises an exception.</summary>
/// <remarks>
/// Code has no comparison of its own where the machine makes it anyway: a division tests its divisor, an access to guarded memory faults,
/// and the explicit check of an access is a subtraction that may not overflow.
/// </remarks>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal static class MachineTraps
{
    /// <summary>The trap; null for exceptions that no instruction of compiled code raised. To be asked by a filter.</summary>
    public static TrapKind? KindOf(Exception exception, GuestCode code) => exception switch
    {
        NullReferenceException when GuardPages.IsFaultInFlight() => TrapKind.MemoryOutOfBounds,
        OverflowException when code.IsRaisedByGuest(exception) => TrapKind.MemoryOutOfBounds,
        DivideByZeroException when code.IsRaisedByGuest(exception) => TrapKind.DivideByZero,
        _ => null,
    };
}
