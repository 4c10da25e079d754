using Nacre.Runtime;

namespace Nacre;

/// <summary>A world of instances that may refer to each other, with the limits they run under.</summary>
/// <remarks>
/// A store is used by one thread at a time; a second one that comes meanwhile gets <see cref="InvalidOperationException"/>. Only
/// <see cref="Interrupt"/> may be called by any thread. Everything made in a store lives as long as the store; disposing it frees the
/// memories of its guests. Spec: Execution, Runtime Structure, Store.
/// </remarks>
public sealed class Store : IDisposable
{
    /// <summary>Creates an empty store with the limits of the engine's options.</summary>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public Store(Engine engine) : this(engine, engine?.Options.Limits!) { }

    /// <summary>Creates an empty store.</summary>
    /// <param name="engine">The engine whose modules are to be instantiated.</param>
    /// <param name="limits">What all guests of the store together may have.</param>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    public Store(Engine engine, StoreLimits limits) : this(Usable(engine), BudgetOf(limits)) { }

    private Store(Engine engine, ResourceBudget budget)
    {
        Engine = engine;
        State = new StoreState(engine.Execution, engine.Types, budget)
        {
            HostView = this,
            TimeProvider = engine.Options.TimeProvider,
            WantsGuardPages = engine.WantsGuardPages,
        };
    }

    /// <summary>The engine whose modules can be instantiated here.</summary>
    public Engine Engine { get; }

    /// <summary>
    /// Units of fuel left. A guest that uses more than it was given ends with <see cref="ExhaustionException"/>, and then none is left; the
    /// store can be given more, and the guest called again.
    /// </summary>
    /// <value>0 in a new store.</value>
    /// <remarks>
    /// <para>
    /// An instruction costs a unit; entering a function costs one, and one for every eight of its locals; <c>memory.fill</c>,
    /// <c>memory.copy</c> and <c>memory.init</c> cost one more for every 64 bytes, such instructions of tables and arrays, with
    /// <c>table.grow</c> and the creation of arrays but <c>array.new_fixed</c>, for every eight elements, and <c>struct.new</c> and
    /// <c>struct.new_default</c> for every eight fields. After a call that returned or threw, and inside of host functions, the value is
    /// exact and the same on every engine. A host function may change it for the code that it returns to.
    /// </para>
    /// <para>
    /// Whether there was enough is looked at where functions are entered and left, where loops begin and begin again, before exceptions
    /// are thrown, and before a run of bytes or elements is worked on. A guest may get as far as the next of these places and no further,
    /// the same one on every engine. After a trap, up to 4,096 units and what was used since the last of these places may not have been
    /// counted.
    /// </para>
    /// </remarks>
    /// <exception cref="InvalidOperationException">The engine does not meter code (<see cref="EngineOptions.ConsumeFuel"/>).</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long Fuel
    {
        get
        {
            Require(Engine.Options.ConsumeFuel, nameof(EngineOptions.ConsumeFuel));
            return State.Fuel;
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            Require(Engine.Options.ConsumeFuel, nameof(EngineOptions.ConsumeFuel));
            State.Fuel = value;
        }
    }

    /// <summary>
    /// Stops guest code with the trap <c>interrupted</c> once it is cancelled, and refuses to run any afterwards. A deadline is a
    /// <see cref="CancellationTokenSource"/> with a delay.
    /// </summary>
    /// <value><see cref="CancellationToken.None"/> in a new store.</value>
    /// <exception cref="InvalidOperationException">The engine's code cannot be stopped (<see cref="EngineOptions.Interruptible"/>), or another thread uses the store.</exception>
    public CancellationToken CancellationToken
    {
        get => State.Cancellation;
        set
        {
            Require(Engine.Options.Interruptible || !value.CanBeCanceled, nameof(EngineOptions.Interruptible));
            State.InterruptWhenCancelled(value);
        }
    }

    internal StoreState State { get; }

    /// <summary>
    /// Creates an empty store for another thread of the same guest: what is made in both counts together against this store's limits. Any
    /// thread may call this.
    /// </summary>
    /// <returns>The store, the caller's, with a stack of its own, no fuel and no token. What it took is given back when it is disposed.</returns>
    /// <remarks>Shared memories are what instances in several stores can have in common: a <see cref="Linker"/> gives them to any store of the engine.</remarks>
    public Store CreateSibling() => new(Engine, new ResourceBudget(State.Budget.Limits, State.Budget));

    /// <summary>Stops the running guest with the trap <c>interrupted</c>, or the next one when none runs. Any thread may call this.</summary>
    /// <exception cref="InvalidOperationException">The engine's code cannot be stopped (<see cref="EngineOptions.Interruptible"/>).</exception>
    public void Interrupt()
    {
        Require(Engine.Options.Interruptible, nameof(EngineOptions.Interruptible));
        State.Interrupt();
    }

    /// <summary>Frees the memories of all guests. Spans over them must not be used any more; other uses of the store throw <see cref="ObjectDisposedException"/>.</summary>
    /// <exception cref="InvalidOperationException">The store is in use.</exception>
    public void Dispose() => State.Dispose();

    private static Engine Usable(Engine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        engine.ThrowIfDisposed();
        return engine;
    }

    private static ResourceBudget BudgetOf(StoreLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return new ResourceBudget(limits);
    }

    private static void Require(bool option, string name)
    {
        if (!option) throw new InvalidOperationException($"The engine was created without {nameof(EngineOptions)}.{name}.");
    }
}
