using Nacre.Binary;
using Nacre.Syntax;
using static Nacre.Tests.Validation.Checks;

namespace Nacre.Tests.Validation;

public class ControlInstructionTests
{
    private static readonly ValType[] s_i32 = [ValType.I32];
    private static BlockType I32Block => new(ValType.I32);
    private static BlockType Block(uint type) => new(new TypeIndex(type));

    [Fact]
    public void A_block_leaves_its_results()
    {
        ValidBody(code => { code.Write(Opcode.Block, I32Block); code.WriteConst(1); code.Write(Opcode.End); }, s_i32);
        InvalidBody("type mismatch: instruction requires [i32] but stack has [], in end", code => { code.Write(Opcode.Block, I32Block); code.Write(Opcode.End); }, s_i32);
        InvalidBody("type mismatch: instruction requires [i32] but stack has [i64]", code => { code.Write(Opcode.Block, I32Block); code.WriteConst(1L); code.Write(Opcode.End); }, s_i32);
        InvalidBody("type mismatch: block requires [] but stack has [i32]", code => { code.Write(Opcode.Block, BlockType.Empty); code.WriteConst(1); code.Write(Opcode.End); });
    }

    [Fact]
    public void A_block_sees_its_parameters_and_nothing_below()
    {
        RecType type = Group(Func([ValType.I32, ValType.F32], [ValType.F32, ValType.I32]));
        void Swap(InstructionWriter code, Opcode inside)
        {
            code.WriteConst(1L);
            code.WriteConst(1);
            code.WriteConst(1f);
            code.Write(Opcode.Block, Block(1));
            code.Write(inside);
            code.Write(Opcode.Unreachable);
            code.Write(Opcode.End);
            code.Write(Opcode.Unreachable);
        }
        ValidBody(code => Swap(code, Opcode.F32Abs), types: type);
        InvalidBody("type mismatch", code => Swap(code, Opcode.F64Abs), types: type);
        InvalidBody("type mismatch: instruction requires a value", code => { code.WriteConst(1); code.Write(Opcode.Block, BlockType.Empty); code.Write(Opcode.Drop); code.Write(Opcode.End); });
    }

    [Fact]
    public void The_type_of_a_block_is_a_function_type_of_the_module()
    {
        InvalidBody("unknown type 1", code => { code.Write(Opcode.Block, Block(1)); code.Write(Opcode.End); });
        InvalidBody("non-function type 1", code => { code.Write(Opcode.Block, Block(1)); code.Write(Opcode.End); }, types: Group(new StructType([])));
        InvalidBody("unknown type 9", code => { code.Write(Opcode.Block, new BlockType(ValType.RefNull(Type(9)))); code.Write(Opcode.Unreachable); code.Write(Opcode.End); });
    }

    [Fact]
    public void An_if_without_else_passes_its_parameters_on()
    {
        void If(InstructionWriter code, BlockType type, bool hasElse)
        {
            code.WriteConst(1);
            code.WriteConst(1);
            code.Write(Opcode.If, type);
            code.Write(Opcode.Unreachable);
            if (hasElse) code.Write(Opcode.Else);
            if (hasElse) code.Write(Opcode.Unreachable);
            code.Write(Opcode.End);
            code.Write(Opcode.Unreachable);
        }
        RecType same = Group(Func(s_i32, s_i32)), other = Group(Func(s_i32, [ValType.I64]));
        ValidBody(code => If(code, Block(1), hasElse: false), types: same);
        ValidBody(code => If(code, Block(1), hasElse: true), types: other);
        InvalidBody("type mismatch: instruction requires [i64] but stack has [i32], in if without else", code => If(code, Block(1), hasElse: false), types: other);
        InvalidBody("type mismatch", code => If(code, I32Block, hasElse: false));
    }

    [Fact]
    public void A_branch_takes_what_its_label_expects()
    {
        ValidBody(code => { code.Write(Opcode.Block, I32Block); code.WriteConst(1L); code.WriteConst(1); code.Write(Opcode.Br, 0); code.Write(Opcode.End); }, s_i32);
        ValidBody(code => { code.WriteConst(1); code.Write(Opcode.Br, 0); }, s_i32);
        ValidBody(code => { code.Write(Opcode.Loop, I32Block); code.Write(Opcode.Br, 0); code.Write(Opcode.End); }, s_i32);
        InvalidBody("type mismatch", code => { code.Write(Opcode.Block, I32Block); code.Write(Opcode.Br, 0); code.Write(Opcode.End); }, s_i32);
        InvalidBody("unknown label 1", code => code.Write(Opcode.Br, 1));
        InvalidBody("unknown label 4294967295", code => code.Write(Opcode.Br, uint.MaxValue));
    }

