using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>The store: everything that running code can reach, and the budgets it runs under.</summary>
/// <remarks>
/// Spec: Execution, Runtime Structure, Store. Used by one thread at a time, which is checked: the stack of running code is unmanaged,
/// and two threads on it would corrupt memory. Interruption alone may come from any thread.
/// Safe because the cells lie in the arena, which this object keeps alive and which frees them only when it is forgotten.
/// </remarks>
internal sealed unsafe class StoreState : IDisposable
{
    private GrowingArray<ModuleInstance> _instances;
    private GrowingArray<MemoryInstance> _memories;
    private CancellationTokenRegistration _cancellation;
    private ExecutionThread? _thread;
    private object?[]? _references;
    private readonly Ownership _ownership = new();
    private readonly nuint _stackByteCount;
    private bool _isDisposed;

    /// <summary>Creates an empty store.</summary>
    /// <param name="engine">What runs code of the modules.</param>
    /// <param name="types">The types of that engine.</param>
    /// <param name="budget">What all guests together may have.</param>
    public StoreState(ExecutionEngine engine, TypeRegistry types, ResourceBudget budget)
    {
        Engine = engine;
        _stackByteCount = (nuint)engine.StackByteCount;
        Types = types;
        Budget = budget;
        Control = (ControlCell*)Arena.Allocate(sizeof(ControlCell) / sizeof(ulong));
    }

    /// <summary>What runs code of the modules.</summary>
    public ExecutionEngine Engine { get; }

    /// <summary>The types of the engine.</summary>
    public TypeRegistry Types { get; }

    /// <summary>Subtyping of those types.</summary>
    public Matching Matching => new(Types);

    /// <summary>Where cells that running code reaches by address are kept.</summary>
    public CellArena Arena { get; } = new();

    /// <summary>Measures the time that guests wait.</summary>
    public required TimeProvider TimeProvider { get; init; }

    /// <summary>Whether new memories are to be guarded, those that can be.</summary>
    public bool WantsGuardPages { get; init; }

    /// <summary>What is left of the limits.</summary>
    public ResourceBudget Budget { get; }

    /// <summary>Units of fuel left. A guest that trapped may have used more than there was.</summary>
    public long Fuel
    {
        get => Math.Max(Control->Fuel, 0);
        set => Control->Fuel = value;
    }

    /// <summary>What running code looks at to know whether it may go on.</summary>
    public ControlCell* Control { get; }

    /// <summary>Results of a call that are references, but the first result; see <see cref="ControlCell.ResultSlots"/>.</summary>
    public object?[] ResultReferences { get; set; } = [];

    /// <summary>Makes room for so many results of a call.</summary>
    public void EnsureResultRoom(int count)
    {
        const int SlotsPerResult = 2;
        if (count <= Math.Max(ResultReferences.Length, 1)) return;
        int capacity = (int)BitOperations.RoundUpToPowerOf2((uint)count);
        Control->ResultSlots = Arena.Allocate(capacity * SlotsPerResult);
        ResultReferences = new object?[capacity];
    }

    /// <summary>The store as the embedder sees it.</summary>
    public object? HostView { get; set; }

    /// <summary>The stack on which guest code runs, made when first needed.</summary>
    public ExecutionThread Thread => _thread ??= Engine.CreateThread(this);

    /// <summary>Stops running guest code when cancelled, and refuses to run any afterwards.</summary>
    public CancellationToken Cancellation { get; private set; }

    /// <summary>Claims the store for the calling thread; calls may nest.</summary>
    /// <exception cref="InvalidOperationException">Another thread is using the store.</exception>
    /// <exception cref="ObjectDisposedException">The store was disposed.</exception>
    public void Enter() => TryEnterForCall();

    /// <summary>The same, for a call of a function, which takes some of this thread's own stack.</summary>
    /// <inheritdoc cref="Enter"/>
    /// <exception cref="ExhaustionException">There is not enough left: guest and host may call each other without end.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EnterForCall()
    {
        if (TryEnterForCall() || HostStack.IsSufficient()) return;
        Exit();
        ThrowStackExhausted();
    }

