using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Tests.Binary;

public class ModuleDecoderTests
{
    [Fact]
    public void The_smallest_module_is_empty()
    {
        ModuleDefinition module = ModuleDecoder.Decode(ModuleBytes.Module(""));
        Assert.Empty(module.Sections);
        Assert.Empty(module.Functions);
        Assert.Null(module.Start);
        Assert.Null(module.DataCount);
    }

    [Fact]
    public void Types_are_read_with_their_groups_and_supertypes()
    {
        ModuleDefinition module = Decode(SectionId.Type,
            "05 60 02 7F 7E 01 7D  4E 02 5F 02 78 01 63 02 00 50 01 01 5E 77 00  50 00 5F 00  4F 01 03 5F 01 7B 01  4E 00");

        Assert.Equal([1, 2, 1, 1, 0], module.RecTypes.Select(group => group.Members.Length));
        SubType function = module.RecTypes[0].Members[0];
        Assert.Equal("[i32 i64] → [f32]", function.Composite.ToString());
        Assert.True(function.IsFinal);
        Assert.Equal("(struct (field (mut i8)) (field (ref null 2)))", module.RecTypes[1].Members[0].Composite.ToString());
        SubType array = module.RecTypes[1].Members[1];
        Assert.Equal("(array i16)", array.Composite.ToString());
        Assert.False(array.IsFinal);
        Assert.Equal([new HeapType(1, TypeSpace.Module)], array.Supertypes.ToArray());
        Assert.False(module.RecTypes[2].Members[0].IsFinal);
        Assert.True(module.RecTypes[3].Members[0].IsFinal);
    }

    [Fact]
    public void Imports_of_every_kind_are_read()
    {
        ModuleDefinition module = Decode(SectionId.Import,
            "06 01 6D 01 66 00 05  01 6D 01 74 01 70 01 02 03  01 6D 02 CE BC 02 03 01 02  00 00 03 7F 01  00 00 04 00 07  00 00 02 04 80 80 80 80 80 80 01");

        Assert.Equal(
            ["(func (type 5))", "(table 2 3 funcref)", "(memory 1 2 shared)", "(global (mut i32))", "(tag (type 7))", "(memory i64 4398046511104)"],
            module.Imports.Select(import => import.Type.ToString()));
        Assert.Equal(("m", "μ"), (module.Imports[2].Module, module.Imports[2].Name));
    }

    [Fact]
    public void Tables_are_read_with_and_without_initializer()
    {
        ModuleDefinition module = Decode(SectionId.Table, "03 6F 00 00  40 00 64 70 05 02 03 D2 00 0B  63 00 04 01");

        Assert.Equal(["(table 0 externref)", "(table i64 2 3 (ref func))", "(table i64 1 (ref null 0))"], module.Tables.Select(table => table.Type.ToString()));
        Assert.Equal("D2000B", Convert.ToHexString(module.Tables[1].Initializer!.Value.Bytes.Span));
        Assert.Null(module.Tables[2].Initializer);
    }

    [Fact]
    public void Memories_are_read_with_every_flag()
    {
        ModuleDefinition module = Decode(SectionId.Memory, "05 00 01  01 01 02  07 01 02  08 05 00  09 01 02 10");

        Assert.Equal(
            ["(memory 1)", "(memory 1 2)", "(memory i64 1 2 shared)", "(memory 5 (pagesize 1))", "(memory 1 2)"],
            module.Memories.Select(memory => memory.ToString()));
    }

    [Fact]
    public void Tags_globals_exports_and_start_are_read()
    {
        ModuleDefinition module = ModuleDecoder.Decode(ModuleBytes.Module(
            (SectionId.Tag, "01 00 02"), (SectionId.Global, "02 7F 00 41 2A 0B 6F 01 D0 6F 0B"),
            (SectionId.Export, "02 01 61 00 03 00 04 80 01"), (SectionId.Start, "09")));

        Assert.Equal(new HeapType(2, TypeSpace.Module), module.Tags[0].Type);
        Assert.Equal(["(global i32)", "(global (mut externref))"], module.Globals.Select(global => global.Type.ToString()));
        Assert.Equal("412A0B", Convert.ToHexString(module.Globals[0].Initializer.Bytes.Span));
        Assert.Equal([new Export("a", ExternKind.Func, 3), new Export("", ExternKind.Tag, 128)], module.Exports);
        Assert.Equal(new FuncIndex(9), module.Start);
    }

    [Theory]
    [InlineData("00 41 00 0B 02 03 04", SegmentMode.Active, 0, "(ref func)", 2)]
    [InlineData("01 00 01 03", SegmentMode.Passive, 0, "(ref func)", 1)]
    [InlineData("02 05 41 00 0B 00 01 03", SegmentMode.Active, 5, "(ref func)", 1)]
    [InlineData("03 00 00", SegmentMode.Declarative, 0, "(ref func)", 0)]
    [InlineData("04 41 00 0B 01 D2 00 0B", SegmentMode.Active, 0, "funcref", -1)]
    [InlineData("05 6F 01 D0 6F 0B", SegmentMode.Passive, 0, "externref", -1)]
    [InlineData("06 05 41 00 0B 64 00 02 D2 00 0B D2 01 0B", SegmentMode.Active, 5, "(ref 0)", -2)]
    [InlineData("07 70 00", SegmentMode.Declarative, 0, "funcref", -0)]
    public void Every_form_of_an_element_segment_is_read(string hex, SegmentMode mode, uint table, string type, int signedCount)
    {
        ElementSegment segment = Decode(SectionId.Element, "01" + hex).Elements[0];

        Assert.Equal(mode, segment.Mode);
        Assert.Equal(table, segment.Table.Value);
        Assert.Equal(type, segment.Type.ToString());
        Assert.Equal(Math.Abs(signedCount), segment.Count);
        Assert.Equal(signedCount < 0, segment.Initializers is { Length: > 0 });
        Assert.Equal(mode == SegmentMode.Active, segment.Offset is not null);
    }

