using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Compiler;

/// <summary>What compiled code calls for everything that is more than a few instructions.</summary>
/// <remarks>Safe because the code was validated: indices are within their index spaces, and operands have the types they should.</remarks>
internal static unsafe partial class Support
{
    /// <summary>The address of a function, which is compiled if it was not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint EntryOf(FunctionInstance function)
    {
        nint entry = function.Entry;
        return entry != 0 ? entry : Prepare(function);
    }

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only compiled code calls this, and there is none without dynamic code.")]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nint Prepare(FunctionInstance function)
    {
        nint entry;
        if (function is BoundHostFunction bound) entry = bound.Caller.Code.Engine.Adapters.ForGuest(function.Type);
        else
        {
            var callee = (WasmFunction)function;
            InstanceContext context = InstanceContext.Of(callee.Instance);
            entry = context.Code.Compile(callee.DefinedIndex);
            function.Context = context;
        }
        Volatile.Write(ref function.Entry, entry);
        return entry;
    }

    /// <summary>Compiles a function that other compiled code of its module calls.</summary>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only compiled code calls this, and there is none without dynamic code.")]
    public static nint Compile(InstanceContext context, int definedIndex) => context.Code.Compile(definedIndex);

    /// <summary>Compiles a piece of a function.</summary>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only compiled code calls this, and there is none without dynamic code.")]
    public static void CompilePiece(InstanceContext context, int definedIndex, int entryNumber)
        => context.Code.CompilePiece(definedIndex, entryNumber);

    /// <summary>What <c>call_indirect</c> calls: element <paramref name="index"/> of a table, if it has the type. It has an entry.</summary>
    /// <exception cref="TrapException">There is no such element, it is null, or it has another type.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FunctionInstance Callee(ulong index, TableInstance table, InstanceContext context, int type, uint typeId)
    {
        object?[] elements = table.Elements;
        if (index >= (ulong)elements.Length) ThrowUndefinedElement();
        var function = Unsafe.As<FunctionInstance?>(elements[index]);
        return function is not null && function.TypeId == typeId && function.Context == context
            ? function
            : OtherCallee(index, table, context, type);
    }

    [DoesNotReturn]
    private static void ThrowUndefinedElement() => throw new TrapException(TrapKind.UndefinedElement);

    // A function gets its context together with its entry, so that one of the caller's instance, the usual case, needs no further look.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FunctionInstance OtherCallee(ulong index, TableInstance table, InstanceContext context, int type)
        => OtherTarget(table.Callee(index, context.Instance.Module.Types[type]), context);

    /// <summary>What <c>call_ref</c> calls. It has an entry.</summary>
    /// <exception cref="TrapException">The reference is null.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FunctionInstance Target(object? reference, InstanceContext context)
    {
        var function = Unsafe.As<FunctionInstance?>(reference);
        return function is not null && function.Context == context ? function : OtherTarget(function, context);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FunctionInstance OtherTarget(FunctionInstance? function, InstanceContext context)
    {
        if (function is null) Trap.Throw(TrapKind.NullFunctionReference);
        if (function.Entry != 0 && function.Store == context.Store) return function;
        function.CheckStore(context.Store);
        FunctionInstance target = context.Bind(function);
        EntryOf(target);
        return target;
    }

    /// <summary>Calls a function of the host for a guest.</summary>
    /// <param name="context">The <see cref="BoundHostFunction"/>.</param>
    /// <param name="slots">Arguments that are numbers, and room for such results.</param>
    /// <param name="slotCount">How many there are.</param>
    /// <param name="references">Arguments that are references, and room for such results: the first of them; a null reference when there are none.</param>
    /// <param name="referenceCount">How many of those there are.</param>
    public static void CallHost(object context, ulong* slots, int slotCount, ref object? references, int referenceCount)
    {
        BoundHostFunction function = Unsafe.As<BoundHostFunction>(context);
        function.Store.CheckFuel();
        var frame = new HostFrame(
            function.Store, function.Caller.Instance, new Span<ulong>(slots, slotCount), MemoryMarshal.CreateSpan(ref references, referenceCount));
        function.Host.Call(ref frame);
    }

    /// <summary>Calls a function for a guest that only the interpreter can run.</summary>
    /// <param name="context">The <see cref="InstanceContext"/>.</param>
    /// <param name="slots">Arguments that are numbers, and room for such results.</param>
    /// <param name="slotCount">How many there are.</param>
    /// <param name="references">Arguments that are references, and room for such results: the first of them; a null reference when there are none.</param>
    /// <param name="referenceCount">How many of those there are.</param>
    /// <param name="function">The function.</param>
    public static void Interpret(object context, ulong* slots, int slotCount, ref object? references, int referenceCount, uint function)
    {
        InstanceContext instance = Unsafe.As<InstanceContext>(context);
        instance.Store.Thread.Invoke(
            (WasmFunction)instance.Instance.Function(function), new Span<ulong>(slots, slotCount), MemoryMarshal.CreateSpan(ref references, referenceCount));
    }

    /// <summary>The store of a function whose context is <paramref name="context"/>.</summary>
    public static StoreState StoreOf(object context)
        => context is InstanceContext instance ? instance.Store : Unsafe.As<BoundHostFunction>(context).Store;

    /// <summary>Where result slot <paramref name="slot"/> lies.</summary>
    public static ulong* ResultSlot(StoreState store, int slot) => store.Control->ResultSlots + slot;

    /// <summary>Takes a result that is a reference, and forgets it here.</summary>
    public static object? TakeResultReference(StoreState store, int index)
    {
        object? result = store.ResultReferences[index];
        store.ResultReferences[index] = null;
        return result;
    }

    /// <summary>Leaves a result that is a reference.</summary>
    public static void PutResultReference(StoreState store, int index, object? value) => store.ResultReferences[index] = value;

    /// <summary>Stops the guest because its stack is used up.</summary>
    [DoesNotReturn]
    public static void ThrowStackExhausted() => throw new ExhaustionException(ExhaustionKind.CallStack);

    /// <summary>Stops the guest because its fuel is used up.</summary>
    [DoesNotReturn]
    public static void ThrowFuelExhausted(InstanceContext context) => context.Store.ThrowFuelExhausted();

    /// <summary>Stops the guest because it was interrupted.</summary>
    [DoesNotReturn]
    public static void ThrowInterrupted() => throw new TrapException(TrapKind.Interrupted);

    /// <summary><c>unreachable</c>, at a place in the module.</summary>
    [DoesNotReturn]
    public static void ThrowUnreachable(int byteOffset) => throw new TrapException(TrapKind.Unreachable) { RaisedAt = byteOffset };
}
