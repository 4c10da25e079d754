using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre;

/// <summary>A table of references.</summary>
/// <remarks>Used by one thread at a time, as its store. Spec: Execution, Runtime Structure, Table Instances; Appendix, Embedding, Tables.</remarks>
public sealed class Table : Extern
{
    internal Table(StoreState store, TableInstance instance) : base(store) => Instance = instance;

    /// <summary>Creates a table of the minimal size of its type.</summary>
    /// <param name="store">Where it lives.</param>
    /// <param name="type">What its elements are, and how many there can be.</param>
    /// <param name="value">What every element holds first.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is of another type or store, or the type is not valid.</exception>
    /// <exception cref="ExhaustionException">The store's limits do not allow that size.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the store.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public Table(Store store, TableType type, Value value)
        : this(HostTypes.StateOf(store), HostTypes.Create(store, state
            => new TableInstance(state.Budget, HostTypes.Check(type), value.ToRaw(type.Element, state).Reference)))
    {
    }

    /// <summary>What the elements are, and how many there can be.</summary>
    public TableType Type => Instance.Type;

    /// <summary>Number of elements at this moment.</summary>
    public long Count => Instance.Size;

    /// <summary>Element number <paramref name="index"/>.</summary>
    /// <exception cref="TrapException">There is no such element.</exception>
    /// <exception cref="ArgumentException">Set to a value of another type or store.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the store.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public Value this[long index]
    {
        get
        {
            State.Enter();
            try
            {
                return Value.FromRaw(Type.Element, RawValue.Of(Instance.Get((ulong)index)));
            }
            finally
            {
                State.Exit();
            }
        }

        set
        {
            State.Enter();
            try
            {
                Instance.Set((ulong)index, value.ToRaw(Type.Element, State).Reference);
            }
            finally
            {
                State.Exit();
            }
        }
    }

    /// <summary>Adds elements that all hold <paramref name="value"/>.</summary>
    /// <returns>False, and nothing changed, when the table's maximum or the store's limits do not allow so many.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="deltaCount"/> is negative.</exception>
    /// <exception cref="ArgumentException"><paramref name="value"/> is of another type or store.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the store.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public bool TryGrow(long deltaCount, Value value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(deltaCount);
        State.Enter();
        try
        {
            return Instance.Grow((ulong)deltaCount, value.ToRaw(Type.Element, State).Reference) >= 0;
        }
        finally
        {
            State.Exit();
        }
    }

    internal TableInstance Instance { get; }

    internal override ExternValue External => new(Instance);

    private protected override object Identity => Instance;
}