    [Theory]
    [InlineData("00 41 07 0B 02 AA BB", SegmentMode.Active, 0, "AABB")]
    [InlineData("01 00", SegmentMode.Passive, 0, "")]
    [InlineData("02 03 41 07 0B 01 AA", SegmentMode.Active, 3, "AA")]
    public void Every_form_of_a_data_segment_is_read(string hex, SegmentMode mode, uint memory, string contents)
    {
        DataSegment segment = Decode(SectionId.Data, "01" + hex).Data[0];

        Assert.Equal((mode, memory), (segment.Mode, segment.Memory.Value));
        Assert.Equal(contents, Convert.ToHexString(segment.Bytes.Span));
        Assert.Equal(mode == SegmentMode.Active, segment.Offset is not null);
    }

    [Fact]
    public void A_function_keeps_its_locals_and_its_body_with_their_place()
    {
        byte[] bytes = ModuleBytes.Module((SectionId.Function, "01 05"), (SectionId.Code, "01 0C 02 02 7F 00 6F 02 40 03 7F 0B 0B 0B"));
        FuncDefinition function = ModuleDecoder.Decode(bytes).Functions[0];

        Assert.Equal(new TypeIndex(5), function.Type);
        Assert.Equal([new LocalRun(2, ValType.I32), new LocalRun(0, ValType.Externref)], function.Locals);
        Assert.Equal("0240037F0B0B0B", Convert.ToHexString(function.Body.Bytes.Span));
        Assert.Equal(bytes.Length - 7, function.Body.ByteOffset);
    }

    [Fact]
    public void A_constant_expression_that_names_a_data_segment_needs_no_data_count()
    {
        byte[] bytes = ModuleBytes.Module((SectionId.Type, "01 5E 78 00"), (SectionId.Global, "01 64 00 00 41 00 41 00 FB 09 00 00 0B"));
        Assert.Single(ModuleDecoder.Decode(bytes).Globals);
    }

    [Fact]
    public void Blocks_of_every_kind_are_balanced()
    {
        const string Body = "02 40 0B 03 40 0B 04 40 0B 04 40 05 0B 1F 40 01 02 00 0B 06 40 07 00 07 01 19 0B 06 40 18 00 06 40 0B 0B";
        int byteCount = ModuleBytes.Of(Body).Length + 1;
        byte[] bytes = ModuleBytes.Module((SectionId.Function, "01 00"), (SectionId.Code, $"01 {byteCount:X2} 00" + Body));
        Assert.Equal(byteCount - 1, ModuleDecoder.Decode(bytes, WasmFeatures.All).Functions[0].Body.Bytes.Length);
    }

    [Fact]
    public void A_hundred_thousand_nested_blocks_are_read()
    {
        const int Depth = 100_000;
        string body = string.Concat(Enumerable.Repeat("0240", Depth)) + string.Concat(Enumerable.Repeat("0B", Depth + 1));
        string size = Convert.ToHexString(ModuleBytes.U32((3 * Depth) + 2));
        byte[] bytes = ModuleBytes.Module((SectionId.Function, "01 00"), (SectionId.Code, $"01 {size} 00" + body));
        Assert.Single(ModuleDecoder.Decode(bytes).Functions);
    }

    [Fact]
    public void Custom_sections_are_kept_with_their_place()
    {
        byte[] bytes = ModuleBytes.Module(
            (SectionId.Custom, ModuleBytes.Custom("a", "0102")), (SectionId.Type, "00"), (SectionId.Custom, ModuleBytes.Custom("", "")),
            (SectionId.Custom, ModuleBytes.Custom("b", "FF")), (SectionId.Data, "00"), (SectionId.Custom, ModuleBytes.Custom("c", "")));
        ModuleDefinition module = ModuleDecoder.Decode(bytes);

        Assert.Equal(["a", "", "b", "c"], module.CustomSections.Select(section => section.Name));
        Assert.Equal([null, SectionId.Type, SectionId.Type, SectionId.Data], module.CustomSections.Select(section => section.After));
        Assert.Equal("0102", Convert.ToHexString(module.CustomSections[0].Bytes.Span));
        Assert.Equal(12, module.CustomSections[0].ByteOffset);
    }

    [Fact]
    public void Sections_tell_where_their_contents_lie()
    {
        byte[] bytes = ModuleBytes.Module((SectionId.Type, "01 60 00 00"), (SectionId.Custom, ModuleBytes.Custom("x", "07")), (SectionId.Start, "00"));
        Assert.Equal(
            [
                new SectionSpan(SectionId.Type, null, 10, 4),
                new SectionSpan(SectionId.Custom, "x", 16, 3),
                new SectionSpan(SectionId.Start, null, 21, 1),
            ],
            ModuleDecoder.Decode(bytes).Sections);
    }

    private static ModuleDefinition Decode(SectionId id, string hex) => ModuleDecoder.Decode(ModuleBytes.Module((id, hex)), WasmFeatures.All);
}
