using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Cli.Inspection;

/// <summary>Finds the features that a module uses: those of its instructions, types and sections.</summary>
internal sealed class FeatureScan
{
    private const string BranchHints = "metadata.code.branch_hint";

    private WasmFeatures _used;

    public static WasmFeatures Of(ModuleDefinition module)
    {
        var scan = new FeatureScan();
        scan.ScanTypes(module);
        scan.ScanItems(module);
        scan.ScanSegments(module);
        scan.ScanBodies(module);
        return scan._used;
    }

    private void ScanTypes(ModuleDefinition module)
    {
        foreach (RecType group in module.RecTypes)
        {
            UseIf(group.Members.Length > 1, WasmFeatures.Gc);
            foreach (SubType type in group.Members) Scan(type);
        }
    }

    private void Scan(SubType type)
    {
        UseIf(!type.IsFinal || type.Supertypes.Length > 0 || type.Composite is not FuncType, WasmFeatures.Gc);
        switch (type.Composite)
        {
            case FuncType func:
                UseIf(func.Results.Length > 1, WasmFeatures.MultiValue);
                Scan(func.Parameters);
                Scan(func.Results);
                break;
            case StructType structure:
                foreach (FieldType field in structure.Fields) Scan(field.Storage.Unpacked);
                break;
            case ArrayType array:
                Scan(array.Element.Storage.Unpacked);
                break;
        }
    }

    private void Scan(ReadOnlySpan<ValType> types)
    {
        foreach (ValType type in types) Scan(type);
    }

    private void Scan(ValType type)
    {
        UseIf(type == ValType.V128, WasmFeatures.Simd);
        if (!type.IsReference) return;

        UseIf(!type.IsNullable || type.HeapType.IsDefined, WasmFeatures.FunctionReferences);
        Use(type.HeapType.IsDefined ? WasmFeatures.FunctionReferences : type.HeapType.Abstract switch
        {
            AbstractHeapType.Func or AbstractHeapType.Extern => WasmFeatures.ReferenceTypes,
            AbstractHeapType.Exn or AbstractHeapType.NoExn => WasmFeatures.Exceptions,
            _ => WasmFeatures.Gc,
        });
    }

    private void ScanItems(ModuleDefinition module)
    {
        ExternType[] imports = Array.ConvertAll(module.Imports, static import => import.Type);
        TableType[] tables = [.. imports.OfType<TableType>(), .. module.Tables.Select(static table => table.Type)];
        MemoryType[] memories = [.. imports.OfType<MemoryType>(), .. module.Memories];
        GlobalType[] globals = [.. imports.OfType<GlobalType>(), .. module.Globals.Select(static global => global.Type)];

        UseIf(tables.Length > 1, WasmFeatures.ReferenceTypes);
        foreach (TableType table in tables)
        {
            UseIf(table.Address == AddressType.I64, WasmFeatures.Memory64);
            if (table.Element != ValType.Funcref) Scan(table.Element);
        }

        UseIf(memories.Length > 1, WasmFeatures.MultiMemory);
        foreach (MemoryType memory in memories)
        {
            UseIf(memory.Address == AddressType.I64, WasmFeatures.Memory64);
            UseIf(memory.IsShared, WasmFeatures.Threads);
            UseIf(memory.PageSizeLog2 != 16, WasmFeatures.CustomPageSizes);
        }

        foreach (GlobalType global in globals) Scan(global.Value);
        bool exportsMutable = module.Exports.Any(export
            => export.Kind == ExternKind.Global && export.Index < globals.Length && globals[export.Index].IsMutable);
        UseIf(exportsMutable || imports.OfType<GlobalType>().Any(static global => global.IsMutable), WasmFeatures.MutableGlobals);
        UseIf(module.Tags.Length > 0 || imports.OfType<TagType>().Any(), WasmFeatures.Exceptions);
        UseIf(module.CustomSections.Any(static section => section.Name == BranchHints), WasmFeatures.BranchHints);
    }

    private void ScanSegments(ModuleDefinition module)
    {
        UseIf(module.DataCount is not null || module.Data.Any(static data => data.Mode == SegmentMode.Passive), WasmFeatures.BulkMemory);
        foreach (ElementSegment segment in module.Elements)
        {
            UseIf(segment.Mode == SegmentMode.Passive, WasmFeatures.BulkMemory);
            UseIf(segment.Mode == SegmentMode.Declarative || segment.Initializers is not null, WasmFeatures.ReferenceTypes);
            if (segment.Type.HeapType != ValType.Funcref.HeapType) Scan(segment.Type);
            foreach (Expr initializer in segment.Initializers ?? []) ScanConstant(initializer);
            if (segment.Offset is { } offset) ScanConstant(offset);
        }
        foreach (DataSegment segment in module.Data)
            if (segment.Offset is { } offset) ScanConstant(offset);
        foreach (GlobalDefinition global in module.Globals) ScanConstant(global.Initializer);
        foreach (TableDefinition table in module.Tables)
            if (table.Initializer is { } initializer)
            {
                Use(WasmFeatures.FunctionReferences);
                ScanConstant(initializer);
            }
    }

    private void ScanBodies(ModuleDefinition module)
    {
        foreach (FuncDefinition function in module.Functions)
        {
            foreach (LocalRun run in function.Locals) Scan(run.Type);
            ScanCode(function.Body, isConstant: false);
        }
    }

    private void ScanConstant(Expr expression) => ScanCode(expression, isConstant: true);

    private void ScanCode(Expr expression, bool isConstant)
    {
        var reader = new InstructionReader(expression.Bytes.Span, expression.ByteOffset, WasmFeatures.All);
        while (reader.Read())
        {
            Use(OpcodeInfo.Feature(reader.Opcode));
            UseIf(isConstant && IsArithmetic(reader.Opcode), WasmFeatures.ExtendedConst);
            if (OpcodeInfo.Shape(reader.Opcode) != ImmediateShape.Block) continue;
            UseIf(reader.Block.IsIndex, WasmFeatures.MultiValue);
            if (reader.Block.IsValue) Scan(reader.Block.Result);
        }
    }

    private static bool IsArithmetic(Opcode opcode)
        => opcode is Opcode.I32Add or Opcode.I32Sub or Opcode.I32Mul or Opcode.I64Add or Opcode.I64Sub or Opcode.I64Mul;

    private void Use(WasmFeatures features) => _used |= features;

    private void UseIf(bool isUsed, WasmFeatures features)
    {
        if (isUsed) Use(features);
    }
}
