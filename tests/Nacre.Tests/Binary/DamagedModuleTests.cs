using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Tests.Binary;

public class DamagedModuleTests
{
    private const string LargestCount = "FFFFFFFF0F", BillionCount = "8094EBDC03";

    public static TheoryData<string> SmallSamples => SampleModules.SmallTheory;

    [Theory, MemberData(nameof(SmallSamples))]
    public void A_module_cut_off_anywhere_is_malformed_unless_a_section_ends_there(string name)
    {
        byte[] bytes = SampleModules.Read(name);
        var ends = ModuleDecoder.Decode(bytes).Sections.Select(section => section.ByteOffset + section.ByteCount).Prepend(8).ToHashSet();
        for (int byteCount = 0; byteCount < bytes.Length; byteCount++)
        {
            WasmException? refusal = Refusal(bytes.AsMemory(0, byteCount));
            if (refusal is null) Assert.Contains(byteCount, ends);
            else Assert.IsType<MalformedModuleException>(refusal);
        }
    }

    [Theory]
    [InlineData(SectionId.Type, "")]
    [InlineData(SectionId.Type, "01 4E")]
    [InlineData(SectionId.Type, "01 60")]
    [InlineData(SectionId.Type, "01 60 00")]
    [InlineData(SectionId.Type, "01 5F")]
    [InlineData(SectionId.Type, "01 50")]
    [InlineData(SectionId.Import, "")]
    [InlineData(SectionId.Import, "01")]
    [InlineData(SectionId.Import, "01 00")]
    [InlineData(SectionId.Function, "")]
    [InlineData(SectionId.Table, "")]
    [InlineData(SectionId.Memory, "")]
    [InlineData(SectionId.Tag, "")]
    [InlineData(SectionId.Global, "")]
    [InlineData(SectionId.Export, "")]
    [InlineData(SectionId.Export, "01")]
    [InlineData(SectionId.Element, "")]
    [InlineData(SectionId.Element, "01 01 00")]
    [InlineData(SectionId.Element, "01 05 70")]
    [InlineData(SectionId.Code, "")]
    [InlineData(SectionId.Code, "01")]
    [InlineData(SectionId.Code, "01 7F")]
    [InlineData(SectionId.Code, "01 06 00 0E")]
    [InlineData(SectionId.Code, "01 06 00 1C")]
    [InlineData(SectionId.Code, "01 07 00 1F 40")]
    [InlineData(SectionId.Data, "")]
    [InlineData(SectionId.Data, "01 01")]
    [InlineData(SectionId.Custom, "")]
    public void A_count_beyond_the_bytes_is_malformed_and_costs_nothing(SectionId id, string before)
    {
        foreach (string count in new[] { LargestCount, BillionCount })
        {
            byte[] bytes = ModuleBytes.Module((id, before + count + "00"));
            long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            Assert.IsType<MalformedModuleException>(Refusal(bytes));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocatedBefore, 0, 64 * 1024);
        }
    }

    [Theory]
    [InlineData(SectionId.Type, ImplementationLimits.Types, "too many types")]
    [InlineData(SectionId.Import, ImplementationLimits.Imports, "too many imports")]
    [InlineData(SectionId.Function, ImplementationLimits.Functions, "too many functions")]
    [InlineData(SectionId.Table, ImplementationLimits.Tables, "too many tables")]
    [InlineData(SectionId.Memory, ImplementationLimits.Memories, "too many memories")]
    [InlineData(SectionId.Tag, ImplementationLimits.Tags, "too many tags")]
    [InlineData(SectionId.Global, ImplementationLimits.Globals, "too many globals")]
    [InlineData(SectionId.Export, ImplementationLimits.Exports, "too many exports")]
    [InlineData(SectionId.Element, ImplementationLimits.ElementSegments, "too many element segments")]
    [InlineData(SectionId.Code, ImplementationLimits.Functions, "too many functions")]
    [InlineData(SectionId.Data, ImplementationLimits.DataSegments, "too many data segments")]
    public void A_count_beyond_the_limit_is_malformed_even_when_the_bytes_are_there(SectionId id, int limit, string expected)
    {
        string count = Convert.ToHexString(ModuleBytes.U32((uint)limit + 1));
        byte[] bytes = ModuleBytes.Module((id, count + new string('0', 2 * (limit + 1))));
        Assert.StartsWith(expected, Refusal(bytes)?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_million_types_and_functions_are_read()
    {
        const int Count = 1_000_000;
        string count = Convert.ToHexString(ModuleBytes.U32(Count));
        byte[] bytes = ModuleBytes.Module(
            (SectionId.Type, count + string.Concat(Enumerable.Repeat("600000", Count))),
            (SectionId.Function, count + new string('0', 2 * Count)),
            (SectionId.Code, count + string.Concat(Enumerable.Repeat("02000B", Count))));
        ModuleDefinition module = ModuleDecoder.Decode(bytes);
        Assert.Equal((Count, Count), (module.RecTypes.Length, module.Functions.Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData(ModuleBytes.Header)]
    [InlineData(ModuleBytes.Header + "01 80 80 80 2F")]
    [InlineData(ModuleBytes.Header + "0A 80 80 80 2F")]
    [InlineData(ModuleBytes.Header + "03 02 01 00 0A 80 80 80 2F 01 80 80 80 03")]
    public void A_hundred_million_zeros_are_refused_at_once(string start)
    {
        var bytes = new byte[100_000_000];
        ModuleBytes.Of(start).CopyTo(bytes, 0);
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        Assert.IsType<MalformedModuleException>(Refusal(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocatedBefore, 0, 64 * 1024);
    }

    private static WasmException? Refusal(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            ModuleDecoder.Decode(bytes, WasmFeatures.All);
            return null;
        }
        catch (WasmException refusal)
        {
            return refusal;
        }
    }
}
