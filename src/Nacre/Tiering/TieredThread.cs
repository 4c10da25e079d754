using System.Diagnostics.CodeAnalysis;
using Nacre.Compiler;
using Nacre.Interpreter;
using Nacre.Runtime;

namespace Nacre.Tiering;

/// <summary>Runs internal code on stacks of its own, and the compiled code that it calls on that of the thread.</summary>
/// <remarks>
/// Compiled code calls compiled code alone. What it calls through the host may be interpreted again, in frames behind those under way.
/// Safe because entries are read at the numbers of functions that the module defines.
/// </remarks>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed class TieredThread(TieredEngine engine, StoreState store) : InterpreterThread(store)
{
    /// <inheritdoc/>
    public override unsafe void Invoke(WasmFunction function, Span<ulong> slots, Span<object?> references)
    {
        // The host's next call finds the machine code by itself.
        if (function.Entry == 0 && function.Instance.Context is InstanceContext context && context.Code.Entries[function.DefinedIndex] != 0)
            Support.EntryOf(function);
        base.Invoke(function, slots, references);
    }

    /// <inheritdoc/>
    public override TrapException? TrapOf(Exception exception) => MachineTraps.TrapOf(exception, engine.Compiler.GuestCode);

    /// <inheritdoc/>
    protected override unsafe void CallCompiled(uint definedIndex, long caller, ref ulong slots, ref object? references)
    {
        InstanceContext context = InstanceContext.Of(Instance);
        nint entry = context.Code.Entries[definedIndex];
        if (entry == 0) entry = context.Code.Compile((int)definedIndex);
        CompiledCalls.Call(engine.Compiler.GuestCode, (nint)caller, ref slots, ref references, context, entry);
    }
}
