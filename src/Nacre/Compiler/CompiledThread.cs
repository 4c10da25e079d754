using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nacre.Runtime;

namespace Nacre.Compiler;

/// <summary>Runs compiled code on the stack of the thread that calls.</summary>
/// <remarks>
/// Safe because <see cref="ControlCell.StackLimit"/> is set for the running thread before guest code is entered, and because the adapter
/// reads and writes as many slots as the function's type tells, which is how many the caller gives.
/// </remarks>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed unsafe class CompiledThread(CompilerEngine engine, StoreState store, int stackByteCount) : ExecutionThread
{
    private const int SlotsPerResult = 2;

    private ulong* _resultSlots;
    private int _resultCount;

    /// <summary>Frees the room for results.</summary>
    ~CompiledThread() => NativeMemory.Free(_resultSlots);

    /// <summary>Sees to it that so many results can be returned.</summary>
    public void EnsureResultRoom(int count)
    {
        if (count <= Math.Max(_resultCount, 1)) return;
        _resultSlots = (ulong*)NativeMemory.Realloc(_resultSlots, (nuint)(count * SlotsPerResult * sizeof(ulong)));
        _resultCount = count;
        store.Control->ResultSlots = _resultSlots;
        store.ResultReferences = new object?[count];
    }

    /// <inheritdoc/>
    public override void Invoke(WasmFunction function, Span<ulong> slots, Span<object?> references)
    {
        ControlCell* control = store.Control;
        nuint limit = control->StackLimit;
        if (limit == 0) control->StackLimit = StackLimit();
        try
        {
            nint entry = Support.EntryOf(function);
            if (function.Adapter == 0) function.Adapter = engine.Adapters.ForHost(function.Type);
            var call = (delegate*<ref ulong, ref object?, object?, nint, void>)function.Adapter;
            call(ref MemoryMarshal.GetReference(slots), ref MemoryMarshal.GetReference(references), function.Context, entry);
        }
        catch (WasmException exception) when (IsLeaving(exception))
        {
            throw new UnreachableException();
        }
        catch (Exception exception) when (IsTrap(exception, out TrapException? trap))
        {
            throw trap;
        }
        finally
        {
            control->StackLimit = limit;
            GC.KeepAlive(this);
        }
    }

    // The host's stack may be smaller than what the guests may have of it, and part of it is in use already.
    private nuint StackLimit()
    {
        int here;
        nuint allowed = (nuint)(&here) - (nuint)stackByteCount;
        return Math.Max(allowed, HostStack.Limit);
    }

    private bool IsTrap(Exception exception, [NotNullWhen(true)] out TrapException? trap)
    {
        trap = null;
        if (MachineTraps.KindOf(exception, engine.GuestCode) is not { } kind) return false;
        trap = new TrapException(kind);
        engine.GuestCode.ReportFrames(exception, trap);
        return true;
    }

    // Asked before the guest's frames are gone; nothing is caught here.
    private bool IsLeaving(WasmException exception)
    {
        if (exception is TrapException or ExhaustionException) engine.GuestCode.ReportFrames(exception, exception);
        return false;
    }
}
