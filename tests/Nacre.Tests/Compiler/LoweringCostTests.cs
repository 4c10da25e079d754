using System.Diagnostics;
using System.Globalization;
using System.Reflection.Emit;
using Nacre.Compiler;
using Nacre.Syntax;

namespace Nacre.Tests.Compiler;

/// <summary>What lowering takes is in proportion to the function.</summary>
public class LoweringCostTests
{
    [Theory]
    [InlineData("local.get 0 br_if {0}")]
    [InlineData("block local.get 0 br_table 0 1 2 3 4 5 6 7 8 9 end")]
    public void Branches_in_many_blocks_take_no_longer_for_the_blocks(string branch)
    {
        const int Count = 20_000;
        string code = string.Format(CultureInfo.InvariantCulture, branch, Count - 1);
        var clock = new Stopwatch();
        Lower($"{Repeat(Count, "block ")}{Repeat(Count, code + " ")}{Repeat(Count, "end ")}i32.const 0", clock);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(3), clock.Elapsed.ToString());
    }

    private static string Repeat(int count, string text) => string.Concat(Enumerable.Repeat(text, count));

    private static void Lower(string body, Stopwatch clock)
    {
        using var engine = new Engine(new EngineOptions { Kind = EngineKind.Compiler, ConsumeFuel = true, Features = WasmFeatures.All });
        Module module = engine.CompileText($"(module (func (param i32) (result i32) {body}))");
        var code = new CodeVariant((CompilerEngine)engine.Execution, module.Validated, isGuarded: false);
        var signature = new ClrSignature(module.Validated.Functions[0].Func!);
        MethodBuilder method = code.Define(new FuncIndex(0), signature);
        var lowering = new FunctionLowering(code, new FuncIndex(0), signature, method, method.GetILGenerator());
        clock.Start();
        lowering.Lower();
        clock.Stop();
    }
}
