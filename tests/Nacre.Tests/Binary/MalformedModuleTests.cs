using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Tests.Binary;

public class MalformedModuleTests
{
    private const string OneType = "01 04 01 60 00 00 ", OneFunction = "03 02 01 00 ", OneMemory = "05 03 01 00 00 ";

    [Theory]
    [InlineData("", "unexpected end")]
    [InlineData("00", "unexpected end")]
    [InlineData("00 61 73", "unexpected end")]
    [InlineData("61 73 6D 00", "magic header not detected")]
    [InlineData("28 6D 6F 64 75 6C 65 29", "magic header not detected")]
    [InlineData("EF BB BF 00 61 73 6D 01 00 00 00", "magic header not detected")]
    [InlineData("00 61 73 6D", "unexpected end")]
    [InlineData("00 61 73 6D 01 00 00", "unexpected end")]
    [InlineData("00 61 73 6D 02 00 00 00", "unknown binary version 02000000")]
    [InlineData("00 61 73 6D 0D 00 00 00", "unknown binary version")]
    [InlineData("00 61 73 6D 00 00 00 01", "unknown binary version")]
    public void A_header_that_is_none_is_malformed(string hex, string expected)
        => Assert.False(AssertMalformed(ModuleBytes.Of(hex), expected).IsComponent);

    [Theory]
    [InlineData("00 61 73 6D 0D 00 01 00")]
    [InlineData("00 61 73 6D 0A 00 01 00 07 01 00")]
    public void A_component_is_recognised(string hex)
    {
        MalformedModuleException exception = AssertMalformed(ModuleBytes.Of(hex), "unknown binary version: this is a component");
        Assert.True(exception.IsComponent);
        Assert.Equal(4, exception.ByteOffset);
    }

    [Theory]
    [InlineData("0E 01 00", "malformed section id: 0e", 8)]
    [InlineData("80 01 00 01 01 00", "malformed section id", 8)]
    [InlineData("01", "unexpected end", 9)]
    [InlineData("01 7F 00", "length out of bounds", 9)]
    [InlineData("01 FF FF FF FF 0F", "length out of bounds", 9)]
    [InlineData("01 80 80 80 80 80 00", "integer representation too long", 14)]
    [InlineData("01 80 80 80 80 10", "integer too large", 13)]
    [InlineData("01 02 00 00", "section size mismatch: section 1 declares 2 bytes and has 1", 10)]
    [InlineData("01 00 00", "section size mismatch", 10)]
    public void A_section_whose_frame_is_wrong_is_malformed(string hex, string expected, int byteOffset)
        => Assert.Equal(byteOffset, AssertMalformed(ModuleBytes.Module(hex), expected).ByteOffset);

    [Theory]
    [InlineData(SectionId.Import, SectionId.Type)]
    [InlineData(SectionId.Table, SectionId.Function)]
    [InlineData(SectionId.Tag, SectionId.Memory)]
    [InlineData(SectionId.Global, SectionId.Tag)]
    [InlineData(SectionId.Export, SectionId.Global)]
    [InlineData(SectionId.Element, SectionId.Export)]
    [InlineData(SectionId.DataCount, SectionId.Element)]
    [InlineData(SectionId.Code, SectionId.DataCount)]
    [InlineData(SectionId.Data, SectionId.Code)]
    [InlineData(SectionId.Data, SectionId.Type)]
    public void Sections_out_of_order_are_malformed(SectionId first, SectionId second)
        => AssertMalformed(ModuleBytes.Module((first, "00"), (second, "00")), "unexpected content after last section");

    [Theory]
    [InlineData(SectionId.Type)]
    [InlineData(SectionId.Import)]
    [InlineData(SectionId.Function)]
    [InlineData(SectionId.Table)]
    [InlineData(SectionId.Memory)]
    [InlineData(SectionId.Tag)]
    [InlineData(SectionId.Global)]
    [InlineData(SectionId.Export)]
    [InlineData(SectionId.Start)]
    [InlineData(SectionId.Element)]
    [InlineData(SectionId.DataCount)]
    [InlineData(SectionId.Code)]
    [InlineData(SectionId.Data)]
    public void A_section_that_appears_twice_is_malformed(SectionId id)
        => AssertMalformed(ModuleBytes.Module((id, "00"), (SectionId.Custom, "00"), (id, "00")), "unexpected content after last section");

