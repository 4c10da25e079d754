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
    /// <summary>What an exception is to the host that leaves compiled code, as <see cref="ExecutionThread.TrapOf"/> tells it.</summary>
    public static TrapException? TrapOf(Exception exception, GuestCode code)
    {
        if (exception is TrapException or ExhaustionException) code.ReportFrames(exception, (WasmException)exception);
        if (exception is WasmException || KindOf(exception, code) is not { } kind) return null;
        var trap = new TrapException(kind);
        code.ReportFrames(exception, trap);
        return trap;
    }

    /// <summary>The trap; null for exceptions that no instruction of compiled code raised. To be asked by a filter.</summary>
    public static TrapKind? KindOf(Exception exception, GuestCode code) => exception switch
    {
        NullReferenceException when GuardPages.IsFaultInFlight() => TrapKind.MemoryOutOfBounds,
        OverflowException when code.IsRaisedByGuest(exception) => TrapKind.MemoryOutOfBounds,
        DivideByZeroException when code.IsRaisedByGuest(exception) => TrapKind.DivideByZero,
        _ => null,
    };
}
