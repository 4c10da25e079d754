using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Nacre.Runtime;

namespace Nacre.Compiler;

/// <summary>Runs compiled code on the stack of the thread that calls.</summary>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed class CompiledThread(CompilerEngine engine, StoreState store, int stackByteCount) : ExecutionThread
{
    private readonly CompiledCalls _calls = new(engine.GuestCode, store, stackByteCount);

    /// <inheritdoc/>
    public override void Invoke(WasmFunction function, Span<ulong> slots, Span<object?> references)
    {
        nint entry = Support.EntryOf(function);
        if (function.Adapter == 0) function.Adapter = engine.Adapters.ForHost(function.Type);
        _calls.Call(
            function.Adapter, ref MemoryMarshal.GetReference(slots), ref MemoryMarshal.GetReference(references), function.Context, entry);
    }
}
