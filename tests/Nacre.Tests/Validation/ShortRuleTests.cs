using Nacre.Binary;
using Nacre.Syntax;
using static Nacre.Tests.Validation.Checks;

namespace Nacre.Tests.Validation;

/// <summary>Where runs of short instructions have to stop, in code long enough to have them.</summary>
public class ShortRuleTests
{
    private static LocalRun[] Locals => [new LocalRun(127, ValType.I32), new LocalRun(1, ValType.I64), new LocalRun(1, ValType.F32)];

    [Theory]
    [InlineData(126u, Opcode.I32Eqz, true)]
    [InlineData(127u, Opcode.I64Eqz, true)]
    [InlineData(127u, Opcode.I32Eqz, false)]
    [InlineData(128u, Opcode.F32Abs, true)]
    [InlineData(128u, Opcode.I32Eqz, false)]
    public void Locals_have_their_types_whether_their_index_takes_one_byte_or_two(uint local, Opcode opcode, bool isValid)
    {
        Body body = code =>
        {
            code.Write(Opcode.LocalGet, local);
            code.Write(Opcode.LocalTee, local);
            code.Write(Opcode.LocalSet, local);
            code.Write(Opcode.LocalGet, local);
            code.Write(opcode);
            code.Write(Opcode.Drop);
        };
        if (isValid) ValidBody(body, locals: Locals);
        else InvalidBody("type mismatch", body, locals: Locals);
    }

    [Theory]
    [InlineData(Opcode.LocalGet)]
    [InlineData(Opcode.LocalSet)]
    [InlineData(Opcode.LocalTee)]
    public void A_local_of_the_function_before_is_not_there(Opcode opcode)
    {
        FuncDefinition many = Function(0, _ => { }, new LocalRun(100, ValType.I32));
        FuncDefinition none = Function(0, code => { code.Write(Opcode.Unreachable); code.Write(opcode, 5); });
        Invalid("unknown local 5", new ModuleDefinition { RecTypes = [Group(Func())], Functions = [many, none] });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(-64)]
    [InlineData(64)]
    [InlineData(134_217_727)]
    [InlineData(int.MinValue)]
    public void Constants_of_any_length_are_passed_over_whole(int value)
        => ValidBody(code => { code.WriteConst(value); code.Write(Opcode.I32Clz); code.WriteConst((long)value << 31); code.Write(Opcode.I64Eqz); code.Write(Opcode.I32Add); }, [ValType.I32]);

    [Fact]
    public void A_run_does_not_take_operands_from_below_its_block()
    {
        void Block(InstructionWriter code, Opcode opcode)
        {
            code.WriteConst(1);
            code.WriteConst(1);
            code.Write(Opcode.Block, BlockType.Empty);
            code.Write(opcode);
            code.Write(Opcode.End);
        }
        foreach (Opcode opcode in (Opcode[])[Opcode.Drop, Opcode.I32Add, Opcode.I32Eqz])
            InvalidBody("type mismatch: instruction requires", code => Block(code, opcode));
        InvalidBody("type mismatch: instruction requires [i32 i32] but stack has [i32]", code => { code.WriteConst(1); code.Write(Opcode.Block, BlockType.Empty); code.WriteConst(1); code.Write(Opcode.I32Add); code.Write(Opcode.End); });
        InvalidBody("type mismatch: instruction requires a value but stack has []", code => code.Write(Opcode.Drop));
    }

    [Theory]
    [InlineData(AddressType.I32, 1ul << 20, true)]
    [InlineData(AddressType.I32, 1ul << 31, true)]
    [InlineData(AddressType.I32, 1ul << 32, false)]
    [InlineData(AddressType.I32, 1ul << 50, false)]
    public void A_long_offset_is_looked_at(AddressType address, ulong offset, bool isValid)
    {
        ModuleDefinition module = new()
        {
            RecTypes = [Group(Func())],
            Memories = [new MemoryType(new Limits(1), address)],
            Functions = [Function(0, code => { code.WriteConst(0); code.WriteAccess(Opcode.I32Load, alignLog2: 2, offset); code.Write(Opcode.Drop); })],
        };
        if (isValid) Valid(module);
        else Invalid("offset out of range", module);
    }

    [Fact]
    public void Many_operands_make_the_stack_grow_in_the_middle_of_a_run()
        => ValidBody(code => { for (int i = 0; i < 300; i++) code.WriteConst(i); for (int i = 0; i < 300; i++) code.Write(Opcode.Drop); });
}
