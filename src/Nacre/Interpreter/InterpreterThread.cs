using System.Runtime.InteropServices;
using Nacre.Runtime;

namespace Nacre.Interpreter;

/// <summary>The stacks of one store's guest code, and the registers that internal code works with.</summary>
/// <remarks>
/// Frames are not frames of the host: a guest's call depth is bounded by <see cref="Limit"/> alone, on any thread. Only calls between host
/// and guest nest on the host's stack, which is checked at each.
/// <para>Safe: every slot that code touches lies within its frame, whose size the function's header tells and whose end was compared
/// with <see cref="Limit"/> when the frame was entered; the memory is freed by the store's end, which no call is under way at, or by the
/// finalizer, which cannot run while one is.</para>
/// </remarks>
internal unsafe partial class InterpreterThread : ExecutionThread
{
    // Where guests return to the host, and from a function of another instance: words that every thread shares.
    private readonly CellArena _arena = new();
    private readonly Instr* _exit;
    private readonly Instr* _returnForeign;

    private readonly StoreState _store;
    private ulong* _slots;
    private readonly int _referenceCapacity;
    private object?[] _references = [];

    // Where the next call from the host finds room.
    private ulong* _top;
    private int _referenceTop;

    // Calls between instances under way: what to go back to.
    private ForeignCall[] _foreignCalls = new ForeignCall[4];
    private int _foreignCallCount;

    /// <summary>Creates the stacks; their memory is taken as it is used.</summary>
    public InterpreterThread(StoreState store)
    {
        int slotCount = store.Engine.StackByteCount / sizeof(ulong);
        _store = store;
        _slots = (ulong*)NativeMemory.Alloc((nuint)slotCount, sizeof(ulong));
        Limit = _slots + slotCount;
        _referenceCapacity = slotCount;
        _top = _slots;
        _exit = (Instr*)_arena.Allocate(2 * (sizeof(Instr) / sizeof(ulong)));
        _returnForeign = _exit + 1;
        _exit->Op = Op.Exit;
        _returnForeign->Op = Op.ReturnForeign;
    }

    /// <summary>Frees the stack.</summary>
    ~InterpreterThread() => Free();

    /// <inheritdoc/>
    public override void Free()
    {
        NativeMemory.Free(_slots);
        _slots = null;
    }

    /// <summary>End of the stack's memory: no frame reaches beyond.</summary>
    public ulong* Limit { get; }

    /// <summary>Position of the instruction that is being carried out; kept only where something may look at it.</summary>
    public Instr* Pc;

    /// <summary>Frame of the running function; kept only where something may look at it.</summary>
    public ulong* Fp;

    /// <summary>The running instance.</summary>
    public ModuleInstance Instance { get; private set; } = null!;

    /// <summary>Code of the running instance's functions, null until translated.</summary>
    public Instr** Entries { get; private set; }

    /// <summary>The running instance's memory 0; null when it has none, and then no code looks at it.</summary>
    public MemoryCell* Memory { get; private set; }

    /// <summary>Cells of the running instance's globals.</summary>
    public ulong** Globals { get; private set; }

    /// <summary>Steps left before this thread goes over from the loop to the handlers.</summary>
    public int LoopStepsLeft { get; set; } = Dispatch.InitialLoopSteps;

    /// <summary>Where the running function's references begin.</summary>
    public int ReferenceBase;

    /// <summary>Reference <paramref name="slot"/> of the running frame.</summary>
    public ref object? Reference(uint slot) => ref _references[ReferenceBase + (int)slot];

    /// <summary>References <c>[slot, slot + count)</c> of the running frame.</summary>
    public Span<object?> References(uint slot, int count) => count == 0 ? [] : _references.AsSpan(ReferenceBase + (int)slot, count);

    private void SwitchTo(ModuleInstance instance)
    {
        Instance = instance;
        Entries = ((InterpretedModule)instance.Code).Entries;
        Globals = instance.GlobalCells;
        Memory = instance.Memories.Length > 0 ? instance.MemoryCells[0] : null;
    }

    /// <summary>A call into another instance: where it came from, and where it goes on.</summary>
    private readonly struct ForeignCall(ModuleInstance caller, Instr* returnTo)
    {
        public readonly ModuleInstance Caller = caller;
        public readonly Instr* ReturnTo = returnTo;
    }
}
