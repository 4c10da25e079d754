using Nacre.Syntax;

namespace Nacre.Validation;

/// <summary>What the rules may refer to: the specification's context <c>C</c>, but for what belongs to a single function.</summary>
/// <remarks>
/// Every type in it is in <see cref="TypeSpace.Canonical"/>. It grows while the module's rules are checked, and is only read
/// while bodies are. Spec: Validation, Conventions, Contexts.
/// </remarks>
internal sealed class ValidationContext(ModuleDefinition definition, WasmFeatures features, TypeRegistry registry)
{
    public ModuleDefinition Definition { get; } = definition;
    public WasmFeatures Features { get; } = features;
    public TypeRegistry Registry { get; } = registry;
    public Matching Matching { get; } = new(registry);

    public DefinedType[] Types { get; set; } = [];
    public DefinedType[] Functions { get; set; } = [];
    public TableType[] Tables { get; set; } = [];
    public MemoryType[] Memories { get; set; } = [];
    public GlobalType[] Globals { get; set; } = [];
    public DefinedType[] Tags { get; set; } = [];
    public ValType[] Elements { get; set; } = Empty<ValType>.Array;

    /// <summary>Functions mentioned outside of bodies: those that <c>ref.func</c> may refer to (the specification's <c>C.refs</c>).</summary>
    public bool[] DeclaredFunctions { get; set; } = [];

    /// <summary>How short instructions are validated; empty where there is too little code for it to pay.</summary>
    public ShortRule[] ShortRules { get; set; } = Empty<ShortRule>.Array;

    /// <summary>Whether all of <paramref name="features"/> are allowed.</summary>
    public bool Allows(WasmFeatures features) => (Features & features) == features;

    /// <summary>Leads a type of the module to <see cref="TypeSpace.Canonical"/>; false when the module has no such type.</summary>
    public bool TryResolve(HeapType type, out HeapType resolved)
    {
        bool isKnown = !type.IsDefined || (type.Space == TypeSpace.Module && type.Index < (uint)Types.Length);
        resolved = isKnown && type.IsDefined ? Types[type.Index].HeapType : type;
        return isKnown;
    }

    /// <summary>Leads a value type of the module to <see cref="TypeSpace.Canonical"/>; false when it mentions an unknown type.</summary>
    public bool TryResolve(ValType type, out ValType resolved)
    {
        resolved = type;
        if (!type.IsReference) return true;
        bool isKnown = TryResolve(type.HeapType, out HeapType heapType);
        resolved = ValType.Reference(heapType, type.IsNullable);
        return isKnown;
    }

    /// <summary>The type as the module's author knows it: by the first index that stands for it in the module.</summary>
    public string Name(ValType type)
    {
        int index = type.IsReference && type.HeapType.IsDefined ? Array.FindIndex(Types, known => known.HeapType == type.HeapType) : -1;
        return (index < 0 ? type : ValType.Reference(new HeapType((uint)index, TypeSpace.Module), type.IsNullable)).ToString();
    }

    /// <summary>The types as the module's author knows them, as <c>[i32 (ref 3)]</c>.</summary>
    public string Names(ReadOnlySpan<ValType> types)
    {
        var names = new string[types.Length];
        for (int i = 0; i < types.Length; i++) names[i] = Name(types[i]);
        return $"[{string.Join(' ', names)}]";
    }
}
