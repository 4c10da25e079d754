using System.Diagnostics;
using System.Globalization;
using System.Reflection.Emit;
using Nacre.Compiler;
using Nacre.Syntax;

namespace Nacre.Tests.Compiler;

/// <summary>What lowering costs, and how many variables it asks for, is in proportion to the function.</summary>
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

    [Theory]
    [InlineData("local.get 0 local.get 0 i64.const 1 local.get 0 br_if 0 drop drop drop")]
    [InlineData("(if (local.get 0) (then (throw $e)))")]
    [InlineData("(block (try_table (catch_all 0) (call $throw)))")]
    [InlineData("(try (do (call $throw)) (catch_all))")]
    public void Variables_are_used_again(string code)
        => Assert.Equal(LocalCount(code, 3), LocalCount(code, 30));

    private static int LocalCount(string code, int count)
        => MethodSize.Of(Lower($"{Repeat(count, code + " ")}(i32.const 0) (i32.const 0) (i64.const 0)", new Stopwatch(), "i32 i32 i64")).LocalCount;

    private static string Repeat(int count, string text) => string.Concat(Enumerable.Repeat(text, count));

    private static Type Lower(string body, Stopwatch clock, string results = "i32")
    {
        using var engine = new Engine(new EngineOptions { Kind = EngineKind.Compiler, ConsumeFuel = true, Features = WasmFeatures.All });
        Module module = engine.CompileText($"(module (tag $e) (func $f (param i32) (result {results}) {body}) (func $throw (throw $e)))");
        var code = new CodeVariant((CompilerEngine)engine.Execution, module.Validated, isGuarded: false);
        var signature = new ClrSignature(module.Validated.Functions[0].Func!);
        MethodBuilder method = code.Define(new FuncIndex(0), signature);
        var lowering = new FunctionLowering(code, new FuncIndex(0), signature, method, method.GetILGenerator());
        clock.Start();
        lowering.Lower();
        clock.Stop();
        return ((TypeBuilder)method.DeclaringType!).CreateType();
    }
}
