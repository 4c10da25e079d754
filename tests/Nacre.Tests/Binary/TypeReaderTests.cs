using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Tests.Binary;

public class TypeReaderTests
{
    [Theory]
    [InlineData("7F", "i32")]
    [InlineData("7E", "i64")]
    [InlineData("7D", "f32")]
    [InlineData("7C", "f64")]
    [InlineData("7B", "v128")]
    [InlineData("70", "funcref")]
    [InlineData("6F", "externref")]
    [InlineData("6E", "anyref")]
    [InlineData("6D", "eqref")]
    [InlineData("6C", "i31ref")]
    [InlineData("6B", "structref")]
    [InlineData("6A", "arrayref")]
    [InlineData("69", "exnref")]
    [InlineData("71", "nullref")]
    [InlineData("72", "nullexternref")]
    [InlineData("73", "nullfuncref")]
    [InlineData("74", "nullexnref")]
    [InlineData("6370", "funcref")]
    [InlineData("6470", "(ref func)")]
    [InlineData("6305", "(ref null 5)")]
    [InlineData("648002", "(ref 256)")]
    public void A_value_type_is_read(string hex, string expected)
    {
        var cursor = new BinaryCursor(Convert.FromHexString(hex), originOffset: 0);
        Assert.Equal(expected, TypeReader.ReadValType(ref cursor, WasmFeatures.All).ToString());
        Assert.True(cursor.IsAtEnd);
    }

    [Theory]
    [InlineData("40")]
    [InlineData("00")]
    [InlineData("68")]
    [InlineData("75")]
    [InlineData("7A")]
    [InlineData("65")]
    [InlineData("FF7F")]
    public void Another_code_is_no_value_type(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        AssertMalformed("malformed value type", bytes, (ref BinaryCursor cursor) => TypeReader.ReadValType(ref cursor, WasmFeatures.All));
    }

    [Theory]
    [InlineData("7F")]
    [InlineData("7B")]
    [InlineData("40")]
    [InlineData("00")]
    public void A_number_or_index_is_no_reference_type(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        AssertMalformed("malformed reference type", bytes, (ref BinaryCursor cursor) => TypeReader.ReadRefType(ref cursor, WasmFeatures.All));
    }

    [Theory]
    [InlineData("7B", WasmFeatures.Simd)]
    [InlineData("70", WasmFeatures.ReferenceTypes)]
    [InlineData("6F", WasmFeatures.ReferenceTypes)]
    [InlineData("6E", WasmFeatures.Gc)]
    [InlineData("73", WasmFeatures.Gc)]
    [InlineData("69", WasmFeatures.Exceptions)]
    [InlineData("74", WasmFeatures.Exceptions)]
    [InlineData("6370", WasmFeatures.FunctionReferences)]
    [InlineData("6403", WasmFeatures.FunctionReferences)]
    public void A_type_whose_feature_is_off_is_malformed_and_the_feature_is_named(string hex, WasmFeatures feature)
    {
        byte[] bytes = Convert.FromHexString(hex);
        string message = AssertMalformed("malformed ", bytes, (ref BinaryCursor cursor) => TypeReader.ReadValType(ref cursor, WasmFeatures.All & ~feature));
        Assert.Contains($"needs the feature {feature.Names()}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_of_functions_are_in_the_core()
    {
        var cursor = new BinaryCursor([0x70], originOffset: 0);
        Assert.Equal(ValType.Funcref, TypeReader.ReadRefType(ref cursor, WasmFeatures.None));
    }

    [Fact]
    public void An_index_beyond_every_module_is_an_unknown_type()
    {
        var output = new ByteWriter();
        output.WriteS64(HeapType.IndexLimit);
        var error = Assert.Throws<InvalidModuleException>(() =>
        {
            var cursor = new BinaryCursor(output.Written, originOffset: 3);
            TypeReader.ReadHeapType(ref cursor, WasmFeatures.All);
        });
        Assert.StartsWith("unknown type", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, error.ByteOffset);
    }

    [Fact]
    public void Types_written_are_read_back()
    {
        var random = new RandomImmediates(new Random(11));
        var output = new ByteWriter();
        for (int round = 0; round < 2000; round++)
        {
            output.Clear();
            ValType type = random.Value();
            HeapType heap = random.Heap();
            TypeWriter.WriteValType(output, type);
            TypeWriter.WriteHeapType(output, heap);
            var cursor = new BinaryCursor(output.Written, originOffset: 0);
            Assert.Equal(type, TypeReader.ReadValType(ref cursor, WasmFeatures.All));
            Assert.Equal(heap, TypeReader.ReadHeapType(ref cursor, WasmFeatures.All));
            Assert.True(cursor.IsAtEnd);
        }
    }

    private delegate object Read(ref BinaryCursor cursor);

    private static string AssertMalformed(string text, byte[] bytes, Read read)
    {
        var error = Assert.Throws<MalformedModuleException>(() =>
        {
            var cursor = new BinaryCursor(bytes, originOffset: 9);
            read(ref cursor);
        });
        Assert.StartsWith(text, error.Message, StringComparison.Ordinal);
        Assert.Equal(9, error.ByteOffset);
        return error.Message;
    }
}
