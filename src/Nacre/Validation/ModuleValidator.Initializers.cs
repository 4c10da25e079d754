using Nacre.Syntax;

namespace Nacre.Validation;

// Spec: Validation, Modules, Globals, Tables, Element Segments and Data Segments.
internal sealed partial class ModuleValidator
{
    private int ImportedGlobalCount => _context.Globals.Length - _definition.Globals.Length;

    // Segments may refer to every global; before garbage collection came, only to imported ones.
    private int GlobalCountForSegments => _context.Allows(WasmFeatures.Gc) ? _context.Globals.Length : ImportedGlobalCount;

    private void ValidateGlobals()
    {
        int visible = ImportedGlobalCount;
        foreach (GlobalDefinition global in _definition.Globals)
        {
            GlobalType type = _context.Globals[visible];
            _constants.ValidateConstant(global.Initializer, type.Value, _context.Allows(WasmFeatures.Gc) ? visible : ImportedGlobalCount);
            visible++;
        }
    }

    private void ValidateTableInitializers()
    {
        _section = SectionId.Table;
        int index = _context.Tables.Length - _definition.Tables.Length;
        foreach (TableDefinition table in _definition.Tables)
        {
            ValType element = _context.Tables[index++].Element;
            if (table.Initializer is { } initializer) _constants.ValidateConstant(initializer, element, ImportedGlobalCount);
            else if (!element.IsDefaultable) Fail($"type mismatch: a table of {_context.Name(element)} needs an initializer");
        }
    }

    private void ValidateElements()
    {
        _section = SectionId.Element;
        for (int i = 0; i < _definition.Elements.Length; i++)
        {
            ElementSegment segment = _definition.Elements[i];
            ValType type = _context.Elements[i];
            foreach (FuncIndex function in segment.Functions ?? Empty<FuncIndex>.Array) Declare(function, type);
            foreach (Expr initializer in segment.Initializers ?? Empty<Expr>.Array)
                _constants.ValidateConstant(initializer, type, GlobalCountForSegments);
            if (segment.Mode == SegmentMode.Active) ValidateActive(segment, type);
        }
    }

    private void Declare(FuncIndex function, ValType elementType)
    {
        DefinedType type = Lookup(_context.Functions, function.Value, "function");
        if (!_context.Matching.Matches(ValType.Ref(type.HeapType), elementType))
            Fail($"type mismatch: {function} does not match the segment's type {_context.Name(elementType)}");
        _context.DeclaredFunctions[function.Value] = true;
    }

    private void ValidateActive(ElementSegment segment, ValType type)
    {
        TableType table = Lookup(_context.Tables, segment.Table.Value, "table");
        if (!_context.Matching.Matches(type, table.Element))
            Fail($"type mismatch: element segment's type {_context.Name(type)} does not match table's element type {_context.Name(table.Element)}");
        ValidateOffset(segment.Offset, table.Address);
    }

    private void ValidateData()
    {
        _section = SectionId.Data;
        foreach (DataSegment segment in _definition.Data)
            if (segment.Mode == SegmentMode.Active)
                ValidateOffset(segment.Offset, Lookup(_context.Memories, segment.Memory.Value, "memory").Address);
    }

    private void ValidateOffset(Expr? offset, AddressType address)
        => _constants.ValidateConstant(offset!.Value, address == AddressType.I64 ? ValType.I64 : ValType.I32, GlobalCountForSegments);
}