    [Theory]
    [InlineData("01 02 01 61", "malformed definition type: 61")]
    [InlineData("01 02 01 E0", "integer representation too long")]
    [InlineData("01 05 01 60 01 40 00", "malformed value type: 40")]
    [InlineData("01 04 01 5E 78 02", "malformed mutability: 02")]
    [InlineData("01 04 01 5E 79 00", "malformed value type")]
    [InlineData("02 04 01 00 00 05", "malformed import kind: 05")]
    [InlineData("02 04 01 00 00 80", "malformed import kind")]
    [InlineData("02 05 01 01 FF 00 00", "malformed UTF-8 encoding")]
    [InlineData("02 06 01 00 02 C0 80 00", "malformed UTF-8 encoding")]
    [InlineData("02 06 01 00 00 04 01 00", "zero byte expected")]
    [InlineData("04 04 01 7F 00 00", "malformed reference type: 7f")]
    [InlineData("04 04 01 70 08 00", "malformed limits flags: 08")]
    [InlineData("04 04 01 70 02 00", "malformed limits flags: 02")]
    [InlineData("04 04 01 70 81 00", "malformed limits flags: 81")]
    [InlineData("04 06 01 40 01 70 00 00", "zero byte expected")]
    [InlineData("04 05 01 40 00 70 00", "unexpected end")]
    [InlineData("05 03 01 10 00", "malformed limits flags: 10")]
    [InlineData("05 04 01 08 00 40", "invalid custom page size")]
    [InlineData("05 0D 01 00 82 80 80 80 80 80 80 80 80 80 00", "integer representation too long")]
    [InlineData("05 0C 01 00 82 80 80 80 80 80 80 80 80 02", "integer too large")]
    [InlineData("05 03 02 00 00", "unexpected end")]
    [InlineData("0D 03 01 01 00", "zero byte expected")]
    [InlineData("06 06 01 7F 02 41 00 0B", "malformed mutability: 02")]
    [InlineData("06 05 01 7F 00 41 00", "unexpected end of section or function")]
    [InlineData("06 05 01 7F 00 41 00 0B", "section size mismatch")]
    [InlineData("07 04 01 00 05 00", "malformed export kind: 05")]
    [InlineData("09 02 01 08", "malformed elements segment kind: 8")]
    [InlineData("09 04 01 01 01 00", "malformed element kind")]
    [InlineData("09 07 01 05 7F 01 D2 00 0B", "malformed reference type")]
    [InlineData("09 07 01 05 70 01 F3 00 0B", "illegal opcode f3")]
    [InlineData("0B 02 01 03", "malformed data segment kind: 3")]
    [InlineData("0B 05 01 01 07 61 62", "length out of bounds")]
    [InlineData("00 00", "unexpected end")]
    [InlineData("00 00 00 05 01 00 07 00 00", "unexpected end")]
    [InlineData("00 02 01 80", "malformed UTF-8 encoding")]
    [InlineData("00 02 05 61", "length out of bounds")]
    public void Contents_that_do_not_follow_the_format_are_malformed(string hex, string expected)
        => AssertMalformed(ModuleBytes.Module(hex), expected);

    [Theory]
    [InlineData("0A 08 01 06 00 00 FF 00 00 0B", "illegal opcode ff")]
    [InlineData("0A 06 01 04 00 41 01 1A", "unexpected end of section or function")]
    [InlineData("0A 06 01 04 00 41 01 1A 0B 03 01 01 00", "section size mismatch")]
    [InlineData("0A 05 01 03 00 05 0B", "END opcode expected: else does not belong here")]
    [InlineData("0A 0A 01 08 00 04 40 05 05 0B 0B 0B", "END opcode expected")]
    [InlineData("0A 08 01 06 00 02 40 05 0B 0B", "END opcode expected")]
    [InlineData("0A 05 01 03 00 19 0B", "END opcode expected: catch_all does not belong here")]
    [InlineData("0A 0A 01 08 00 06 40 19 07 00 0B 0B", "END opcode expected")]
    [InlineData("0A 06 01 04 00 18 00 0B", "END opcode expected: delegate does not belong here")]
    [InlineData("0A 06 01 04 00 02 40 0B", "unexpected end of section or function")]
    [InlineData("0A 05 01 03 00 0B 0B", "section size mismatch")]
    [InlineData("0A 06 01 02 00 01 01 0B", "section size mismatch")]
    [InlineData("0A 06 01 04 00 28 80 00", "unexpected end")]
    [InlineData("0A 09 01 07 00 41 80 80 80 80 80 00 0B", "integer representation too long")]
    [InlineData("0A 0A 01 08 00 41 80 80 80 80 08 0B", "integer too large")]
    [InlineData("0A 0C 01 0A 02 80 80 80 80 10 7F 02 7E 0B", "integer too large")]
    [InlineData("0A 0C 01 0A 02 FF FF FF FF 0F 7F 02 7E 0B", "too many locals")]
    [InlineData("0A 08 01 06 01 D1 86 03 7F 0B", "too many locals: 50001, where at most 50000 are supported")]
    [InlineData("0A 06 01 04 01 01 40 0B", "malformed value type")]
    public void A_function_that_does_not_follow_the_format_is_malformed(string code, string expected)
        => AssertMalformed(ModuleBytes.Module(OneType + OneFunction + code), expected);