    [Fact]
    public void A_conditional_branch_leaves_the_types_of_its_label()
    {
        Body body = code =>
        {
            code.Write(Opcode.Block, new BlockType(ValType.Anyref));
            code.WriteConst(1);
            code.Write(Opcode.RefI31);
            code.WriteConst(1);
            code.Write(Opcode.BrIf, 0);
            code.Write(Opcode.I31GetS);
            code.Write(Opcode.Drop);
            code.Write(Opcode.RefNull, new Immediates { Heap = new HeapType(AbstractHeapType.Any) });
            code.Write(Opcode.End);
            code.Write(Opcode.Drop);
        };
        InvalidBody("type mismatch: instruction requires [i31ref] but stack has [anyref], in i31.get_s", body);
    }

    [Fact]
    public void The_labels_of_a_branch_table_expect_equally_many_values()
    {
        void Table(InstructionWriter code, BlockType outer, BlockType inner, Opcode between)
        {
            code.Write(Opcode.Block, outer);
            code.Write(Opcode.Block, inner);
            code.WriteConst(1);
            code.WriteConst(1);
            code.Write(Opcode.BrTable, new Immediates { Labels = [0, 1, 0, 1], Index = 1 });
            code.Write(Opcode.End);
            code.Write(between);
            code.Write(Opcode.Unreachable);
            code.Write(Opcode.End);
            code.Write(Opcode.Unreachable);
        }
        ValidBody(code => Table(code, I32Block, I32Block, Opcode.Drop));
        InvalidBody("type mismatch: labels require [] and [i32]", code => Table(code, I32Block, BlockType.Empty, Opcode.Nop));
        InvalidBody("type mismatch: instruction requires [i64] but stack has [i32]", code => Table(code, I32Block, new BlockType(ValType.I64), Opcode.Drop));
        InvalidBody("unknown label 9", code => { code.WriteConst(1); code.Write(Opcode.BrTable, new Immediates { Labels = [9], Index = 0 }); });
    }

    [Fact]
    public void Code_that_cannot_be_reached_still_has_to_make_sense()
    {
        ValidBody(code => { code.Write(Opcode.Unreachable); code.Write(Opcode.I32Add); code.Write(Opcode.Drop); });
        ValidBody(code => { code.Write(Opcode.Return); code.Write(Opcode.Select); code.Write(Opcode.Drop); code.Write(Opcode.Drop); });
        InvalidBody("type mismatch", code => { code.Write(Opcode.Unreachable); code.WriteConst(1L); code.Write(Opcode.I32Eqz); code.Write(Opcode.Drop); });
        InvalidBody("type mismatch: block requires [] but stack has [i32]", code => { code.Write(Opcode.Unreachable); code.WriteConst(1); });
        InvalidBody("type mismatch", code => { code.Write(Opcode.Unreachable); code.Write(Opcode.RefAsNonNull); code.Write(Opcode.I32Eqz); code.Write(Opcode.Drop); });
        InvalidBody("unknown local 0", code => { code.Write(Opcode.Unreachable); code.Write(Opcode.LocalGet, 0); });
    }

    [Fact]
    public void A_block_inside_unreachable_code_begins_reachable()
        => InvalidBody("type mismatch", code => { code.Write(Opcode.Unreachable); code.Write(Opcode.Block, BlockType.Empty); code.Write(Opcode.Drop); code.Write(Opcode.End); });

    [Fact]
    public void Code_after_a_block_is_as_unreachable_as_before_it()
        => ValidBody(code => { code.Write(Opcode.Unreachable); code.Write(Opcode.Block, BlockType.Empty); code.Write(Opcode.End); code.Write(Opcode.I32Add); code.Write(Opcode.Drop); });

    [Theory]
    [InlineData(new byte[] { 0x05, 0x0B })]
    [InlineData(new byte[] { 0x01 })]
    [InlineData(new byte[] { 0x02, 0x40, 0x0B })]
    [InlineData(new byte[] { 0x07, 0x00, 0x0B })]
    [InlineData(new byte[] { 0x18, 0x00 })]
    [InlineData(new byte[] { 0x02, 0x40, 0x19, 0x0B, 0x0B })]
    public void Unbalanced_instructions_are_malformed(byte[] bytes)
    {
        ModuleDefinition module = WithBody(_ => { });
        module.Functions[0] = module.Functions[0] with { Body = new Expr(bytes, 100) };
        var error = Assert.Throws<MalformedModuleException>(() => { Valid(module); });
        Assert.StartsWith("END opcode expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Instructions_after_the_last_end_are_malformed()
    {
        ModuleDefinition module = WithBody(_ => { });
        module.Functions[0] = module.Functions[0] with { Body = new Expr((byte[])[0x0B, 0x0B], 100) };
        Assert.Equal(101, Assert.Throws<MalformedModuleException>(() => { Valid(module); }).ByteOffset);
    }
}
