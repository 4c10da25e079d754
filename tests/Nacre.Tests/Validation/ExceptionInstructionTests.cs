using Nacre.Binary;
using Nacre.Syntax;
using static Nacre.Tests.Validation.Checks;

namespace Nacre.Tests.Validation;

public class ExceptionInstructionTests
{
    private static readonly ValType s_exn = ValType.Ref(AbstractHeapType.Exn);

    // Tag 0 carries an i32; type 2 is [] → [i32 (ref exn)].
    private static ModuleDefinition Module(Body body) => new()
    {
        RecTypes = [Group(Func()), Group(Func([ValType.I32])), Group(Func([], [ValType.I32, s_exn]))],
        Functions = [Function(0, body)],
        Tags = [new TagType(Type(1))],
    };

    [Fact]
    public void A_throw_takes_the_parameters_of_its_tag()
    {
        Valid(Module(code => { code.WriteConst(1); code.Write(Opcode.Throw, 0); code.Write(Opcode.I32Add); code.Write(Opcode.Drop); }));
        Invalid("type mismatch: instruction requires [i32] but stack has []", Module(code => code.Write(Opcode.Throw, 0)));
        Invalid("unknown tag 1", Module(code => code.Write(Opcode.Throw, 1)));
    }

    [Fact]
    public void An_exception_is_thrown_again_by_reference()
    {
        Valid(Module(code => { code.Write(Opcode.RefNull, new Immediates { Heap = new HeapType(AbstractHeapType.Exn) }); code.Write(Opcode.ThrowRef); }));
        Invalid("type mismatch: instruction requires [exnref] but stack has [i32]", Module(code => { code.WriteConst(1); code.Write(Opcode.ThrowRef); }));
    }

    public static TheoryData<CatchKind, bool, bool> Clauses => new()
    {
        { CatchKind.Catch, true, false },
        { CatchKind.CatchRef, true, true },
        { CatchKind.CatchAll, false, false },
        { CatchKind.CatchAllRef, false, true },
    };

    [Theory, MemberData(nameof(Clauses))]
    public void A_clause_leaves_values_and_exception_on_the_stack_of_its_label(CatchKind kind, bool hasValue, bool hasException)
    {
        foreach (BlockType label in (BlockType[])[BlockType.Empty, new BlockType(ValType.I32), new BlockType(s_exn), new BlockType(ValType.Exnref), new BlockType(new TypeIndex(2))])
        {
            ModuleDefinition module = Module(code =>
            {
                code.Write(Opcode.Block, label);
                code.Write(Opcode.TryTable, new Immediates { Catches = [new CatchClause(kind, new TagIndex(0), new LabelIndex(0))] });
                code.Write(Opcode.End);
                code.Write(Opcode.Unreachable);
                code.Write(Opcode.End);
                code.Write(Opcode.Unreachable);
            });
            bool fits = (label.IsIndex || (label.IsValue && label.Result == ValType.I32)) == hasValue
                && (label.IsIndex || (label.IsValue && label.Result != ValType.I32)) == hasException;
            if (fits) Valid(module);
            else Invalid("type mismatch: catch leaves", module);
        }
    }

    [Fact]
    public void A_clause_names_a_tag_and_a_label_around_the_block()
    {
        ModuleDefinition Clause(uint tag, uint label) => Module(code =>
        {
            code.Write(Opcode.TryTable, new Immediates { Catches = [new CatchClause(CatchKind.Catch, new TagIndex(tag), new LabelIndex(label))] });
            code.Write(Opcode.End);
        });
        Invalid("unknown tag 1", Clause(1, 0));
        Invalid("unknown label 1", Clause(0, 1));
        Invalid("type mismatch", Clause(0, 0));
    }

    [Fact]
    public void The_older_parts_of_a_try_begin_with_what_they_catch()
    {
        void Try(InstructionWriter code, Body body)
        {
            code.Write(Opcode.Try, new BlockType(ValType.I32));
            code.WriteConst(1);
            body(code);
            code.Write(Opcode.End);
            code.Write(Opcode.Drop);
        }
        Valid(Module(code => Try(code, _ => { })));
        Valid(Module(code => Try(code, code => { code.Write(Opcode.Catch, 0); code.Write(Opcode.CatchAll); code.WriteConst(2); })));
        Invalid("type mismatch", Module(code => Try(code, code => code.Write(Opcode.CatchAll))));
        Invalid("unknown tag 1", Module(code => Try(code, code => code.Write(Opcode.Catch, 1))));
        Assert.Throws<MalformedModuleException>(() => { Valid(Module(code => Try(code, code => { code.Write(Opcode.CatchAll); code.WriteConst(2); code.Write(Opcode.Catch, 0); }))); });
    }

    [Fact]
    public void A_rethrow_names_the_label_of_a_catch()
    {
        Valid(Module(code => { code.Write(Opcode.Try, BlockType.Empty); code.Write(Opcode.CatchAll); code.Write(Opcode.Block, BlockType.Empty); code.Write(Opcode.Rethrow, 1); code.Write(Opcode.End); code.Write(Opcode.End); }));
        Invalid("invalid rethrow label", Module(code => code.Write(Opcode.Rethrow, 0)));
        Invalid("invalid rethrow label", Module(code => { code.Write(Opcode.Try, BlockType.Empty); code.Write(Opcode.Rethrow, 0); code.Write(Opcode.End); }));
        Invalid("unknown label 4", Module(code => code.Write(Opcode.Rethrow, 4)));
    }

    [Fact]
    public void A_delegate_ends_its_try_and_counts_labels_outside_of_it()
    {
        Valid(Module(code => { code.Write(Opcode.Try, BlockType.Empty); code.Write(Opcode.Delegate, 0); }));
        Invalid("unknown label 1", Module(code => { code.Write(Opcode.Try, BlockType.Empty); code.Write(Opcode.Delegate, 1); }));
        Invalid("type mismatch", Module(code => { code.Write(Opcode.Try, new BlockType(ValType.I32)); code.Write(Opcode.Delegate, 0); code.Write(Opcode.Drop); }));
    }
}
