using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre;

/// <summary>Who called a host function: the way to the calling guest's memory and exports.</summary>
/// <remarks>
/// A first parameter of this type is filled in and is no part of the function's signature. It may be used during the call, on the
/// thread of the call.
/// </remarks>
public readonly struct Caller
{
    private readonly ModuleInstance? _instance;
    private readonly StoreState _store;

    private Caller(ModuleInstance? instance, StoreState store) => (_instance, _store) = (instance, store);

    /// <summary>The caller of the host function whose arguments are in <paramref name="frame"/>.</summary>
    public static Caller Of(in HostFrame frame) => new(frame.CallerInstance, frame.Store);

    /// <summary>The store in which the call happens.</summary>
    public Store Store => (Store)_store.HostView!;

    /// <summary>The instance whose code called; null when the host called its own function.</summary>
    public Instance? Instance => _instance is null ? null : Instance.Of(_instance);

    /// <summary>The memory of the caller: what it exports as <c>memory</c>, else its first.</summary>
    /// <exception cref="LinkException">The caller has no memory.</exception>
    public Memory Memory => TryGetMemory(out Memory? memory) ? memory : throw new LinkException("the caller has no memory for the host function to use");

    /// <summary>Ends the call when the guest is to stop. Host functions that wait call it now and then, at least every tenth of a second.</summary>
    /// <exception cref="TrapException"><see cref="Store.Interrupt"/> was called or <see cref="Store.CancellationToken"/> is cancelled.</exception>
    public void ThrowIfInterrupted() => _store.ThrowIfInterrupted();

    /// <summary>Finds the memory of the caller: what it exports as <c>memory</c>, else its first.</summary>
    public bool TryGetMemory([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Memory? memory)
    {
        memory = Instance?.MainMemory;
        return memory is not null;
    }
}
