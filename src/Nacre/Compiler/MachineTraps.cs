using Nacre.Syntax;

namespace Nacre.Compiler;

/// <summary>What it means when an instruction of compiled code itself raises an exception.</summary>
/// <remarks>
/// Code has no comparison of its own where the machine makes it anyway: a division tests its divisor, an access to guarded memory faults,
/// and the explicit check of an access is a subtraction that may not overflow.
/// </remarks>
internal static class MachineTraps
{
    /// <summary>The trap; null for exceptions that no instruction raises.</summary>
    public static TrapKind? KindOf(Exception exception) => exception switch
    {
        NullReferenceException or OverflowException => TrapKind.MemoryOutOfBounds,
        DivideByZeroException => TrapKind.DivideByZero,
        _ => null,
    };
}
