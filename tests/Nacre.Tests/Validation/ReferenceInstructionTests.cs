using Nacre.Binary;
using Nacre.Syntax;
using Nacre.Validation;
using static Nacre.Tests.Validation.Checks;

namespace Nacre.Tests.Validation;

public class ReferenceInstructionTests
{
    private static readonly ValType s_i31 = ValType.Ref(AbstractHeapType.I31);

    private static Immediates Heap(AbstractHeapType type) => new() { Heap = new HeapType(type) };

    private static Immediates Cast(AbstractHeapType from, bool fromNull, AbstractHeapType to, bool toNull, uint label = 0)
        => new() { Index = label, Heap = new HeapType(from), Heap2 = new HeapType(to), CastFlags = (byte)((fromNull ? 1 : 0) | (toNull ? 2 : 0)) };

    private static void I31(InstructionWriter code)
    {
        code.WriteConst(1);
        code.Write(Opcode.RefI31);
    }

    [Fact]
    public void A_null_reference_names_a_type_that_is_there()
    {
        ValidBody(code => code.Write(Opcode.RefNull, Heap(AbstractHeapType.Exn)), [ValType.Exnref]);
        InvalidBody("unknown type 5", code => { code.Write(Opcode.RefNull, new Immediates { Heap = Type(5) }); code.Write(Opcode.Drop); });
    }

    [Fact]
    public void Only_references_can_be_null()
    {
        ValidBody(code => { code.Write(Opcode.RefNull, Heap(AbstractHeapType.Any)); code.Write(Opcode.RefIsNull); }, [ValType.I32]);
        InvalidBody("type mismatch: instruction requires reference type but stack has i32", code => { code.WriteConst(1); code.Write(Opcode.RefIsNull); code.Write(Opcode.Drop); });
    }

