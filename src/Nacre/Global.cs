using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre;

/// <summary>A global variable or constant.</summary>
/// <remarks>Used by one thread at a time, as its store. Spec: Execution, Runtime Structure, Global Instances; Appendix, Embedding, Globals.</remarks>
public sealed class Global : Extern
{
    internal Global(StoreState store, GlobalInstance instance) : base(store) => Instance = instance;

    /// <summary>Creates a global.</summary>
    /// <param name="store">Where it lives.</param>
    /// <param name="type">What it holds, and whether that can change.</param>
    /// <param name="value">What it holds first.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is of another type or store, or the type mentions types of a module.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the store.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public Global(Store store, GlobalType type, Value value)
        : this(HostTypes.StateOf(store), HostTypes.Create(store, state
            => new GlobalInstance(state.Arena, HostTypes.Check(type)) { Value = value.ToRaw(type.Value, state) }))
    {
    }

    /// <summary>What it holds, and whether that can change.</summary>
    public GlobalType Type => Instance.Type;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">Set, but the global is immutable; or another thread uses the store.</exception>
    /// <exception cref="ArgumentException">Set to a value of another type or store.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public Value Value
    {
        get
        {
            State.Enter();
            try
            {
                return Value.FromRaw(Type.Value, Instance.Value);
            }
            finally
            {
                State.Exit();
            }
        }

        set
        {
            if (!Type.IsMutable) throw new InvalidOperationException("The global is immutable.");
            State.Enter();
            try
            {
                Instance.Value = value.ToRaw(Type.Value, State);
            }
            finally
            {
                State.Exit();
            }
        }
    }

    internal GlobalInstance Instance { get; }

    internal override ExternValue External => new(Instance);

    private protected override object Identity => Instance;
}
