using Nacre.Binary;
using Nacre.Syntax;
using Nacre.Validation;
using static Nacre.Tests.Validation.Checks;

namespace Nacre.Tests.Validation;

public class ModuleRuleTests
{
    private static GlobalDefinition Global(Body initializer, ValType? type = null, bool isMutable = false)
        => new(new GlobalType(type ?? ValType.I32, isMutable), Code(initializer));

    private static Import ImportedGlobal(bool isMutable = false) => new("m", "g", new GlobalType(ValType.I32, isMutable));

    private static MemoryType Memory(ulong minimum, ulong? maximum = null, AddressType address = AddressType.I32) => new(new Limits(minimum, maximum), address);

    private static ModuleDefinition WithGlobals(params GlobalDefinition[] globals) => new() { Globals = globals };

    [Fact]
    public void An_empty_module_is_valid() => Assert.Empty(Valid(new ModuleDefinition()).Functions);

    [Fact]
    public void Index_spaces_begin_with_imports_and_their_types_are_canonical()
    {
        ValidatedModule module = Valid(new ModuleDefinition
        {
            RecTypes = [Group(Func()), Group(Func([ValType.I32]))],
            Imports =
            [
                new Import("m", "f", new FuncExternType(Type(1))), new Import("m", "t", new TableType(ValType.RefNull(Type(0)), new Limits(1))),
                new Import("m", "m", Memory(1)), new Import("m", "g", new GlobalType(ValType.RefNull(Type(1)), IsMutable: false)), new Import("m", "e", new TagType(Type(1))),
            ],
            Functions = [Function(0, _ => { })],
            Tables = [new TableDefinition(new TableType(ValType.Funcref, new Limits(2)), null)],
            Memories = [Memory(2)],
            Globals = [Global(code => code.WriteConst(1))],
            Tags = [new TagType(Type(0))],
            Exports = [new Export("t", ExternKind.Table, 0), new Export("e", ExternKind.Tag, 1), new Export("f", ExternKind.Func, 1)],
        });
        Assert.Equal([module.Types[1], module.Types[0]], module.Functions);
        Assert.Equal([module.Types[1], module.Types[0]], module.Tags);
        Assert.Equal(ValType.RefNull(module.Types[0].HeapType), module.Tables[0].Element);
        Assert.Equal(ValType.RefNull(module.Types[1].HeapType), module.Globals[0].Value);
        Assert.Equal([1, 1, 1, 1, 1], [module.ImportedFunctionCount, module.ImportedTableCount, module.ImportedMemoryCount, module.ImportedGlobalCount, module.ImportedTagCount]);
        Assert.Equal(new FuncExternType(module.Types[1].HeapType), module.ImportTypes[0]);
        Assert.Equal(module.Tables[0], module.TypeOf(module.Definition.Exports[0]));
        Assert.Equal(new TagType(module.Types[0].HeapType), module.TypeOf(module.Definition.Exports[1]));
        Assert.Equal(new FuncExternType(module.Types[0].HeapType), module.TypeOf(module.Definition.Exports[2]));
    }

    [Fact]
    public void Types_of_imports_and_functions_are_there_and_of_the_right_kind()
    {
        RecType[] types = [Group(new StructType([])), Group(Func([], [ValType.I32]))];
        Invalid("unknown type 2", new ModuleDefinition { RecTypes = types, Imports = [new Import("m", "f", new FuncExternType(Type(2)))] });
        Invalid("non-function type 0", new ModuleDefinition { RecTypes = types, Imports = [new Import("m", "f", new FuncExternType(Type(0)))] });
        Invalid("unknown type 2", new ModuleDefinition { RecTypes = types, Functions = [Function(2, _ => { })] });
        Invalid("non-function type 0", new ModuleDefinition { RecTypes = types, Functions = [Function(0, _ => { })] });
        Invalid("non-empty tag result type", new ModuleDefinition { RecTypes = types, Tags = [new TagType(Type(1))] });
        Invalid("unknown type 5", new ModuleDefinition { RecTypes = types, Imports = [new Import("m", "g", new GlobalType(ValType.RefNull(Type(5)), IsMutable: false))] });
        Invalid("unknown type 5", new ModuleDefinition { RecTypes = types, Tables = [new TableDefinition(new TableType(ValType.RefNull(Type(5)), new Limits(0)), null)] });
    }

    [Fact]
    public void Exports_have_different_names_and_stand_for_something()
    {
        Export Of(ExternKind kind, uint index = 0) => new("x", kind, index);
        var memory = new ModuleDefinition { Memories = [Memory(1)], Exports = [Of(ExternKind.Memory), Of(ExternKind.Memory)] };
        Invalid("duplicate export name", memory);
        foreach ((ExternKind kind, string category) in new[] { (ExternKind.Func, "function"), (ExternKind.Table, "table"), (ExternKind.Memory, "memory"), (ExternKind.Global, "global"), (ExternKind.Tag, "tag") })
            Invalid($"unknown {category} 3", new ModuleDefinition { Exports = [Of(kind, 3)] });
    }

