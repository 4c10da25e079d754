using System.Diagnostics.CodeAnalysis;
using Nacre.Syntax;

namespace Nacre.Validation;

// Spec: Validation, Modules, Imports; Validation, Types, External Types and Limits.
internal sealed partial class ModuleValidator
{
    private ExternType[] ValidateImports()
    {
        _section = SectionId.Import;
        var types = new ExternType[_definition.Imports.Length];
        for (int i = 0; i < types.Length; i++) types[i] = Resolve(_definition.Imports[i].Type);
        foreach (ExternType type in types)
            if (type is GlobalType { IsMutable: true }) RequireMutableGlobals("imported");
        return types;
    }

    // Plain loops: this is on the way of every module, and each generic helper more is loaded anew in each process.
    private void LayOutIndexSpaces(ExternType[] imports)
    {
        _section = SectionId.Function;
        LayOutFunctions(imports);
        _section = SectionId.Table;
        _context.Tables = LayOut<TableType>(imports, _definition.Tables.Length);
        for (int i = 0; i < _definition.Tables.Length; i++)
            _context.Tables[^(_definition.Tables.Length - i)] = Resolve(_definition.Tables[i].Type);
        if (_context.Tables.Length > 1 && !_context.Allows(WasmFeatures.ReferenceTypes)) Fail("multiple tables");
        _section = SectionId.Memory;
        _context.Memories = LayOut<MemoryType>(imports, _definition.Memories.Length);
        for (int i = 0; i < _definition.Memories.Length; i++)
            _context.Memories[^(_definition.Memories.Length - i)] = Resolve(_definition.Memories[i]);
        if (_context.Memories.Length > 1 && !_context.Allows(WasmFeatures.MultiMemory)) Fail("multiple memories");
        _section = SectionId.Tag;
        LayOutTags(imports);
        _section = SectionId.Global;
        _context.Globals = LayOut<GlobalType>(imports, _definition.Globals.Length);
        for (int i = 0; i < _definition.Globals.Length; i++)
            _context.Globals[^(_definition.Globals.Length - i)] = Resolve(_definition.Globals[i].Type);
        _section = SectionId.Element;
        _context.Elements = new ValType[_definition.Elements.Length];
        for (int i = 0; i < _definition.Elements.Length; i++) _context.Elements[i] = Resolve(_definition.Elements[i].Type);
    }

    private void LayOutFunctions(ExternType[] imports)
    {
        FuncExternType[] imported = LayOut<FuncExternType>(imports, definedCount: 0);
        var functions = new DefinedType[imported.Length + _definition.Functions.Length];
        for (int i = 0; i < imported.Length; i++) functions[i] = _context.Registry[imported[i].Type];
        for (int i = 0; i < _definition.Functions.Length; i++)
        {
            uint type = _definition.Functions[i].Type.Value;
            functions[imported.Length + i] = RequireFunc(Lookup(_context.Types, type, "type"), type);
        }
        _context.Functions = functions;
        _context.DeclaredFunctions = new bool[functions.Length];
    }

    private void LayOutTags(ExternType[] imports)
    {
        TagType[] tags = LayOut<TagType>(imports, _definition.Tags.Length);
        for (int i = 0; i < _definition.Tags.Length; i++) tags[^(_definition.Tags.Length - i)] = Resolve(_definition.Tags[i]);
        _context.Tags = new DefinedType[tags.Length];
        for (int i = 0; i < tags.Length; i++) _context.Tags[i] = _context.Registry[tags[i].Type];
    }

    /// <summary>The imports of one kind, with room for <paramref name="definedCount"/> definitions after them.</summary>
    private static T[] LayOut<T>(ExternType[] imports, int definedCount) where T : ExternType
    {
        int importedCount = 0;
        foreach (ExternType type in imports)
            if (type is T) importedCount++;
        var space = new T[importedCount + definedCount];
        int index = 0;
        foreach (ExternType type in imports)
            if (type is T item) space[index++] = item;
        return space;
    }

    private ExternType Resolve(ExternType type) => type switch
    {
        FuncExternType func => new FuncExternType(ResolveFunc(func.Type)),
        TableType table => Resolve(table),
        MemoryType memory => Resolve(memory),
        GlobalType global => Resolve(global),
        TagType tag => Resolve(tag),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private TableType Resolve(TableType type)
    {
        ulong most = type.Address == AddressType.I64 ? ulong.MaxValue : uint.MaxValue;
        if (type.Limits.Minimum > most || type.Limits.Maximum > most) Fail("table size must be at most 2^32-1");
        RequireOrder(type.Limits);
        return type with { Element = Resolve(type.Element) };
    }

    private MemoryType Resolve(MemoryType type)
    {
        if (type.PageSizeLog2 != 16 && !(type.PageSizeLog2 == 0 && _context.Allows(WasmFeatures.CustomPageSizes)))
            Fail($"invalid custom page size {type.PageByteCount}");
        int addressBits = type.Address == AddressType.I64 ? 64 : 32;
        ulong most = type.PageSizeLog2 == 0 ? ulong.MaxValue >> (64 - addressBits) : 1UL << (addressBits - type.PageSizeLog2);
        if (type.Limits.Minimum > most || type.Limits.Maximum > most) FailSize(most);
        RequireOrder(type.Limits);
        if (type.IsShared && type.Limits.Maximum is null) Fail("shared memory must have maximum");
        return type;
    }

    private GlobalType Resolve(GlobalType type) => type with { Value = Resolve(type.Value) };

    private TagType Resolve(TagType type)
    {
        HeapType resolved = ResolveFunc(type.Type);
        if (_context.Registry[resolved].Func!.Results.Length > 0) Fail("non-empty tag result type");
        return new TagType(resolved);
    }

    private HeapType ResolveFunc(HeapType type)
    {
        if (!_context.TryResolve(type, out HeapType resolved) || !resolved.IsDefined) Fail($"unknown type {type}");
        return RequireFunc(_context.Registry[resolved], type.Index).HeapType;
    }

    private DefinedType RequireFunc(DefinedType type, uint index)
    {
        if (type.Func is null) Fail($"non-function type {index}");
        return type;
    }

    private ValType Resolve(ValType type)
    {
        if (!_context.TryResolve(type, out ValType resolved)) Fail($"unknown type {type.HeapType}");
        return resolved;
    }

    private void RequireOrder(Limits limits)
    {
        if (limits.Maximum < limits.Minimum) Fail($"size minimum must not be greater than maximum: {limits}");
    }

    [DoesNotReturn]
    private void FailSize(ulong most) => Fail($"memory size must be at most {most} pages{(most == 65536 ? " (4GiB)" : "")}");

    private void RequireMutableGlobals(string how)
    {
        if (!_context.Allows(WasmFeatures.MutableGlobals)) Fail($"mutable globals cannot be {how}");
    }
}
