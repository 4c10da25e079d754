using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Embedding;

public class ManyFunctionsTests
{
    private const int FunctionCount = 70_000;      // a class of .NET holds 65,535 methods

    [Theory, EachEngine]
    public void A_module_of_more_functions_than_a_class_can_hold_starts_and_runs(EngineKind engine)
    {
        ModuleBuilder module = new ModuleBuilder().Func("first", [ValType.I32], [ValType.I32], code => code.LocalGet(0).Call(FunctionCount - 1));
        for (int i = 1; i < FunctionCount - 1; i++)
        {
            int number = i;
            module.Func(null, [ValType.I32], [ValType.I32], code => code.LocalGet(0).I32(number).Op(Opcode.I32Add));
        }
        module.Func("last", [ValType.I32], [ValType.I32], code => code.LocalGet(0).Call(FunctionCount - 2).Call(1));
        using var guest = Guest.Of(engine, module);
        Assert.Equal(5 + FunctionCount - 2 + 1, guest.Call<int>("first", 5));
        Assert.Equal(7 + FunctionCount - 2 + 1, guest.Call<int>("last", 7));
    }
}
