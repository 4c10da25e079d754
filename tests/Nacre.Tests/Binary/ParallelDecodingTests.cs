using Nacre.Binary;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Binary;

/// <summary>Large code sections are read by several threads, which must not be seen.</summary>
public class ParallelDecodingTests
{
    private const int FunctionCount = 4_000;

    private static byte[] Large(Action<CodeBuilder>? first = null)
    {
        var module = new ModuleBuilder();
        for (int i = 0; i < FunctionCount; i++)
        {
            int number = i;
            module.Func(null, [], [], code =>
            {
                if (number == FunctionCount / 2) first?.Invoke(code);
                for (int k = 0; k < 60; k++) code.I32(number).Op(Opcode.Drop);
            });
        }
        return module.Build();
    }

    [Fact]
    public void A_large_module_comes_back_byte_for_byte()
    {
        byte[] bytes = Large();
        ModuleDefinition module = ModuleDecoder.Decode(bytes);
        Assert.Equal(FunctionCount, module.Functions.Length);
        Assert.Equal(bytes, ModuleEncoder.Encode(module));
    }

    [Fact]
    public void Of_several_functions_that_are_malformed_the_first_is_reported()
    {
        byte[] bytes = Large();
        ModuleDefinition module = ModuleDecoder.Decode(bytes);
        int first = module.Functions[1_000].Body.ByteOffset, second = module.Functions[3_000].Body.ByteOffset;
        bytes[first] = bytes[second] = 0xFF;
        Assert.Equal(first, Assert.Throws<MalformedModuleException>(() => ModuleDecoder.Decode(bytes)).ByteOffset);
    }

    [Fact]
    public void A_function_that_is_not_as_long_as_it_declares_is_reported()
    {
        byte[] bytes = Large();
        int body = ModuleDecoder.Decode(bytes).Functions[2_000].Body.ByteOffset;
        bytes[body - 2]++;      // the second byte of its size, of which there are two; a byte for no locals follows
        Assert.Equal(body - 1, Assert.Throws<MalformedModuleException>(() => ModuleDecoder.Decode(bytes)).ByteOffset);
    }

    [Fact]
    public void A_data_segment_named_without_a_count_of_them_is_reported_where_it_is()
    {
        byte[] bytes = Large(code => code.Op(Opcode.DataDrop));
        MalformedModuleException exception = Assert.Throws<MalformedModuleException>(() => ModuleDecoder.Decode(bytes));
        Assert.StartsWith("data count section required", exception.Message, StringComparison.Ordinal);
    }
}
