using Nacre.Binary;
using Nacre.Syntax;
using static Nacre.Tests.Validation.Checks;

namespace Nacre.Tests.Validation;

/// <summary>Every instruction of the list whose signature is fixed: with the operands it wants, with wrong ones, with too few.</summary>
public class PlainInstructionTests
{
    private static readonly ValType s_otherNumber = ValType.F32;

    public static TheoryData<Opcode> Plain => [.. Enum.GetValues<Opcode>().Where(OpcodeInfo.HasFixedSignature)];

    private static ModuleDefinition Module(Opcode opcode, AddressType address, ReadOnlySpan<ValType> operands, ValType[] results)
    {
        ValType[] parameters = operands.ToArray();
        void Write(InstructionWriter code)
        {
            for (uint i = 0; i < parameters.Length; i++) code.Write(Opcode.LocalGet, i);
            code.Write(opcode, new Immediates { AlignLog2 = (uint)int.TrailingZeroCount(Math.Max(1, OpcodeInfo.NaturalAlignment(opcode))) });
        }
        return new ModuleDefinition
        {
            RecTypes = [Group(Func(parameters, results))],
            Functions = [Function(0, Write)],
            Memories = [new MemoryType(new Limits(1, 1), address)],
            Tables = [new TableDefinition(new TableType(ValType.Funcref, new Limits(1), address), null)],
            Data = [new DataSegment(SegmentMode.Passive, default, null, default)],
            DataCount = 1,
            Elements = [new ElementSegment(SegmentMode.Passive, default, null, ValType.Funcref, [], null)],
        };
    }

    private static ValType[] Types(ReadOnlySpan<OperandType> types, AddressType address)
    {
        var result = new ValType[types.Length];
        for (int i = 0; i < types.Length; i++) result[i] = types[i].ToValType(address);
        return result;
    }

    [Theory, MemberData(nameof(Plain))]
    public void It_takes_its_operands_and_leaves_its_results(Opcode opcode)
    {
        foreach (AddressType address in Enum.GetValues<AddressType>())
        {
            ValType[] operands = Types(OpcodeInfo.Operands(opcode), address), results = Types(OpcodeInfo.Results(opcode), address);
            Valid(Module(opcode, address, operands, results));
            Invalid("type mismatch", Module(opcode, address, operands, [.. results, ValType.I32]));
            Invalid("type mismatch: block requires", Module(opcode, address, [ValType.I32, .. operands], results));
        }
    }

    [Theory, MemberData(nameof(Plain))]
    public void It_refuses_operands_of_another_type_and_too_few(Opcode opcode)
    {
        ValType[] operands = Types(OpcodeInfo.Operands(opcode), AddressType.I32), results = Types(OpcodeInfo.Results(opcode), AddressType.I32);
        for (int i = 0; i < operands.Length; i++)
        {
            ValType[] wrong = [.. operands];
            wrong[i] = operands[i] == s_otherNumber ? ValType.F64 : s_otherNumber;
            string expected = $"type mismatch: instruction requires [{string.Join(' ', operands)}] but stack has [{string.Join(' ', wrong)}]";
            InvalidModuleException error = Invalid(expected, Module(opcode, AddressType.I32, wrong, results));
            Assert.Contains($"in {OpcodeInfo.Mnemonic(opcode)} (", error.Message, StringComparison.Ordinal);
        }
        if (operands.Length > 0) Invalid("type mismatch", Module(opcode, AddressType.I32, operands.AsSpan(1), results));
    }

    [Theory, MemberData(nameof(Plain))]
    public void It_is_valid_anywhere_in_code_that_cannot_be_reached(Opcode opcode)
    {
        ModuleDefinition module = Module(opcode, AddressType.I32, [], [.. Types(OpcodeInfo.Results(opcode), AddressType.I32)]);
        Expr tail = module.Functions[0].Body;
        Expr body = tail with { Bytes = (byte[])[0x00, .. tail.Bytes.Span] };
        module.Functions[0] = module.Functions[0] with { Body = body };
        Valid(module);
    }

    [Fact]
    public void The_error_tells_function_place_and_types()
    {
        InvalidModuleException error = InvalidBody(
            "type mismatch: instruction requires [i32 i32] but stack has [i32 f32], in i32.add",
            code =>
            {
                code.Write(Opcode.Nop);
                code.WriteConst(1);
                code.WriteConst(1f);
                code.Write(Opcode.I32Add);
                code.Write(Opcode.Drop);
            });
        Assert.Equal(new FuncIndex(0), error.Function);
        Assert.Equal(8, error.ByteOffset);
    }
}
