using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Nacre.Runtime;

namespace Nacre.Compiler;

/// <summary>Runs compiled code on the stack of the thread that calls.</summary>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed class CompiledThread(CompilerEngine engine) : ExecutionThread
{
    /// <inheritdoc/>
    public override void Invoke(WasmFunction function, Span<ulong> slots, Span<object?> references)
    {
        nint entry = Support.EntryOf(function);
        if (function.Adapter == 0) function.Adapter = engine.Adapters.ForHost(function.Type);
        CompiledCalls.Call(
            engine.GuestCode, function.Adapter, ref MemoryMarshal.GetReference(slots), ref MemoryMarshal.GetReference(references),
            function.Context, entry);
    }

    /// <inheritdoc/>
    public override TrapException? TrapOf(Exception exception) => MachineTraps.TrapOf(exception, engine.GuestCode);
}
