using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Nacre.Runtime;

namespace Nacre.Compiler;

/// <summary>Calls compiled code from elsewhere, on the stack of the thread that calls.</summary>
/// <remarks>
/// Safe because <see cref="ControlCell.StackLimit"/> is set for the running thread before guest code is entered, and because the adapter
/// reads and writes as many slots as the function's type tells, which is how many the caller gives.
/// </remarks>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed unsafe class CompiledCalls(GuestCode guestCode, StoreState store, int stackByteCount)
{
    private readonly ControlCell* _control = store.Control;

    /// <summary>Whether the running thread's limit is known already, as it is in calls that nest.</summary>
    public bool HasStackLimit => _control->StackLimit != 0;

    /// <summary>Calls a function from the host.</summary>
    /// <inheritdoc cref="CallWithinLimit"/>
    public void Call(nint adapter, ref ulong slots, ref object? references, object? context, nint entry)
    {
        nuint limit = _control->StackLimit;
        if (limit == 0) SetStackLimit();
        try
        {
            CallWithinLimit(adapter, ref slots, ref references, context, entry);
        }
        finally
        {
            _control->StackLimit = limit;
            GC.KeepAlive(store);
        }
    }

    /// <summary>Calls a function when the stack's limit is set.</summary>
    /// <param name="adapter">What <see cref="Adapters.ForHost"/> made for its type.</param>
    /// <param name="slots">Arguments on entry, results on return: the first number.</param>
    /// <param name="references">The same for references.</param>
    /// <param name="context">What the function gets as its last argument.</param>
    /// <param name="entry">Its address.</param>
    /// <exception cref="TrapException">The guest trapped.</exception>
    /// <exception cref="ExhaustionException">The stack or the fuel was used up.</exception>
    /// <exception cref="GuestException">The guest threw.</exception>
    public void CallWithinLimit(nint adapter, ref ulong slots, ref object? references, object? context, nint entry)
    {
        try
        {
            var call = (delegate*<ref ulong, ref object?, object?, nint, void>)adapter;
            call(ref slots, ref references, context, entry);
        }
        catch (WasmException exception) when (IsLeaving(exception))
        {
            throw new UnreachableException();
        }
        catch (Exception exception) when (IsTrap(exception, out TrapException? trap))
        {
            throw trap;
        }
    }

    /// <summary>Sets the limit for the running thread. Whoever does so forgets it, before another thread can come.</summary>
    /// <remarks>The host's stack may be smaller than what the guests may have of it, and part of it is in use already.</remarks>
    public void SetStackLimit()
    {
        int here;
        nuint allowed = (nuint)(&here) - (nuint)stackByteCount;
        _control->StackLimit = Math.Max(allowed, HostStack.Limit);
    }

    /// <summary>Forgets the limit.</summary>
    public void ForgetStackLimit() => _control->StackLimit = 0;

    private bool IsTrap(Exception exception, [NotNullWhen(true)] out TrapException? trap)
    {
        trap = null;
        if (MachineTraps.KindOf(exception, guestCode) is not { } kind) return false;
        trap = new TrapException(kind);
        guestCode.ReportFrames(exception, trap);
        return true;
    }

    // Asked before the guest's frames are gone; nothing is caught here.
    private bool IsLeaving(WasmException exception)
    {
        if (exception is TrapException or ExhaustionException) guestCode.ReportFrames(exception, exception);
        return false;
    }
}
