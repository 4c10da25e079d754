using System.Diagnostics.CodeAnalysis;
using Nacre.Compiler;
using Nacre.Interpreter;
using Nacre.Runtime;

namespace Nacre.Tiering;

/// <summary>Runs internal code on stacks of its own, and the compiled code that it calls on that of the thread.</summary>
/// <remarks>
/// Compiled code calls compiled code alone. What it calls through the host may be interpreted again, in frames behind those under way.
/// </remarks>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed class TieredThread(TieredEngine engine, StoreState store, int stackByteCount) : InterpreterThread(store, stackByteCount)
{
    private readonly int _stackByteCount = stackByteCount;
    private CompiledCalls? _calls;

    /// <inheritdoc/>
    protected override unsafe void CallCompiled(uint definedIndex, long caller, ref ulong slots, ref object? references)
    {
        CompiledCalls calls = _calls ??= new CompiledCalls(engine.Compiler.GuestCode, Store, _stackByteCount);
        InstanceContext context = InstanceContext.Of(Instance);
        nint entry = context.Code.Entries[definedIndex];
        if (entry == 0) entry = context.Code.Compile((int)definedIndex);
        calls.Call((nint)caller, ref slots, ref references, context, entry);
    }
}