    [Fact]
    public void The_start_function_takes_and_returns_nothing()
    {
        ModuleDefinition Start(uint index, params ValType[] parameters) => new() { RecTypes = [Group(Func(parameters))], Functions = [Function(0, _ => { })], Start = new FuncIndex(index) };
        Valid(Start(0));
        Invalid("start function", Start(0, ValType.I32));
        Invalid("unknown function 1", Start(1));
    }

    [Theory]
    [InlineData(65_536ul, AddressType.I32, 16, null)]
    [InlineData(65_537ul, AddressType.I32, 16, "memory size must be at most 65536 pages (4GiB)")]
    [InlineData(1ul << 48, AddressType.I64, 16, null)]
    [InlineData((1ul << 48) + 1, AddressType.I64, 16, "memory size must be at most 281474976710656 pages")]
    [InlineData(uint.MaxValue, AddressType.I32, 0, null)]
    [InlineData(1ul << 32, AddressType.I32, 0, "memory size must be at most 4294967295 pages")]
    [InlineData(ulong.MaxValue, AddressType.I64, 0, null)]
    [InlineData(1ul, AddressType.I32, 3, "invalid custom page size 8")]
    [InlineData(1ul, AddressType.I32, 64, "invalid custom page size")]
    public void A_memory_fits_its_address_type(ulong pageCount, AddressType address, byte pageSizeLog2, string? error)
    {
        foreach (Limits limits in (Limits[])[new Limits(pageCount), new Limits(0, pageCount)])
        {
            var module = new ModuleDefinition { Memories = [new MemoryType(limits, address, PageSizeLog2: pageSizeLog2)] };
            if (error is null) Valid(module);
            else Invalid(error, module);
        }
    }

    [Fact]
    public void Limits_begin_before_they_end()
    {
        Invalid("size minimum must not be greater than maximum", new ModuleDefinition { Memories = [Memory(2, 1)] });
        Invalid("size minimum must not be greater than maximum", new ModuleDefinition { Imports = [new Import("m", "t", new TableType(ValType.Funcref, new Limits(2, 1)))] });
        Invalid("table size", new ModuleDefinition { Tables = [new TableDefinition(new TableType(ValType.Funcref, new Limits(1ul << 32)), null)] });
        Valid(new ModuleDefinition { Tables = [new TableDefinition(new TableType(ValType.Funcref, new Limits(1ul << 32), AddressType.I64), null)] });
    }

    [Fact]
    public void A_shared_memory_has_a_maximum()
        => Invalid("shared memory must have maximum", new ModuleDefinition { Memories = [Memory(1) with { IsShared = true }] });

    [Fact]
    public void What_a_feature_allows_is_invalid_without_it()
    {
        Invalid("multiple memories", new ModuleDefinition { Memories = [Memory(1), Memory(1)] }, WasmFeatures.Wasm2);
        var table = new TableDefinition(new TableType(ValType.Funcref, new Limits(1)), null);
        Invalid("multiple tables", new ModuleDefinition { Tables = [table, table] }, WasmFeatures.Wasm1);
        Invalid("invalid custom page size", new ModuleDefinition { Memories = [Memory(1) with { PageSizeLog2 = 0 }] }, WasmFeatures.Wasm3);
        Invalid("invalid result arity", new ModuleDefinition { RecTypes = [Group(Func([], [ValType.I32, ValType.I32]))] }, WasmFeatures.Wasm1);
        Invalid("mutable globals cannot be imported", new ModuleDefinition { Imports = [ImportedGlobal(isMutable: true)] }, WasmFeatures.None);
        Invalid("mutable globals cannot be exported", new ModuleDefinition { Globals = [Global(code => code.WriteConst(1), isMutable: true)], Exports = [new Export("g", ExternKind.Global, 0)] }, WasmFeatures.None);
    }

    [Fact]
    public void Initializers_are_constant()
    {
        Valid(WithGlobals(Global(code => { code.WriteConst(2); code.WriteConst(3); code.Write(Opcode.I32Mul); })));
        Invalid("constant expression required", WithGlobals(Global(code => { code.WriteConst(2); code.WriteConst(3); code.Write(Opcode.I32Mul); })), WasmFeatures.Wasm2);
        Invalid("constant expression required", WithGlobals(Global(code => { code.WriteConst(2); code.Write(Opcode.I32Eqz); })));
        Invalid("constant expression required", WithGlobals(Global(code => code.Write(Opcode.Unreachable))));
        Invalid("type mismatch", WithGlobals(Global(code => code.WriteConst(1L))));
        Invalid("type mismatch", WithGlobals(Global(_ => { })));
        Invalid("type mismatch", WithGlobals(Global(code => { code.WriteConst(1); code.WriteConst(1); })));
    }

