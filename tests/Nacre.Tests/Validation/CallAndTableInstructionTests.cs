using Nacre.Binary;
using Nacre.Syntax;
using static Nacre.Tests.Validation.Checks;

namespace Nacre.Tests.Validation;

public class CallAndTableInstructionTests
{
    private static TableDefinition Table(ValType element, AddressType address = AddressType.I32) => new(new TableType(element, new Limits(1), address), null);

    private static ElementSegment Segment(ValType type) => new(SegmentMode.Passive, default, null, type, null, []);

    // Function 0 is of type 0, [] → []; type 1 is [i32] → [i64]. Tables: functions, functions by i64, host objects.
    private static ModuleDefinition Module(Body body) => new()
    {
        RecTypes = [Group(Func()), Group(Func([ValType.I32], [ValType.I64])), Group(new StructType([]))],
        Functions = [Function(0, body), Function(1, code => code.WriteConst(1L))],
        Tables = [Table(ValType.Funcref), Table(ValType.Funcref, AddressType.I64), Table(ValType.Externref)],
        Elements = [Segment(ValType.Funcref), Segment(ValType.Externref)],
    };

    private static Body Unreachable(Opcode opcode, uint index, uint index2 = 0) => code =>
    {
        code.Write(Opcode.Unreachable);
        code.Write(opcode, index, index2);
        code.Write(Opcode.Unreachable);
    };

    [Fact]
    public void A_call_takes_parameters_and_leaves_results()
    {
        Valid(Module(code => { code.WriteConst(1); code.Write(Opcode.Call, 1); code.Write(Opcode.I64Eqz); code.Write(Opcode.Drop); }));
        Invalid("type mismatch: instruction requires [i32] but stack has [], in call", Module(code => code.Write(Opcode.Call, 1)));
        Invalid("unknown function 2", Module(code => code.Write(Opcode.Call, 2)));
    }

    [Fact]
    public void An_indirect_call_needs_a_table_of_functions_and_a_function_type()
    {
        Valid(Module(code => { code.WriteConst(1); code.WriteConst(0); code.Write(Opcode.CallIndirect, 1, 0); code.Write(Opcode.Drop); }));
        Valid(Module(code => { code.WriteConst(1); code.WriteConst(0L); code.Write(Opcode.CallIndirect, 1, 1); code.Write(Opcode.Drop); }));
        Invalid("type mismatch", Module(code => { code.WriteConst(0); code.Write(Opcode.CallIndirect, 0, 1); }));
        Invalid("unknown table 3", Module(Unreachable(Opcode.CallIndirect, 0, 3)));
        Invalid("unknown type 9", Module(Unreachable(Opcode.CallIndirect, 9, 0)));
        Invalid("non-function type 2", Module(Unreachable(Opcode.CallIndirect, 2, 0)));
        Invalid("type mismatch: instruction requires table of function type but table has element type externref", Module(Unreachable(Opcode.CallIndirect, 0, 2)));
    }

    [Theory]
    [InlineData(Opcode.ReturnCall)]
    [InlineData(Opcode.ReturnCallIndirect)]
    [InlineData(Opcode.ReturnCallRef)]
    public void A_tail_call_returns_what_the_function_does(Opcode opcode)
    {
        Valid(Module(Unreachable(opcode, 0)));
        Invalid("type mismatch: current function requires result type [] but callee returns [i64]", Module(Unreachable(opcode, 1)));
    }

    [Fact]
    public void A_call_by_reference_takes_a_reference_to_its_type_on_top()
    {
        Valid(Module(code => { code.WriteConst(1); code.Write(Opcode.RefNull, new Immediates { Heap = Type(1) }); code.Write(Opcode.CallRef, 1); code.Write(Opcode.Drop); }));
        Invalid("type mismatch: instruction requires [(ref null 1)] but stack has [(ref null 0)]",
            Module(code => { code.WriteConst(1); code.Write(Opcode.RefNull, new Immediates { Heap = Type(0) }); code.Write(Opcode.CallRef, 1); }));
        Invalid("non-function type 2", Module(Unreachable(Opcode.CallRef, 2)));
    }

    [Theory]
    [InlineData(Opcode.TableGet, 0u, "i32")]
    [InlineData(Opcode.TableGet, 1u, "i64")]
    [InlineData(Opcode.TableSet, 2u, "i32 externref")]
    [InlineData(Opcode.TableGrow, 1u, "funcref i64")]
    [InlineData(Opcode.TableFill, 1u, "i64 funcref i64")]
    public void Instructions_on_a_table_use_its_address_and_element_type(Opcode opcode, uint table, string operands)
    {
        Valid(Module(Unreachable(opcode, table)));
        Invalid($"type mismatch: instruction requires [{operands}] but stack has []", Module(code => code.Write(opcode, table)));
        Invalid("unknown table 3", Module(Unreachable(opcode, 3)));
    }

    [Fact]
    public void A_copy_or_initialisation_needs_elements_that_fit()
    {
        Valid(Module(Unreachable(Opcode.TableCopy, 0, 1)));
        Valid(Module(Unreachable(Opcode.TableInit, 0, 1)));
        Invalid("type mismatch: instruction requires [i32 i64 i32]", Module(code => code.Write(Opcode.TableCopy, 0, 1)));
        Invalid("type mismatch: instruction requires [i64 i32 i32]", Module(code => code.Write(Opcode.TableInit, 0, 1)));
        Invalid("type mismatch: source element type externref does not match", Module(Unreachable(Opcode.TableCopy, 0, 2)));
        Invalid("type mismatch: element segment's type externref does not match", Module(Unreachable(Opcode.TableInit, 1, 0)));
        Invalid("unknown elem segment 2", Module(Unreachable(Opcode.TableInit, 2, 0)));
        Invalid("unknown elem segment 2", Module(Unreachable(Opcode.ElemDrop, 2)));
        Invalid("unknown table 3", Module(Unreachable(Opcode.TableInit, 0, 3)));
    }
}
