using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>A module together with everything its indices stand for.</summary>
/// <remarks>
/// Spec: Execution, Runtime Structure, Module Instances. Lives as long as its store. Safe because the lists of cells lie in the store's
/// arena and have an entry for each global and memory, which is filled in before code runs.
/// </remarks>
internal sealed unsafe class ModuleInstance
{
    private readonly FunctionInstance?[] _functions;

    /// <summary>Creates the instance around its imports; instantiation fills in the rest.</summary>
    public ModuleInstance(StoreState store, ValidatedModule module, ModuleCode code)
    {
        Store = store;
        Module = module;
        Code = code;
        _functions = new FunctionInstance?[module.Functions.Length];
        Tables = new TableInstance[module.Tables.Length];
        Memories = new MemoryInstance[module.Memories.Length];
        Globals = new GlobalInstance[module.Globals.Length];
        Tags = new TagInstance[module.Tags.Length];
        Elements = new object?[module.Definition.Elements.Length][];
        Data = new ReadOnlyMemory<byte>[module.Definition.Data.Length];
        GlobalCells = (ulong**)store.Arena.Allocate(Globals.Length + Memories.Length);
        MemoryCells = (MemoryCell**)(GlobalCells + Globals.Length);
    }

    /// <summary>The store the instance lives in.</summary>
    public StoreState Store { get; }
    /// <summary>The module this is an instance of.</summary>
    public ValidatedModule Module { get; }
    /// <summary>The engine's code for the module, shared by all its instances.</summary>
    public ModuleCode Code { get; }
    /// <summary>Tables, imports first.</summary>
    public TableInstance[] Tables { get; }
    /// <summary>Memories, imports first.</summary>
    public MemoryInstance[] Memories { get; }
    /// <summary>Globals, imports first.</summary>
    public GlobalInstance[] Globals { get; }
    /// <summary>Tags, imports first.</summary>
    public TagInstance[] Tags { get; }
    /// <summary>Element segments; a dropped one is empty.</summary>
    public object?[][] Elements { get; }
    /// <summary>Data segments; a dropped one is empty.</summary>
    public ReadOnlyMemory<byte>[] Data { get; }
    /// <summary>Cells of <see cref="Globals"/>, for running code.</summary>
    public ulong** GlobalCells { get; }
    /// <summary>Cells of <see cref="Memories"/>, for running code.</summary>
    public MemoryCell** MemoryCells { get; }

    /// <summary>The instance as the engine's running code sees it; null for engines that need nothing more than this object.</summary>
    public object? Context { get; set; }

    /// <summary>The instance as the embedder sees it.</summary>
    public object? HostView { get; set; }

    /// <summary>The function number <paramref name="index"/>; a defined one becomes an object when first asked for.</summary>
    public FunctionInstance Function(uint index)
        => _functions[index] ??= new WasmFunction(this, new FuncIndex(index), Module.Functions[index]);

    /// <summary>What an export of the module stands for here.</summary>
    public ExternValue External(Export export) => export.Kind switch
    {
        ExternKind.Func => new ExternValue(Function(export.Index)),
        ExternKind.Table => new ExternValue(Tables[export.Index]),
        ExternKind.Memory => new ExternValue(Memories[export.Index]),
        ExternKind.Global => new ExternValue(Globals[export.Index]),
        _ => new ExternValue(Tags[export.Index]),
    };

    /// <summary>Fills in an imported function.</summary>
    public void SetImportedFunction(uint index, FunctionInstance function) => _functions[index] = function;

    /// <summary>Fills in a memory.</summary>
    public void SetMemory(int index, MemoryInstance memory)
    {
        Memories[index] = memory;
        MemoryCells[index] = memory.Cell;
    }

    /// <summary>Fills in a global.</summary>
    public void SetGlobal(int index, GlobalInstance global)
    {
        Globals[index] = global;
        GlobalCells[index] = global.Cell;
    }

    /// <summary>The bytes of a data segment that <paramref name="count"/> elements of an array are made from.</summary>
    /// <exception cref="TrapException">They are not all inside the segment.</exception>
    public ReadOnlySpan<byte> DataBytes(uint segment, uint byteOffset, uint count, FieldAccess access)
    {
        ReadOnlySpan<byte> bytes = Data[segment].Span;
        ulong byteCount = (ulong)count * (ulong)access.ByteCount();
        if (byteOffset + byteCount > (ulong)bytes.Length) Trap.Throw(TrapKind.MemoryOutOfBounds);
        return bytes.Slice((int)byteOffset, (int)byteCount);
    }

    /// <summary>The elements <c>[index, index + count)</c> of an element segment.</summary>
    /// <exception cref="TrapException">They are not all inside the segment.</exception>
    public ReadOnlySpan<object?> SegmentElements(uint segment, uint index, uint count)
    {
        ReadOnlySpan<object?> elements = Elements[segment];
        if ((ulong)index + count > (ulong)elements.Length) Trap.Throw(TrapKind.TableOutOfBounds);
        return elements.Slice((int)index, (int)count);
    }

    /// <summary><c>elem.drop</c>: forgets the elements of a segment.</summary>
    public void DropElements(uint index) => Elements[index] = [];

    /// <summary><c>data.drop</c>: forgets the bytes of a segment.</summary>
    public void DropData(uint index) => Data[index] = default;
}
