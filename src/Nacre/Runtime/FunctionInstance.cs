using System.Runtime.ExceptionServices;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>A function that can be called: a module's, or the host's.</summary>
/// <remarks>Spec: Execution, Runtime Structure, Function Instances. As a reference, this object is the <c>funcref</c> value.</remarks>
internal abstract class FunctionInstance(StoreState store, DefinedType type)
{
    /// <summary>For engines that make machine code: the function's address, 0 until it has one.</summary>
    public nint Entry;

    /// <summary>For engines that make machine code: the address of what calls the function for the host; 0 until it was looked for.</summary>
    public nint Adapter;

    /// <summary>For engines that make machine code: what the function gets as its last argument.</summary>
    public object? Context;

    /// <summary><see cref="DefinedType.Id"/> of the type.</summary>
    public readonly uint TypeId = type.Id;

    /// <summary>The store this function lives in; calling it from another store is an error of the host.</summary>
    public StoreState Store { get; } = store;

    /// <summary>Refuses a guest's call from <paramref name="caller"/> into another store.</summary>
    /// <remarks>
    /// Such a function can come along inside an object that the host passed on. Its memories may be in use by another thread, or freed
    /// while it runs.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The function belongs to another store.</exception>
    public void CheckStore(StoreState caller)
    {
        if (Store != caller) throw new InvalidOperationException("A guest calls a function that belongs to another store.");
    }

    /// <summary>The canonical function type.</summary>
    public DefinedType Type { get; } = type;

    /// <summary>Parameters and results, in canonical space.</summary>
    public FuncType Signature { get; } = (FuncType)type.Composite;
}

/// <summary>A function defined by a module, closed over the instance it belongs to.</summary>
internal sealed class WasmFunction(ModuleInstance instance, FuncIndex index, DefinedType type) : FunctionInstance(instance.Store, type)
{
    /// <summary>The instance whose memories, tables and globals the function uses.</summary>
    public ModuleInstance Instance { get; } = instance;

    /// <summary>Position in the instance's function index space.</summary>
    public FuncIndex Index { get; } = index;

    /// <summary>Position among the functions the module defines itself.</summary>
    public int DefinedIndex { get; } = instance.Module.DefinedIndexOf(index);
}

/// <summary>A function of the host.</summary>
internal sealed class HostFunction(StoreState store, DefinedType type, HostFunctionBody body, string? name) : FunctionInstance(store, type)
{
    /// <summary>Calls the function. Arguments and results travel in the frame.</summary>
    /// <remarks>
    /// A host function that catches and throws again does so on top of all that it caught from, and so does each one around it. Leaving
    /// this handler gives that part of the host's stack back. Not done always, because what an exception knows of its way is copied each
    /// time; the filter runs on top of it all, so it sees how much is left.
    /// </remarks>
    public void Call(ref HostFrame frame)
    {
        ExceptionDispatchInfo? failure = null;
        try
        {
            body(ref frame);
        }
        catch (Exception exception) when (!HostStack.IsSufficient())
        {
            failure = ExceptionDispatchInfo.Capture(exception);
        }
        failure?.Throw();
    }

    /// <summary>How the function is shown in a guest's call stack; null when it has no name.</summary>
    public string? Name { get; } = name;
}
