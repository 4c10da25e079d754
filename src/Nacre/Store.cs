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
    public Store(Engine engine, StoreLimits limits)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(limits);
        engine.ThrowIfDisposed();
        Engine = engine;
        State = new StoreState(engine.Execution, engine.Types, limits)
        {
            HostView = this,
            TimeProvider = engine.Options.TimeProvider,
            WantsGuardPages = engine.WantsGuardPages,
        };
    }

    /// <summary>The engine whose modules can be instantiated here.</summary>
    public Engine Engine { get; }

    /// <summary>Units of fuel left: about one per instruction. A guest that uses them up ends with <see cref="ExhaustionException"/>.</summary>
    /// <value>0 in a new store.</value>
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

    private static void Require(bool option, string name)
    {
        if (!option) throw new InvalidOperationException($"The engine was created without {nameof(EngineOptions)}.{name}.");
    }
}
