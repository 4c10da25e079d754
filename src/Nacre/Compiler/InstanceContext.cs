using System.Runtime.Intrinsics;
using Nacre.Runtime;
using Nacre.Validation;

namespace Nacre.Compiler;

/// <summary>The state of one instance as compiled code sees it: the last argument of each of its functions.</summary>
/// <remarks>
/// Fields, because compiled code loads them. Safe because cells lie in the store's arena, which <see cref="Instance"/> keeps alive, and
/// because <see cref="Base0"/> is set only for a memory that never moves and is not freed while code runs.
/// </remarks>
internal sealed unsafe class InstanceContext
{
    /// <summary>The instance.</summary>
    public readonly ModuleInstance Instance;
    /// <summary>The module's code that fits the instance's memories.</summary>
    public readonly CodeVariant Code;
    /// <summary>The store, for the comparison with that of a function about to be called.</summary>
    public readonly StoreState Store;
    /// <summary>What tells the code whether it may go on.</summary>
    public readonly ControlCell* Control;
    /// <summary>Memory 0; null without one.</summary>
    public readonly MemoryCell* Memory0;
    /// <summary>Where memory 0 begins, for code that relies on guard pages; null for other code.</summary>
    public readonly byte* Base0;
    /// <summary>Cells of the globals.</summary>
    public readonly ulong** GlobalCells;
    /// <summary>Cells of the memories.</summary>
    public readonly MemoryCell** MemoryCells;
    /// <summary>The globals.</summary>
    public readonly GlobalInstance[] Globals;
    /// <summary>The tables.</summary>
    public readonly TableInstance[] Tables;
    /// <summary>Table 0; null without one.</summary>
    public readonly TableInstance? Table0;
    /// <summary>The module's types.</summary>
    public readonly DefinedType[] Types;
    /// <summary>What calls of the imported functions reach.</summary>
    public readonly FunctionInstance[] Imports;

    /// <summary>None is set, which RyuJIT does not know.</summary>
    public readonly long NoBits;
    /// <inheritdoc cref="NoBits"/>
    public readonly Vector128<byte> NoLanes;

    private Dictionary<HostFunction, BoundHostFunction>? _boundHostFunctions;

    /// <summary>Looks at an instance that is complete.</summary>
    public InstanceContext(ModuleInstance instance, CodeVariant code)
    {
        (NoBits, NoLanes) = (0, default);
        Instance = instance;
        Code = code;
        Store = instance.Store;
        Control = Store.Control;
        Memory0 = instance.Memories.Length > 0 ? instance.MemoryCells[0] : null;
        Base0 = code.IsGuarded ? Memory0->Base : null;
        GlobalCells = instance.GlobalCells;
        MemoryCells = instance.MemoryCells;
        Globals = instance.Globals;
        Tables = instance.Tables;
        Table0 = Tables.Length > 0 ? Tables[0] : null;
        Types = instance.Module.Types;
        Imports = new FunctionInstance[instance.Module.ImportedFunctionCount];
        for (int i = 0; i < Imports.Length; i++) Imports[i] = Bind(instance.Function((uint)i));
    }

    /// <summary>An instance as compiled code sees it.</summary>
    public static InstanceContext Of(ModuleInstance instance)
    {
        if (instance.Context is null) instance.Code.EnsureContext(instance);
        return (InstanceContext)instance.Context!;
    }

    /// <summary>What a call of <paramref name="function"/> from this instance reaches: a host function learns who called.</summary>
    public FunctionInstance Bind(FunctionInstance function)
    {
        if (function is not HostFunction host) return function;
        _boundHostFunctions ??= [];
        if (!_boundHostFunctions.TryGetValue(host, out BoundHostFunction? bound))
            _boundHostFunctions.Add(host, bound = new BoundHostFunction(this, host));
        return bound;
    }
}

/// <summary>A host function together with the instance that calls it. No guest ever holds one as a reference.</summary>
internal sealed class BoundHostFunction : FunctionInstance
{
    /// <summary>Binds <paramref name="host"/> to its caller.</summary>
    public BoundHostFunction(InstanceContext caller, HostFunction host) : base(host.Store, host.Type)
    {
        Caller = caller;
        Host = host;
        Context = this;
    }

    /// <summary>Who calls.</summary>
    public InstanceContext Caller { get; }

    /// <summary>What is called.</summary>
    public HostFunction Host { get; }
}
