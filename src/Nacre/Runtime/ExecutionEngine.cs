using System.Diagnostics;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>The engine seam: what makes code of a module and runs it.</summary>
/// <param name="stackByteCount">Bytes of stack for the guests of one store.</param>
/// <remarks>An engine object serves any number of stores and threads at the same time.</remarks>
internal abstract class ExecutionEngine(int stackByteCount)
{
    /// <summary>Bytes of stack for the guests of one store.</summary>
    public int StackByteCount { get; } = stackByteCount;

    /// <summary>What code may use; a module that needs more must not be given to <see cref="Prepare"/>.</summary>
    public abstract WasmFeatures Features { get; }

    /// <summary>Whether code runs faster on memories with guard pages: it then leaves out the checks that the processor makes.</summary>
    public virtual bool GainsFromGuardPages => false;

    /// <summary>Readies a module to be run. Cheap: functions are translated or compiled when first called.</summary>
    public abstract ModuleCode Prepare(ValidatedModule module);

    /// <summary>What one store needs to run code: its stack.</summary>
    public abstract ExecutionThread CreateThread(StoreState store);
}

/// <summary>An engine's code for one module, shared by all its instances and threads.</summary>
internal abstract class ModuleCode
{
    /// <summary>Called once for each new instance, when all that it imports and defines is in place and before any of its code runs.</summary>
    public virtual void Attach(ModuleInstance instance) { }

    /// <summary>Sees to it that <see cref="ModuleInstance.Context"/> is there, which compiled code is about to need.</summary>
    public virtual void EnsureContext(ModuleInstance instance) { }
}

/// <summary>The stack on which the guest code of one store runs. Used by one thread at a time; calls may nest through host functions.</summary>
internal abstract class ExecutionThread
{
    /// <summary>Calls a guest's function from the host.</summary>
    /// <param name="function">A function of the same store.</param>
    /// <param name="slots">Arguments on entry, results on return: numbers in 64-bit slots, a <c>v128</c> in two.</param>
    /// <param name="references">Arguments on entry, results on return: references.</param>
    /// <exception cref="TrapException">The guest trapped.</exception>
    /// <exception cref="ExhaustionException">The stack or the fuel was used up.</exception>
    public abstract void Invoke(WasmFunction function, Span<ulong> slots, Span<object?> references);

    /// <summary>What an exception is to the host that leaves code called at its <see cref="FunctionInstance.Entry"/>.</summary>
    /// <param name="exception">It learns of the guest's frames. To be asked by a filter, when those are still there.</param>
    /// <returns>The trap that it means; null when it is to go on as it is.</returns>
    public virtual TrapException? TrapOf(Exception exception) => throw new UnreachableException("an engine without machine code");

    /// <summary>Frees what the stack takes: its store runs no more code.</summary>
    public virtual void Free() { }
}