    [Theory]
    [InlineData(OneType + "03 03 02 00 00")]
    [InlineData("0A 04 01 02 00 0B")]
    [InlineData(OneType + "03 03 02 00 00 0A 04 01 02 00 0B")]
    [InlineData(OneType + OneFunction + "0A 07 02 02 00 0B 02 00 0B")]
    public void Functions_without_code_or_code_without_functions_are_malformed(string hex)
        => AssertMalformed(ModuleBytes.Module(hex), "function and code section have inconsistent lengths");

    [Theory]
    [InlineData("0C 01 03 0B 05 02 01 00 01 00")]
    [InlineData("0C 01 01 0B 05 02 01 00 01 00")]
    [InlineData("0C 01 01")]
    public void A_wrong_data_count_is_malformed(string hex)
        => AssertMalformed(ModuleBytes.Module(hex), "data count and data section have inconsistent lengths");

    [Theory]
    [InlineData("0A 0E 01 0C 00 41 00 41 00 41 00 FC 08 00 00 0B")]
    [InlineData("0A 07 01 05 00 FC 09 00 0B")]
    [InlineData("0A 08 01 06 00 FB 09 00 00 0B")]
    [InlineData("0A 08 01 06 00 FB 12 00 00 0B")]
    public void A_function_that_names_a_data_segment_needs_a_data_count(string code)
        => AssertMalformed(ModuleBytes.Module(OneType + OneFunction + OneMemory + code + "0B 03 01 01 00"), "data count section required");

    [Theory]
    [InlineData("0D 01 00", WasmFeatures.Exceptions, "malformed section id: the tag section needs the feature exceptions")]
    [InlineData("0C 01 00", WasmFeatures.BulkMemory, "malformed section id: the data count section needs the feature bulk-memory")]
    [InlineData("01 05 01 4E 01 60 00", WasmFeatures.Gc, "malformed definition type: rec needs the feature gc")]
    [InlineData("01 05 01 50 00 60 00", WasmFeatures.Gc, "malformed definition type: sub needs the feature gc")]
    [InlineData("01 03 01 5F 00", WasmFeatures.Gc, "malformed definition type: struct needs the feature gc")]
    [InlineData("02 06 01 00 00 04 00 00", WasmFeatures.Exceptions, "malformed import kind: tag needs the feature exceptions")]
    [InlineData("04 07 01 40 00 70 00 00 0B", WasmFeatures.FunctionReferences, "malformed reference type: an initializer needs")]
    [InlineData("05 04 01 03 00 01", WasmFeatures.Threads, "malformed limits flags: shared needs the feature threads")]
    [InlineData("05 03 01 04 00", WasmFeatures.Memory64, "malformed limits flags: i64 needs the feature memory64")]
    [InlineData("05 08 01 00 80 80 80 80 80 00", WasmFeatures.Memory64, "integer representation too long")]
    [InlineData("05 04 01 08 00 00", WasmFeatures.CustomPageSizes, "malformed limits flags: pagesize needs the feature custom-page-sizes")]
    [InlineData("07 04 01 00 04 00", WasmFeatures.Exceptions, "malformed export kind: tag needs the feature exceptions")]
    [InlineData("09 04 01 01 00 00", WasmFeatures.BulkMemory, "malformed elements segment kind: a form other than 0 needs")]
    [InlineData("0B 03 01 01 00", WasmFeatures.BulkMemory, "malformed data segment kind: a form other than 0 needs")]
    public void What_a_disabled_feature_brings_is_malformed(string hex, WasmFeatures disabled, string expected)
        => AssertMalformed(ModuleBytes.Module(hex), expected, WasmFeatures.All & ~disabled);

    [Fact]
    public void A_type_index_that_no_module_can_have_is_invalid()
    {
        byte[] module = ModuleBytes.Module("02 08 01 00 00 00 80 80 80 01");
        var exception = Assert.Throws<InvalidModuleException>(() => ModuleDecoder.Decode(module));
        Assert.StartsWith("unknown type 2097152", exception.Message, StringComparison.Ordinal);
    }

    private static MalformedModuleException AssertMalformed(byte[] module, string expected, WasmFeatures features = WasmFeatures.All)
    {
        var exception = Assert.Throws<MalformedModuleException>(() => ModuleDecoder.Decode(module, features));
        Assert.StartsWith(expected, exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.ByteOffset);
        Assert.InRange(exception.ByteOffset!.Value, 0, module.Length);
        return exception;
    }
}
