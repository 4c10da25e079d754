using Nacre.Binary;
using Nacre.Syntax;
using static Nacre.Tests.Validation.Checks;

namespace Nacre.Tests.Validation;

public class AggregateInstructionTests
{
    private const uint Pair = 0, Bytes = 1, Fixed = 2, Functions = 3, Strict = 4, Function = 5;

    private static ModuleDefinition Module(Body body, params ValType[] results) => new()
    {
        RecTypes =
        [
            Group(new StructType([Field(ValType.I64, isMutable: true), new FieldType(StorageType.I8, IsMutable: false)])),
            Group(new ArrayType(new FieldType(StorageType.I8, IsMutable: true))),
            Group(new ArrayType(Field(ValType.I32))),
            Group(new ArrayType(Field(ValType.Funcref, isMutable: true))),
            Group(new StructType([Field(ValType.Ref(AbstractHeapType.Func))])),
            Group(Func([], results)),
        ],
        Functions = [Checks.Function(Function, body)],
        Data = [new DataSegment(SegmentMode.Passive, default, null, default)],
        DataCount = 1,
        Elements = [new ElementSegment(SegmentMode.Passive, default, null, ValType.Funcref, [], null), new ElementSegment(SegmentMode.Passive, default, null, ValType.Externref, null, [])],
    };

    private static Body Unreachable(Opcode opcode, uint index, uint index2 = 0) => code =>
    {
        code.Write(Opcode.Unreachable);
        code.Write(opcode, index, index2);
        code.Write(Opcode.Unreachable);
    };

    [Theory]
    [InlineData(Opcode.StructNew, Pair, 0u, "")]
    [InlineData(Opcode.StructGet, Pair, 0u, "(ref null 0)")]
    [InlineData(Opcode.StructGetS, Pair, 1u, "(ref null 0)")]
    [InlineData(Opcode.StructSet, Pair, 0u, "(ref null 0) i64")]
    [InlineData(Opcode.ArrayNew, Bytes, 0u, "i32 i32")]
    [InlineData(Opcode.ArrayNewDefault, Functions, 0u, "i32")]
    [InlineData(Opcode.ArrayNewFixed, Functions, 3u, "funcref")]
    [InlineData(Opcode.ArrayNewData, Fixed, 0u, "i32 i32")]
    [InlineData(Opcode.ArrayNewElem, Functions, 0u, "i32 i32")]
    [InlineData(Opcode.ArrayGet, Fixed, 0u, "(ref null 2) i32")]
    [InlineData(Opcode.ArrayGetU, Bytes, 0u, "(ref null 1) i32")]
    [InlineData(Opcode.ArraySet, Bytes, 0u, "(ref null 1) i32 i32")]
    [InlineData(Opcode.ArrayFill, Functions, 0u, "(ref null 3) i32 funcref i32")]
    [InlineData(Opcode.ArrayCopy, Bytes, Bytes, "(ref null 1) i32 (ref null 1) i32 i32")]
    [InlineData(Opcode.ArrayInitData, Bytes, 0u, "(ref null 1) i32 i32 i32")]
    [InlineData(Opcode.ArrayInitElem, Functions, 0u, "(ref null 3) i32 i32 i32")]
    public void Operands_follow_from_the_type(Opcode opcode, uint type, uint index2, string operands)
    {
        Valid(Module(Unreachable(opcode, type, index2)));
        Invalid(operands.Length == 0 ? "type mismatch" : $"type mismatch: instruction requires [{operands}] but stack has []", Module(code => code.Write(opcode, type, index2)));
        Invalid("unknown type 9", Module(Unreachable(opcode, 9, index2)));
        Invalid("non-", Module(Unreachable(opcode, Function, index2)));
    }

    [Fact]
    public void A_new_structure_takes_its_unpacked_fields()
    {
        Valid(Module(code => { code.WriteConst(1L); code.WriteConst(2); code.Write(Opcode.StructNew, Pair); }, ValType.Ref(Type(Pair))));
        Valid(Module(code => code.Write(Opcode.StructNewDefault, Pair), ValType.Ref(Type(Pair))));
        Invalid("type mismatch: instruction requires [i64] but stack has [i32]", Module(code => { code.WriteConst(1); code.WriteConst(2); code.Write(Opcode.StructNew, Pair); }, ValType.Ref(Type(Pair))));
        Invalid("type mismatch: (ref func) is not defaultable", Module(Unreachable(Opcode.StructNewDefault, Strict)));
    }

    [Fact]
    public void Packed_fields_are_read_with_an_extension_and_others_without()
    {
        Invalid("type mismatch: storage i8 is packed", Module(Unreachable(Opcode.StructGet, Pair, 1)));
        Invalid("type mismatch: storage i64 is unpacked", Module(Unreachable(Opcode.StructGetU, Pair, 0)));
        Invalid("type mismatch: storage i8 is packed", Module(Unreachable(Opcode.ArrayGet, Bytes)));
        Invalid("type mismatch: storage i32 is unpacked", Module(Unreachable(Opcode.ArrayGetS, Fixed)));
        Invalid("unknown field 2", Module(Unreachable(Opcode.StructGet, Pair, 2)));
    }

    [Theory]
    [InlineData(Opcode.ArraySet)]
    [InlineData(Opcode.ArrayFill)]
    [InlineData(Opcode.ArrayCopy)]
    [InlineData(Opcode.ArrayInitData)]
    [InlineData(Opcode.ArrayInitElem)]
    public void Arrays_that_cannot_change_are_not_written(Opcode opcode) => Invalid("immutable array", Module(Unreachable(opcode, Fixed)));

    [Fact]
    public void Fields_that_cannot_change_are_not_written() => Invalid("immutable field", Module(Unreachable(Opcode.StructSet, Pair, 1)));

    [Fact]
    public void Elements_fit_into_the_array_they_go_to()
    {
        Invalid("array types do not match", Module(Unreachable(Opcode.ArrayCopy, Bytes, Fixed)));
        Invalid("array type is not numeric or vector", Module(Unreachable(Opcode.ArrayNewData, Functions)));
        Invalid("array type is not numeric or vector", Module(Unreachable(Opcode.ArrayInitData, Functions)));
        Invalid("type mismatch: element segment's type externref does not match", Module(Unreachable(Opcode.ArrayNewElem, Functions, 1)));
        Invalid("type mismatch: element segment's type funcref does not match", Module(Unreachable(Opcode.ArrayNewElem, Bytes, 0)));
        Invalid("unknown data segment 1", Module(Unreachable(Opcode.ArrayNewData, Bytes, 1)));
        Invalid("unknown elem segment 2", Module(Unreachable(Opcode.ArrayInitElem, Functions, 2)));
    }

    [Fact]
    public void A_new_array_of_given_elements_takes_that_many()
    {
        Valid(Module(code => { code.WriteConst(1); code.WriteConst(2); code.Write(Opcode.ArrayNewFixed, Fixed, 2); }, ValType.Ref(Type(Fixed))));
        Invalid("type mismatch", Module(code => { code.WriteConst(1); code.Write(Opcode.ArrayNewFixed, Fixed, 2); }, ValType.Ref(Type(Fixed))));
        Valid(Module(Unreachable(Opcode.ArrayNewFixed, Fixed, 10_000)));
        Invalid("too many operands", Module(Unreachable(Opcode.ArrayNewFixed, Fixed, uint.MaxValue)));
    }
}