    // False when it is not known whether there is enough stack for a call.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryEnterForCall()
    {
        nuint here = HostStack.Here();
        int depth = _ownership.EnterFavoured(here);
        if (depth < 0)
        {
            EnterSlowly();
            return false;
        }
        if (depth == 0) LimitStack(here, _ownership.FavouredLimit);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EnterSlowly()
    {
        int depth = _ownership.Enter();
        if (depth < 0) throw new InvalidOperationException("The store is in use by another thread; a store serves one thread at a time.");
        if (_isDisposed)
        {
            _ownership.Exit();
            throw new ObjectDisposedException("Store");
        }
        if (depth == 0 && HostStack.IsSupported) LimitStack(HostStack.Here(), HostStack.Range.Limit);
    }

    // The host's stack may be smaller than what the guests may have of it, and part of it is in use already.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void LimitStack(nuint here, nuint limit) => Control->StackLimit = Math.Max(here - _stackByteCount, limit);

    [DoesNotReturn]
    private static void ThrowStackExhausted() => throw new ExhaustionException(ExhaustionKind.CallStack);

    /// <summary>Ends what the last <see cref="Enter"/> began. With the outermost call a request to stop ends, too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit()
    {
        if (Control->Interruption != 0) EndInterruption();
        _ownership.Exit();
    }

    // A cancelled token stops the next call as well. It is asked after the request was forgotten, so that none is lost.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EndInterruption()
    {
        if (!_ownership.IsOutermost) return;
        Volatile.Write(ref Control->Interruption, 0);
        Interlocked.MemoryBarrier();
        if (Cancellation.IsCancellationRequested) Interrupt();
    }

    /// <summary>Makes the guest stop with the trap <see cref="TrapKind.Interrupted"/>: the one that runs, or the next one. Any thread may call this.</summary>
    public void Interrupt() => Volatile.Write(ref Control->Interruption, 1);

    /// <summary>Stops the guest when that was asked for.</summary>
    /// <exception cref="TrapException">It was.</exception>
    public void ThrowIfInterrupted()
    {
        if (Volatile.Read(ref Control->Interruption) != 0) Trap.Throw(TrapKind.Interrupted);
    }

    /// <summary>Ends the guest if it has used more fuel than it had. In code that is not metered it never has.</summary>
    /// <exception cref="ExhaustionException">It has.</exception>
    public void CheckFuel()
    {
        if (Control->Fuel < 0) ThrowFuelExhausted();
    }

    /// <summary>Ends the guest because its fuel is used up.</summary>
    [DoesNotReturn]
    public void ThrowFuelExhausted()
    {
        Fuel = 0;
        throw new ExhaustionException(ExhaustionKind.Fuel);
    }

    /// <summary>Lets <paramref name="token"/> stop guest code from now on, in place of an earlier token.</summary>
    public void InterruptWhenCancelled(CancellationToken token)
    {
        Enter();
        try
        {
            _cancellation.Dispose();
            Cancellation = token;
            _cancellation = token.UnsafeRegister(static store => ((StoreState)store!).Interrupt(), this);
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Calls a function of this store: arguments on entry, results on return, as in <see cref="ExecutionThread.Invoke"/>.</summary>
    /// <exception cref="TrapException">The guest trapped.</exception>
    /// <exception cref="ExhaustionException">The stack or the fuel was used up.</exception>
    public void Invoke(FunctionInstance function, Span<ulong> slots, Span<object?> references)
    {
        EnterForCall();
        try
        {
            if (function is WasmFunction guest) Thread.Invoke(guest, slots, references);
            else InvokeHost((HostFunction)function, slots, references);
        }
        finally
        {
            Exit();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void InvokeHost(HostFunction function, Span<ulong> slots, Span<object?> references)
    {
        var frame = new HostFrame(this, caller: null, slots, references);
        function.Call(ref frame);
    }

    /// <summary>Room for references of one call by the host; calls that nest get rooms of their own.</summary>
    public object?[] RentReferences(int count)
    {
        object?[]? room = Interlocked.Exchange(ref _references, null);
        return room is not null && room.Length == count ? room : new object?[count];
    }

    /// <summary>Gives back what <see cref="RentReferences"/> gave. A call that fails need not.</summary>
    public void ReturnReferences(object?[] room)
    {
        Array.Clear(room);
        Volatile.Write(ref _references, room);
    }

    /// <summary>Keeps an instance, and the memories it defines, as long as the store.</summary>
    public void Keep(ModuleInstance instance)
    {
        _instances.Add(instance);
        foreach (MemoryInstance memory in instance.Memories.AsSpan(instance.Module.ImportedMemoryCount)) Keep(memory);
    }

    /// <summary>Keeps a memory as long as the store, then frees it; a shared one may be in use by other stores and is left to the finalizer.</summary>
    public void Keep(MemoryInstance memory)
    {
        if (!memory.Type.IsShared) _memories.Add(memory);
    }

    /// <summary>Frees memories. Whatever is asked of the store or its instances afterwards is refused.</summary>
    /// <exception cref="InvalidOperationException">The store is in use.</exception>
    public void Dispose()
    {
        if (_isDisposed) return;
        int depth = _ownership.Enter();
        if (depth > 0) _ownership.Exit();
        if (depth != 0) throw new InvalidOperationException("The store is in use and cannot be disposed now.");
        _isDisposed = true;
        _cancellation.Dispose();
        foreach (MemoryInstance memory in _memories.Items) memory.Dispose();
        Budget.ReturnToShared();
        _thread?.Free();
        _ownership.ExitForGood();
    }
}
