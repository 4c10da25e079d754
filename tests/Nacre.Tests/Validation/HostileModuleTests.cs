using Nacre.Binary;
using Nacre.Syntax;
using static Nacre.Tests.Validation.Checks;

namespace Nacre.Tests.Validation;

/// <summary>Modules made to cost more than their bytes.</summary>
public class HostileModuleTests
{
    [Theory]
    [InlineData(Opcode.Block)]
    [InlineData(Opcode.Loop)]
    [InlineData(Opcode.If)]
    [InlineData(Opcode.Try)]
    public void A_hundred_thousand_nested_blocks_are_no_problem(Opcode opcode)
    {
        const int depth = 100_000;
        ModuleDefinition Nested(uint label) => WithBody(code =>
        {
            for (int i = 0; i < depth; i++)
            {
                if (opcode == Opcode.If) code.WriteConst(1);
                code.Write(opcode, BlockType.Empty);
            }
            code.Write(Opcode.Br, label);
            for (int i = 0; i < depth; i++) code.Write(Opcode.End);
        });
        Valid(Nested(depth));
        Invalid($"unknown label {depth + 1}", Nested(depth + 1));
    }

    [Fact]
    public void Operands_that_grow_out_of_proportion_are_refused()
    {
        ValType[] many = [.. Enumerable.Repeat(ValType.I64, 1_000)];
        var module = new ModuleDefinition
        {
            RecTypes = [Group(Func()), Group(Func([], many))],
            Imports = [new Import("m", "f", new FuncExternType(Type(1)))],
            Functions = [Function(0, code => { for (int i = 0; i < 2_000; i++) code.Write(Opcode.Call, 0); })],
        };
        Invalid("too many operands", module);
    }

    [Fact]
    public void Declared_locals_cost_nothing_until_used()
    {
        LocalRun[] locals = [new LocalRun(50_000, ValType.I64)];
        FuncDefinition function = Function(0, code => { code.Write(Opcode.LocalGet, 49_999); code.Write(Opcode.Drop); }, locals);
        Valid(new ModuleDefinition { RecTypes = [Group(Func())], Functions = [.. Enumerable.Repeat(function, 100_000)] });
    }

    [Fact]
    public void Of_many_functions_in_error_the_first_is_reported_however_many_cores_there_are()
    {
        byte[] long_ = [.. Enumerable.Repeat((byte)0x01, 100_000), 0x0B];
        byte[] wrong = [.. Enumerable.Repeat((byte)0x01, 100_000), 0x1A, 0x0B];
        FuncDefinition Of(byte[] body) => new(new TypeIndex(0), [], new Expr(body, 0));
        FuncDefinition[] functions = [.. Enumerable.Range(0, 60).Select(index => Of(index is 11 or 12 or 13 or 40 ? wrong : long_))];
        var module = new ModuleDefinition { RecTypes = [Group(Func())], Functions = functions };
        for (int round = 0; round < 10; round++)
            Assert.Equal(new FuncIndex(11), Invalid("type mismatch", module).Function);
    }

    [Fact]
    public void A_large_module_is_validated_whole()
    {
        byte[] body = [.. Enumerable.Repeat<byte[]>([0x41, 0x01, 0x1A], 30_000).SelectMany(bytes => bytes), 0x0B];
        FuncDefinition function = new(new TypeIndex(0), [], new Expr(body, 0));
        Valid(new ModuleDefinition { RecTypes = [Group(Func())], Functions = [.. Enumerable.Repeat(function, 40)] });
    }
}
