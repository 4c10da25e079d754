using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Tests.Binary;

public class NameSectionTests
{
    [Fact]
    public void Every_kind_of_name_is_found()
    {
        NameSection names = Parse(
            "00 04 03 6D 6F 64",                                // mod
            "01 0A 02 01 02 66 31 80 01 02 C3 A9",              // functions 1: f1, 128: é
            "02 0F 02 01 02 00 01 70 02 01 71 80 01 01 03 01 72", // locals of 1: 0 p, 2 q; of 128: 3 r
            "03 06 01 01 01 00 01 6C",                          // labels of 1: 0 l
            "04 04 01 00 01 54", "05 04 01 01 01 74", "06 04 01 02 01 6D", "07 04 01 03 01 67",
            "08 04 01 04 01 65", "09 04 01 05 01 64",
            "0A 06 01 00 01 02 01 78",                          // fields of type 0: 2 x
            "0B 04 01 06 01 78");

        Assert.Null(names.Defect);
        Assert.Equal("mod", names.Module);
        Assert.Equal("f1", names.NameOf(new FuncIndex(1)));
        Assert.Equal("é", names.NameOf(new FuncIndex(128)));
        Assert.Null(names.NameOf(new FuncIndex(2)));
        Assert.Equal("q", names.NameOf(new FuncIndex(1), new LocalIndex(2)));
        Assert.Equal("r", names.NameOf(new FuncIndex(128), new LocalIndex(3)));
        Assert.Null(names.NameOf(new FuncIndex(1), new LocalIndex(3)));
        Assert.Equal("l", names.NameOfLabel(new FuncIndex(1), labelNumber: 0));
        Assert.Equal("T", names.NameOf(new TypeIndex(0)));
        Assert.Equal("t", names.NameOf(new TableIndex(1)));
        Assert.Equal("m", names.NameOf(new MemoryIndex(2)));
        Assert.Equal("g", names.NameOf(new GlobalIndex(3)));
        Assert.Equal("e", names.NameOf(new ElemIndex(4)));
        Assert.Equal("d", names.NameOf(new DataIndex(5)));
        Assert.Equal("x", names.NameOfField(new TypeIndex(0), fieldIndex: 2));
        Assert.Equal("x", names.NameOf(new TagIndex(6)));
    }

    [Theory]
    [InlineData("00 05", "length out of bounds", 101)]
    [InlineData("00 03 01 61 00", "section size mismatch: bytes follow the name of the module", 104)]
    [InlineData("01 01 00 00 01 00", "names out of order: subsection 0 after 1", 103)]
    [InlineData("01 01 00 01 01 00", "names out of order: subsection 1 after 1", 103)]
    [InlineData("01 09 01 00 02 66", "length out of bounds", 101)]
    [InlineData("01 04 01 00 01 FF", "malformed UTF-8 encoding", 105)]
    [InlineData("01 07 02 01 01 61 00 01 62", "names out of order: 0 after 1", 106)]
    [InlineData("01 07 02 01 01 61 01 01 62", "names out of order: 1 after 1", 106)]
    [InlineData("01 05 01 00 01 61 00", "section size mismatch: bytes follow the last name", 106)]
    [InlineData("02 05 01 00 01 00 05", "length out of bounds", 106)]
    [InlineData("01 02 FF FF", "unexpected end", 104)]
    public void What_is_malformed_is_told_and_not_thrown(string hex, string expected, int byteOffset)
    {
        MalformedModuleException? defect = Parse(hex).Defect;
        Assert.NotNull(defect);
        Assert.StartsWith(expected, defect.Message, StringComparison.Ordinal);
        Assert.Equal(byteOffset, defect.ByteOffset);
    }

    [Fact]
    public void Names_before_a_defect_are_still_found()
    {
        NameSection names = Parse("01 07 02 00 01 61 01 05 62", "04 04 01 00 01 54", "FF");
        Assert.Equal("a", names.NameOf(new FuncIndex(0)));
        Assert.Null(names.NameOf(new FuncIndex(1)));
        Assert.Equal("T", names.NameOf(new TypeIndex(0)));
        Assert.NotNull(names.Defect);
    }

    [Fact]
    public void Unknown_kinds_of_names_are_passed_over()
    {
        NameSection names = Parse("01 04 01 00 01 61", "40 02 FF FF");
        Assert.Equal("a", names.NameOf(new FuncIndex(0)));
        Assert.Null(names.Defect);
    }

    [Fact]
    public void A_sample_names_its_functions()
    {
        NameSection? names = NameSection.Of(ModuleDecoder.Decode(SampleModules.Read("samples/trap.wasm")));
        Assert.NotNull(names);
        Assert.Null(names.Defect);
        Assert.Contains("main", Enumerable.Range(0, 200).Select(index => names.NameOf(new FuncIndex((uint)index))));
        Assert.Null(names.NameOf(new FuncIndex(uint.MaxValue)));
    }

    [Fact]
    public void A_module_without_names_has_no_name_section()
        => Assert.Null(NameSection.Of(ModuleDecoder.Decode(ModuleBytes.Module("00 02 01 61"))));

    private static NameSection Parse(params string[] subsections)
        => NameSection.Parse(new CustomSection(NameSection.SectionName, ModuleBytes.Of(string.Concat(subsections)), null, ByteOffset: 100));
}
