using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Tests.Binary;

public class ModuleRoundTripTests
{
    public static TheoryData<string> Samples => SampleModules.Theory;

    [Theory, MemberData(nameof(Samples))]
    public void A_sample_is_encoded_to_an_equal_module(string name)
    {
        byte[] bytes = SampleModules.Read(name);
        ModuleDefinition module = ModuleDecoder.Decode(bytes);
        Assert.Equal(ModuleDump.Of(module), ModuleDump.Of(ModuleDecoder.Decode(ModuleEncoder.Encode(module))));
    }

    [Fact]
    public void A_module_in_shortest_form_comes_back_byte_for_byte()
    {
        byte[] bytes = ModuleBytes.Module(
            (SectionId.Custom, ModuleBytes.Custom("first", "00")),
            (SectionId.Type, "06 60 00 00 60 01 7F 02 7E 7B 4E 02 50 00 5F 02 78 01 63 03 00 4F 01 02 5E 77 01 5E 64 6E 00 50 01 04 5E 6D 01 4E 00"),
            (SectionId.Import, "05 01 6D 01 66 00 00 00 00 01 70 01 02 03 00 00 02 03 01 02 00 00 03 7F 01 00 00 04 00 00"),
            (SectionId.Function, "02 00 01"),
            (SectionId.Table, "02 6F 04 00 40 00 64 70 01 02 03 D2 00 0B"),
            (SectionId.Memory, "03 00 01 05 01 80 80 80 80 10 08 05 00"),
            (SectionId.Tag, "01 00 00"),
            (SectionId.Custom, ModuleBytes.Custom("middle", "00")),
            (SectionId.Global, "01 7F 00 41 2A 0B"),
            (SectionId.Export, "02 02 C3 A9 00 01 01 61 04 00"),
            (SectionId.Start, "01"),
            (SectionId.Element, "08 00 41 00 0B 01 00 01 00 01 00 02 01 41 00 0B 00 00 03 00 00 04 41 00 0B 01 D2 00 0B 05 6F 01 D0 6F 0B"
                + "06 00 41 00 0B 64 00 00 07 70 01 D2 00 0B"),
            (SectionId.DataCount, "03"),
            (SectionId.Code, "02 02 00 0B 0F 02 01 7F 02 7E 02 40 41 80 01 1A 0C 00 0B 0B"),
            (SectionId.Data, "03 00 41 00 0B 02 AA BB 01 01 CC 02 01 41 00 0B 00"),
            (SectionId.Custom, ModuleBytes.Custom("last", "00")),
            (SectionId.Custom, ModuleBytes.Custom("last", "01")));

        Assert.Equal(bytes, ModuleEncoder.Encode(ModuleDecoder.Decode(bytes, WasmFeatures.All)));
    }

    [Fact]
    public void Empty_sections_stay_where_custom_sections_tell_their_place_by_them()
    {
        var sections = new List<(SectionId, string)> { (SectionId.Custom, ModuleBytes.Custom("custom", "00")) };
        foreach (SectionId id in SectionOrder.All)
        {
            if (id is not SectionId.Start) sections.Add((id, "00"));
            sections.Add((SectionId.Custom, ModuleBytes.Custom("custom", $"{(byte)id:X2}")));
        }
        byte[] bytes = ModuleBytes.Module([.. sections]);
        Assert.Equal(bytes, ModuleEncoder.Encode(ModuleDecoder.Decode(bytes)));
    }

    [Theory]
    [InlineData("01 85 00 81 00 60 00 00", "01 04 01 60 00 00")]
    [InlineData("01 06 01 4E 01 60 00 00", "01 04 01 60 00 00")]
    [InlineData("01 06 01 4F 00 60 00 00", "01 04 01 60 00 00")]
    [InlineData("04 05 01 63 70 00 00", "04 04 01 70 00 00")]
    [InlineData("05 04 01 08 01 10", "05 03 01 00 01")]
    [InlineData("05 07 01 00 82 80 80 80 00", "05 03 01 00 02")]
    [InlineData("09 09 01 02 00 41 00 0B 00 01 00", "09 07 01 00 41 00 0B 01 00")]
    [InlineData("0B 08 01 02 00 41 00 0B 01 AA", "0B 07 01 00 41 00 0B 01 AA")]
    [InlineData("0B 07 01 00 41 80 00 0B 00", "0B 07 01 00 41 80 00 0B 00")]
    public void Everything_but_code_is_written_in_its_shortest_form(string hex, string expected)
    {
        byte[] encoded = ModuleEncoder.Encode(ModuleDecoder.Decode(ModuleBytes.Module(hex), WasmFeatures.All));
        Assert.Equal(Convert.ToHexString(ModuleBytes.Module(expected)), Convert.ToHexString(encoded));
    }

    [Fact]
    public void Functions_of_a_nullable_type_are_written_as_expressions()
    {
        var segment = new ElementSegment(SegmentMode.Passive, default, null, ValType.Funcref, [new FuncIndex(3), new FuncIndex(200)], null);
        byte[] encoded = ModuleEncoder.Encode(new ModuleDefinition { Elements = [segment] });
        Assert.Equal(ModuleBytes.Module("09 0B 01 05 70 02 D2 03 0B D2 C8 01 0B"), encoded);
    }

    [Fact]
    public void A_module_made_by_hand_leaves_empty_sections_out()
    {
        var module = new ModuleDefinition { Memories = [new MemoryType(new Limits(1, 2))], CustomSections = [new CustomSection("x", default, SectionId.Type, 0)] };
        Assert.Equal(ModuleBytes.Module("00 02 01 78 05 04 01 01 01 02"), ModuleEncoder.Encode(module));
    }
}
