using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>Makes an instance of a module: links, allocates, initialises and starts it.</summary>
/// <remarks>
/// Spec: Execution, Modules, Allocation and Instantiation. A trap in a segment or in the start function leaves what was done before
/// it: other instances may already hold references to the new one, so it lives on with the store.
/// </remarks>
internal sealed class Instantiation
{
    private readonly StoreState _store;
    private readonly ValidatedModule _module;
    private readonly ModuleDefinition _definition;
    private readonly ModuleInstance _instance;
    private readonly ConstantEvaluator _constants;

    private Instantiation(StoreState store, ValidatedModule module, ModuleCode code)
    {
        _store = store;
        _module = module;
        _definition = module.Definition;
        _instance = new ModuleInstance(store, module, code);
        _constants = new ConstantEvaluator(_instance);
    }

    /// <summary>Instantiates <paramref name="module"/>.</summary>
    /// <param name="store">Where the instance will live. All imports live there too, but for shared memories.</param>
    /// <param name="module">The module.</param>
    /// <param name="code">The store's engine's code for it.</param>
    /// <param name="imports">One value for each import, in the module's order.</param>
    /// <exception cref="LinkException">An import does not match.</exception>
    /// <exception cref="ExhaustionException">A memory, a table or the instance itself exceeds the store's limits.</exception>
    /// <exception cref="TrapException">A segment does not fit, or the start function trapped.</exception>
    public static ModuleInstance Instantiate(StoreState store, ValidatedModule module, ModuleCode code, ReadOnlySpan<ExternValue> imports)
    {
        store.Enter();
        try
        {
            ImportMatching.Check(store, module, imports);
            store.Budget.TakeInstance();
            Instantiation instantiation = Allocate(store, module, code, imports);
            store.Keep(instantiation._instance);
            instantiation.RunSegments();
            instantiation.Start();
            return instantiation._instance;
        }
        finally
        {
            store.Exit();
        }
    }

    // Until here nobody else knows the instance: when it cannot be finished, everything it took is given back.
    private static Instantiation Allocate(StoreState store, ValidatedModule module, ModuleCode code, ReadOnlySpan<ExternValue> imports)
    {
        var instantiation = new Instantiation(store, module, code);
        bool isComplete = false;
        try
        {
            instantiation.Import(imports);
            instantiation.AllocateAll();
            code.Attach(instantiation._instance);
            isComplete = true;
            return instantiation;
        }
        finally
        {
            if (!isComplete) instantiation.GiveBack();
        }
    }

    private void Import(ReadOnlySpan<ExternValue> imports)
    {
        int functions = 0, tables = 0, memories = 0, globals = 0, tags = 0;
        foreach (ExternValue import in imports)
        {
            switch (import.Kind)
            {
                case ExternKind.Func: _instance.SetImportedFunction((uint)functions++, import.Function); break;
                case ExternKind.Table: _instance.Tables[tables++] = import.Table; break;
                case ExternKind.Memory: _instance.SetMemory(memories++, import.Memory); break;
                case ExternKind.Global: _instance.SetGlobal(globals++, import.Global); break;
                case ExternKind.Tag: _instance.Tags[tags++] = import.Tag; break;
            }
        }
    }

    private void AllocateAll()
    {
        AllocateMemories();
        AllocateTags();
        AllocateGlobals();
        AllocateTables();
        EvaluateElements();
        for (int i = 0; i < _definition.Data.Length; i++) _instance.Data[i] = _definition.Data[i].Bytes;
    }

    private void AllocateMemories()
    {
        for (int i = _module.ImportedMemoryCount; i < _instance.Memories.Length; i++)
            _instance.SetMemory(i, new MemoryInstance(_store.Arena, _store.Budget, _module.Memories[i], _store.WantsGuardPages));
    }

    private void AllocateTags()
    {
        for (int i = _module.ImportedTagCount; i < _instance.Tags.Length; i++)
            _instance.Tags[i] = new TagInstance(_module.Tags[i]);
    }

    // Each initialiser may refer to the globals before it.
    private void AllocateGlobals()
    {
        int first = _module.ImportedGlobalCount;
        for (int i = 0; i < _definition.Globals.Length; i++)
        {
            var global = new GlobalInstance(_store.Arena, _module.Globals[first + i]);
            global.Value = _constants.Evaluate(_definition.Globals[i].Initializer);
            _instance.SetGlobal(first + i, global);
        }
    }

    private void AllocateTables()
    {
        int first = _module.ImportedTableCount;
        for (int i = 0; i < _definition.Tables.Length; i++)
        {
            object? initial = _definition.Tables[i].Initializer is { } initializer ? _constants.Evaluate(initializer).Reference : null;
            _instance.Tables[first + i] = new TableInstance(_store.Budget, _module.Tables[first + i], initial);
        }
    }

    private void EvaluateElements()
    {
        for (int i = 0; i < _definition.Elements.Length; i++)
        {
            ElementSegment segment = _definition.Elements[i];
            var elements = new object?[segment.Count];
            for (int j = 0; j < elements.Length; j++)
            {
                elements[j] = segment.Functions is { } functions
                    ? _instance.Function(functions[j].Value)
                    : _constants.Evaluate(segment.Initializers![j]).Reference;
            }
            _instance.Elements[i] = elements;
        }
    }

    // Active segments are copied one by one and dropped, as the instructions table.init, elem.drop, memory.init and data.drop would.
    private void RunSegments()
    {
        for (int i = 0; i < _definition.Elements.Length; i++)
        {
            ElementSegment segment = _definition.Elements[i];
            if (segment.Mode == SegmentMode.Active)
            {
                ulong offset = _constants.EvaluateOffset(segment.Offset!.Value);
                _instance.Tables[segment.Table.Value].Init(offset, _instance.Elements[i], 0, (ulong)segment.Count);
            }
            if (segment.Mode != SegmentMode.Passive) _instance.DropElements((uint)i);
        }
        for (int i = 0; i < _definition.Data.Length; i++)
        {
            DataSegment segment = _definition.Data[i];
            if (segment.Mode != SegmentMode.Active) continue;
            ulong offset = _constants.EvaluateOffset(segment.Offset!.Value);
            _instance.Memories[segment.Memory.Value].Init(offset, segment.Bytes.Span, 0, (ulong)segment.Bytes.Length);
            _instance.DropData((uint)i);
        }
    }

    private void Start()
    {
        if (_definition.Start is { } start) _store.Invoke(_instance.Function(start.Value), [], []);
    }

    private void GiveBack()
    {
        _store.Budget.ReturnInstance();
        foreach (MemoryInstance? memory in _instance.Memories.AsSpan(_module.ImportedMemoryCount)) memory?.Dispose();
        foreach (TableInstance? table in _instance.Tables.AsSpan(_module.ImportedTableCount))
            if (table is not null) _store.Budget.ReturnTable(table.Size);
    }
}