    [Fact]
    public void A_reference_that_was_checked_is_not_null()
    {
        ValidBody(code => { code.Write(Opcode.RefNull, Heap(AbstractHeapType.I31)); code.Write(Opcode.RefAsNonNull); }, [s_i31]);
        ValidBody(code => { code.Write(Opcode.Unreachable); code.Write(Opcode.RefAsNonNull); }, [s_i31]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_function_is_referred_to_when_it_is_declared_outside_of_bodies(bool isDeclared)
    {
        var module = new ModuleDefinition
        {
            RecTypes = [Group(Func())],
            Functions = [Function(0, code => { code.Write(Opcode.RefFunc, 0); code.Write(Opcode.Drop); })],
            Exports = isDeclared ? [new Export("f", ExternKind.Func, 0)] : [],
        };
        if (isDeclared) Valid(module);
        else Invalid("undeclared function reference 0", module);
    }

    [Fact]
    public void A_cast_stays_within_its_hierarchy()
    {
        ValidBody(code => { code.Write(Opcode.RefNull, Heap(AbstractHeapType.Any)); code.Write(Opcode.RefTest, Heap(AbstractHeapType.I31)); }, [ValType.I32]);
        ValidBody(code => { code.Write(Opcode.RefNull, Heap(AbstractHeapType.Any)); code.Write(Opcode.RefCast, Heap(AbstractHeapType.I31)); }, [s_i31]);
        ValidBody(code => { code.Write(Opcode.RefNull, Heap(AbstractHeapType.Any)); code.Write(Opcode.RefCastNull, Heap(AbstractHeapType.I31)); }, [ValType.RefNull(AbstractHeapType.I31)]);
        InvalidBody("type mismatch: instruction requires [i31ref] but stack has [anyref]",
            code => { code.Write(Opcode.RefNull, Heap(AbstractHeapType.Any)); code.Write(Opcode.RefCastNull, Heap(AbstractHeapType.Eq)); code.Write(Opcode.Drop); code.Write(Opcode.RefNull, Heap(AbstractHeapType.Any)); code.Write(Opcode.I31GetS); });
        InvalidBody("type mismatch: instruction requires [anyref] but stack has [funcref]",
            code => { code.Write(Opcode.RefNull, Heap(AbstractHeapType.Func)); code.Write(Opcode.RefTest, Heap(AbstractHeapType.I31)); code.Write(Opcode.Drop); });
    }

    [Fact]
    public void A_branch_on_null_leaves_a_reference_that_is_not_null()
        => ValidBody(code => { code.Write(Opcode.Block, BlockType.Empty); code.Write(Opcode.RefNull, Heap(AbstractHeapType.I31)); code.Write(Opcode.BrOnNull, 0); code.Write(Opcode.I31GetS); code.Write(Opcode.Drop); code.Write(Opcode.End); });

    [Fact]
    public void A_branch_on_non_null_hands_the_reference_to_its_label()
    {
        void Branch(InstructionWriter code, BlockType block)
        {
            code.Write(Opcode.Block, block);
            code.Write(Opcode.RefNull, Heap(AbstractHeapType.I31));
            code.Write(Opcode.BrOnNonNull, 0);
            code.Write(Opcode.Unreachable);
            code.Write(Opcode.End);
            code.Write(Opcode.Unreachable);
        }
        ValidBody(code => Branch(code, new BlockType(s_i31)));
        ValidBody(code => Branch(code, new BlockType(ValType.Anyref)));
        InvalidBody("type mismatch: instruction requires type (ref i31) but label has []", code => Branch(code, BlockType.Empty));
        InvalidBody("type mismatch: instruction requires type (ref i31) but label has [funcref]", code => Branch(code, new BlockType(ValType.Funcref)));
    }

    [Theory]
    [InlineData(Opcode.BrOnCast, true, false, "(ref i31)", "eqref")]
    [InlineData(Opcode.BrOnCast, true, true, "i31ref", "(ref eq)")]
    [InlineData(Opcode.BrOnCast, false, false, "(ref i31)", "(ref eq)")]
    [InlineData(Opcode.BrOnCastFail, true, false, "eqref", "(ref i31)")]
    [InlineData(Opcode.BrOnCastFail, true, true, "(ref eq)", "i31ref")]
    public void A_branch_on_a_cast_parts_the_type_in_two(Opcode opcode, bool fromNull, bool toNull, string taken, string left)
    {
        var names = new Dictionary<string, ValType>
        {
            ["(ref i31)"] = s_i31,
            ["i31ref"] = ValType.RefNull(AbstractHeapType.I31),
            ["(ref eq)"] = ValType.Ref(AbstractHeapType.Eq),
            ["eqref"] = ValType.RefNull(AbstractHeapType.Eq),
        };
        ModuleDefinition Module(ValType label, ValType rest) => WithBody(code =>
        {
            code.Write(Opcode.Block, new BlockType(label));
            I31(code);
            code.Write(opcode, Cast(AbstractHeapType.Eq, fromNull, AbstractHeapType.I31, toNull, label: 0));
            code.Write(Opcode.Br, 1);
            code.Write(Opcode.End);
            code.Write(Opcode.Unreachable);
        }, results: [rest]);
        Valid(Module(names[taken], names[left]));
        var matching = new Matching(new TypeRegistry());
        foreach (ValType label in names.Values.Where(label => !matching.Matches(names[taken], label)))
            Invalid("type mismatch: instruction requires type", Module(label, ValType.RefNull(AbstractHeapType.Eq)));
    }

    [Fact]
    public void A_branch_on_a_cast_goes_down_only()
        => InvalidBody("type mismatch: eqref is no subtype of i31ref", code => { I31(code); code.Write(Opcode.BrOnCast, Cast(AbstractHeapType.I31, true, AbstractHeapType.Eq, true)); });

    [Fact]
    public void A_conversion_keeps_null_as_it_was()
    {
        ValidBody(code => { I31(code); code.Write(Opcode.ExternConvertAny); }, [ValType.Ref(AbstractHeapType.Extern)]);
        ValidBody(code => { code.Write(Opcode.RefNull, Heap(AbstractHeapType.NoExtern)); code.Write(Opcode.AnyConvertExtern); }, [ValType.Anyref]);
        InvalidBody("type mismatch: instruction requires [externref] but stack has [(ref i31)]", code => { I31(code); code.Write(Opcode.AnyConvertExtern); code.Write(Opcode.Drop); });
    }
}
