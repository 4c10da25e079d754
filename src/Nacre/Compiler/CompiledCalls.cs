using System.Diagnostics.CodeAnalysis;
using Nacre.Runtime;

namespace Nacre.Compiler;

/// <summary>Calls compiled code from elsewhere, on the stack of the thread that calls.</summary>
/// <remarks>
/// Safe because the host's outermost call has set <see cref="ControlCell.StackLimit"/> for the running thread, and because the adapter
/// reads and writes as many slots as the function's type tells, which is how many the caller gives.
/// </remarks>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal static unsafe class CompiledCalls
{
    /// <summary>Calls a function.</summary>
    /// <param name="code">What tells the guest's frames.</param>
    /// <param name="adapter">What <see cref="Adapters.ForHost"/> made for its type.</param>
    /// <param name="slots">Arguments on entry, results on return: the first number.</param>
    /// <param name="references">The same for references.</param>
    /// <param name="context">What the function gets as its last argument.</param>
    /// <param name="entry">Its address.</param>
    /// <exception cref="TrapException">The guest trapped.</exception>
    /// <exception cref="ExhaustionException">The stack or the fuel was used up.</exception>
    /// <exception cref="GuestException">The guest threw.</exception>
    public static void Call(GuestCode code, nint adapter, ref ulong slots, ref object? references, object? context, nint entry)
    {
        try
        {
            var call = (delegate*<ref ulong, ref object?, object?, nint, void>)adapter;
            call(ref slots, ref references, context, entry);
        }
        catch (Exception exception) when (MachineTraps.TrapOf(exception, code) is { } trap)
        {
            throw trap;
        }
    }
}