    [Fact]
    public void An_initializer_sees_earlier_globals_that_cannot_change()
    {
        GlobalDefinition One(bool isMutable = false) => Global(code => code.WriteConst(1), isMutable: isMutable);
        GlobalDefinition Get(uint index) => Global(code => code.Write(Opcode.GlobalGet, index));
        Valid(WithGlobals(One(), Get(0)));
        Valid(new ModuleDefinition { Imports = [ImportedGlobal()], Globals = [Get(0)] }, WasmFeatures.Wasm1);
        Invalid("unknown global 1", WithGlobals(One(), Get(1)));
        Invalid("unknown global 2", WithGlobals(One(), Get(2), One()));
        Invalid("unknown global 0", WithGlobals(One(), Get(0)), WasmFeatures.Wasm2);
        Invalid("constant expression required", WithGlobals(One(isMutable: true), Get(0)));
    }

    [Fact]
    public void A_function_mentioned_by_an_initializer_may_be_referred_to_in_bodies()
    {
        ModuleDefinition Module(params GlobalDefinition[] globals) => new()
        {
            RecTypes = [Group(Func())],
            Globals = globals,
            Functions = [Function(0, code => { code.Write(Opcode.RefFunc, 0); code.Write(Opcode.Drop); })],
        };
        Valid(Module(Global(code => code.Write(Opcode.RefFunc, 0), ValType.Ref(Type(0)))));
        Invalid("undeclared function reference 0", Module());
        Invalid("unknown function 1", Module(Global(code => code.Write(Opcode.RefFunc, 1), ValType.Funcref)));
    }

    [Fact]
    public void A_table_of_references_that_are_never_null_needs_an_initializer()
    {
        TableDefinition Table(Expr? initializer) => new(new TableType(ValType.Ref(AbstractHeapType.I31), new Limits(1)), initializer);
        Valid(new ModuleDefinition { Tables = [Table(Code(code => { code.WriteConst(1); code.Write(Opcode.RefI31); }))] });
        Invalid("type mismatch: a table of (ref i31) needs an initializer", new ModuleDefinition { Tables = [Table(null)] });
        Invalid("type mismatch", new ModuleDefinition { Tables = [Table(Code(code => code.Write(Opcode.RefNull, new Immediates { Heap = new HeapType(AbstractHeapType.I31) })))] });
    }

    [Fact]
    public void Element_segments_fit_their_table()
    {
        ElementSegment Segment(ValType type, Expr? offset = null, uint table = 0, params FuncIndex[] functions)
            => new(SegmentMode.Active, new TableIndex(table), offset ?? I32(0), type, functions, null);
        ModuleDefinition Module(ElementSegment segment, AddressType address = AddressType.I32) => new()
        {
            RecTypes = [Group(Func())],
            Functions = [Function(0, _ => { })],
            Tables = [new TableDefinition(new TableType(ValType.Funcref, new Limits(1), address), null)],
            Elements = [segment],
        };
        Valid(Module(Segment(ValType.Funcref, functions: new FuncIndex(0))));
        Valid(Module(Segment(ValType.Ref(AbstractHeapType.Func), Code(code => code.WriteConst(0L))), AddressType.I64));
        Invalid("unknown function 7", Module(Segment(ValType.Funcref, functions: new FuncIndex(7))));
        Invalid("unknown table 1", Module(Segment(ValType.Funcref, table: 1)));
        Invalid("type mismatch: element segment's type externref does not match", Module(Segment(ValType.Externref)));
        Invalid("type mismatch: func 0 does not match", Module(Segment(ValType.Externref, functions: new FuncIndex(0))));
        Invalid("type mismatch", Module(Segment(ValType.Funcref), AddressType.I64));
        Invalid("constant expression required", Module(Segment(ValType.Funcref, Code(code => code.Write(Opcode.Nop)))));
    }

    [Fact]
    public void Data_segments_have_a_memory_and_an_offset_of_its_address_type()
    {
        ModuleDefinition Module(uint memory, Expr offset) => new()
        {
            Memories = [Memory(1), Memory(1, address: AddressType.I64)],
            Data = [new DataSegment(SegmentMode.Active, new MemoryIndex(memory), offset, default)],
        };
        Valid(Module(0, I32(0)));
        Valid(Module(1, Code(code => code.WriteConst(0L))));
        Invalid("type mismatch", Module(1, I32(0)));
        Invalid("unknown memory 2", Module(2, I32(0)));
        Invalid("unknown global 0", Module(0, Code(code => code.Write(Opcode.GlobalGet, 0))));
    }

    [Fact]
    public void An_error_outside_of_bodies_names_the_beginning_of_its_section()
    {
        var module = new ModuleDefinition
        {
            Exports = [new Export("f", ExternKind.Func, 0)],
            Sections = [new SectionSpan(SectionId.Export, null, ByteOffset: 10, ByteCount: 5)],
        };
        InvalidModuleException error = Invalid("unknown function 0", module);
        Assert.Equal(10, error.ByteOffset);
        Assert.Null(error.Function);
        Assert.Null(Invalid("unknown function 0", new ModuleDefinition { Start = new FuncIndex(0) }).ByteOffset);
    }
}
