using System.Diagnostics.CodeAnalysis;
using Nacre.Compiler;
using Nacre.Interpreter;
using Nacre.Runtime;

namespace Nacre.Tiering;

/// <summary>Runs internal code on stacks of its own, and the compiled code that it calls on that of the thread.</summary>
/// <remarks>
/// Compiled code calls compiled code alone. What it calls through the host may be interpreted again, in frames behind those under way.
/// Safe because <see cref="ControlCell.StackLimit"/> is set before compiled code is entered, and forgotten when the outermost call ends.
/// </remarks>
[RequiresDynamicCode("Compiles guest code at run time.")]
internal sealed class TieredThread(TieredEngine engine, StoreState store, int stackByteCount) : InterpreterThread(store, stackByteCount)
{
    private readonly int _stackByteCount = stackByteCount;
    private CompiledCalls? _calls;
    private int _depth;

    /// <inheritdoc/>
    public override void Invoke(WasmFunction function, Span<ulong> slots, Span<object?> references)
    {
        _depth++;
        try
        {
            base.Invoke(function, slots, references);
        }
        finally
        {
            if (--_depth == 0) _calls?.ForgetStackLimit();
        }
    }

    /// <inheritdoc/>
    protected override unsafe void CallCompiled(uint definedIndex, long caller, ref ulong slots, ref object? references)
    {
        CompiledCalls calls = _calls ??= new CompiledCalls(engine.Compiler.GuestCode, Store, _stackByteCount);
        if (!calls.HasStackLimit) calls.SetStackLimit();
        InstanceContext context = InstanceContext.Of(Instance);
        nint entry = context.Code.Entries[definedIndex];
        if (entry == 0) entry = context.Code.Compile((int)definedIndex);
        calls.CallWithinLimit((nint)caller, ref slots, ref references, context, entry);
    }
}
