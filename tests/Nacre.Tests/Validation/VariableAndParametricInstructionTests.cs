using Nacre.Binary;
using Nacre.Syntax;
using static Nacre.Tests.Validation.Checks;

namespace Nacre.Tests.Validation;

public class VariableAndParametricInstructionTests
{
    private static readonly ValType s_func = ValType.Ref(AbstractHeapType.Func);

    private static Immediates Types(params ValType[] types) => new() { Types = types };

    [Fact]
    public void Locals_follow_the_parameters()
    {
        ModuleDefinition Module(ValType result, uint local)
            => WithBody(code => code.Write(Opcode.LocalGet, local), [ValType.F32], [result], [new LocalRun(2, ValType.I64), new LocalRun(0, ValType.F64), new LocalRun(1, ValType.I32)]);
        Valid(Module(ValType.F32, 0));
        Valid(Module(ValType.I64, 2));
        Valid(Module(ValType.I32, 3));
        Invalid("unknown local 4", Module(ValType.I32, 4));
        Invalid("type mismatch", Module(ValType.I32, 2));
    }

    [Fact]
    public void Very_many_locals_have_their_types_too()
    {
        LocalRun[] runs = [new LocalRun(1_000, ValType.I32), new LocalRun(0, ValType.F64), new LocalRun(40_000, ValType.I64), new LocalRun(1, ValType.F32), new LocalRun(8_999, ValType.I32)];
        ModuleDefinition Module(uint local, ValType type) => WithBody(code => code.Write(Opcode.LocalGet, local), results: [type], locals: runs);
        Valid(Module(999, ValType.I32));
        Valid(Module(1_000, ValType.I64));
        Valid(Module(40_999, ValType.I64));
        Valid(Module(41_000, ValType.F32));
        Valid(Module(49_999, ValType.I32));
        Invalid("unknown local 50000", Module(50_000, ValType.I32));
        Invalid("too many locals", WithBody(_ => { }, locals: [.. runs, new LocalRun(1, ValType.I32)]));
        Invalid("too many locals", WithBody(_ => { }, locals: [new LocalRun(uint.MaxValue, ValType.I32)]));
    }

    [Fact]
    public void A_local_without_default_is_set_before_it_is_read()
    {
        LocalRun[] locals = [new LocalRun(1, ValType.I32), new LocalRun(1, s_func)];
        void Set(InstructionWriter code) { code.Write(Opcode.Unreachable); code.Write(Opcode.LocalSet, 1); }
        void Get(InstructionWriter code) { code.Write(Opcode.LocalGet, 1); code.Write(Opcode.Drop); }
        ValidBody(code => { Set(code); Get(code); }, locals: locals);
        ValidBody(code => { Set(code); code.Write(Opcode.Block, BlockType.Empty); Get(code); code.Write(Opcode.End); Get(code); }, locals: locals);
        InvalidBody("uninitialized local 1", Get, locals: locals);
        InvalidBody("uninitialized local 1", code => { code.Write(Opcode.Unreachable); Get(code); }, locals: locals);
        InvalidBody("uninitialized local 1", code => { code.Write(Opcode.Block, BlockType.Empty); Set(code); code.Write(Opcode.End); Get(code); }, locals: locals);
        InvalidBody("uninitialized local 1", code => { code.WriteConst(1); code.Write(Opcode.If, BlockType.Empty); Set(code); code.Write(Opcode.Else); Get(code); code.Write(Opcode.End); }, locals: locals);
    }

    [Fact]
    public void What_one_function_has_set_is_not_set_in_the_next()
    {
        Body set = code => { code.Write(Opcode.Unreachable); code.Write(Opcode.LocalSet, 0); };
        Body get = code => { code.Write(Opcode.LocalGet, 0); code.Write(Opcode.Drop); };
        LocalRun local = new(1, s_func), number = new(1, ValType.I32);
        ModuleDefinition Module(params FuncDefinition[] functions) => new() { RecTypes = [Group(Func())], Functions = functions };
        Assert.Equal(new FuncIndex(1), Invalid("uninitialized local 0", Module(Function(0, set, local), Function(0, get, local))).Function);
        Valid(Module(Function(0, _ => { }, local), Function(0, get, number)));
    }

    [Fact]
    public void Globals_that_cannot_change_are_not_set()
    {
        ModuleDefinition Module(bool isMutable, uint index) => new()
        {
            RecTypes = [Group(Func())],
            Globals = [new GlobalDefinition(new GlobalType(ValType.I32, isMutable), I32(0))],
            Functions = [Function(0, code => { code.Write(Opcode.GlobalGet, index); code.Write(Opcode.GlobalSet, index); })],
        };
        Valid(Module(isMutable: true, 0));
        Invalid("immutable global 0", Module(isMutable: false, 0));
        Invalid("unknown global 1", Module(isMutable: true, 1));
    }

    [Fact]
    public void A_plain_select_chooses_between_numbers_or_vectors()
    {
        ValidBody(code => { code.WriteConst(1L); code.WriteConst(2L); code.WriteConst(0); code.Write(Opcode.Select); }, [ValType.I64]);
        ValidBody(code => { code.Write(Opcode.Unreachable); code.WriteConst(2L); code.WriteConst(0); code.Write(Opcode.Select); }, [ValType.I64]);
        InvalidBody("type mismatch", code => { code.WriteConst(1L); code.WriteConst(2); code.WriteConst(0); code.Write(Opcode.Select); }, [ValType.I64]);
        InvalidBody("type mismatch: instruction requires numeric or vector type but stack has funcref",
            code => { code.Write(Opcode.RefNull, Null); code.Write(Opcode.RefNull, Null); code.WriteConst(0); code.Write(Opcode.Select); code.Write(Opcode.Drop); });
    }

    [Fact]
    public void A_select_with_a_type_has_exactly_one()
    {
        ValidBody(code => { code.Write(Opcode.RefNull, Null); code.Write(Opcode.RefNull, Null); code.WriteConst(0); code.Write(Opcode.SelectT, Types(ValType.Funcref)); }, [ValType.Funcref]);
        InvalidBody("invalid result arity", code => { code.Write(Opcode.Unreachable); code.Write(Opcode.SelectT, Types()); });
        InvalidBody("invalid result arity", code => { code.Write(Opcode.Unreachable); code.Write(Opcode.SelectT, Types(ValType.I32, ValType.I32)); });
        InvalidBody("unknown type 7", code => { code.Write(Opcode.Unreachable); code.Write(Opcode.SelectT, Types(ValType.RefNull(Type(7)))); code.Write(Opcode.Drop); });
    }

    private static Immediates Null => new() { Heap = new HeapType(AbstractHeapType.Func) };
}
