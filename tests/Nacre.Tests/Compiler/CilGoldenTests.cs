using System.Globalization;
using System.Text;
using Nacre.Compiler;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Compiler;

/// <summary>The CIL of small functions. The head of each file says with which options its functions are lowered.</summary>
public class CilGoldenTests
{
    private const string Head = ";; lowered";

    [Theory]
    [InlineData("aggregates")]
    [InlineData("calls")]
    [InlineData("control")]
    [InlineData("exceptions")]
    [InlineData("globals")]
    [InlineData("memory")]
    [InlineData("metering")]
    [InlineData("nans")]
    [InlineData("numbers")]
    public void Functions_are_lowered_as_they_were(string name)
    {
        string text = Golden.Read(name + ".wat");
        var output = new StringBuilder();
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n').Where(line => line.StartsWith(Head, StringComparison.Ordinal)))
            output.Append(line).Append('\n').Append(Lower(text, line[Head.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.NotEqual(0, output.Length);
        Golden.Check(name + ".cil", output.ToString());
    }

    [Fact]
    public void Without_metering_the_code_has_no_trace_of_it()
    {
        string text = Golden.Read("metering.wat");
        Assert.Contains("ControlCell.Fuel", Lower(text, ["fuel"]), StringComparison.Ordinal);
        Assert.Contains("ControlCell.Interruption", Lower(text, ["interruptible"]), StringComparison.Ordinal);
        Assert.DoesNotContain("ControlCell.Fuel", Lower(text, ["interruptible"]), StringComparison.Ordinal);
        Assert.DoesNotContain("ControlCell.Interruption", Lower(text, ["fuel"]), StringComparison.Ordinal);
        Assert.DoesNotContain("Fuel", Lower(text, []), StringComparison.Ordinal);
        Assert.DoesNotContain("Interrupt", Lower(text, []), StringComparison.Ordinal);
    }

    [Fact]
    public void A_listing_is_the_same_whatever_was_compiled_before()
    {
        using var engine = new Engine(new EngineOptions { Features = WasmFeatures.All, Kind = EngineKind.Compiler });
        Module module = engine.CompileText(Golden.Read("calls.wat"));
        string before = CilOf(module, isGuarded: false);
        for (uint i = 0; i < module.Validated.Functions.Length; i++) module.CompileFunction(new FuncIndex(i));
        Assert.Equal(before, CilOf(module, isGuarded: false));
    }

    [Fact]
    public void Only_functions_with_code_of_their_own_have_listings()
    {
        using var compiler = new Engine(new EngineOptions { Kind = EngineKind.Compiler });
        Module module = compiler.CompileText("(module (import \"a\" \"b\" (func)) (func))");
        Assert.Throws<NotSupportedException>(() => module.WriteCil(new FuncIndex(0), TextWriter.Null));
        module.WriteCil(new FuncIndex(1), TextWriter.Null);
        Assert.Throws<ArgumentOutOfRangeException>(() => module.WriteCil(new FuncIndex(2), TextWriter.Null));

        using var interpreter = new Engine(new EngineOptions { Kind = EngineKind.Interpreter });
        Assert.Throws<NotSupportedException>(() => interpreter.CompileText("(module (func))").WriteCil(new FuncIndex(0), TextWriter.Null));
    }

    private static string Lower(string text, string[] options)
    {
        using var engine = new Engine(new EngineOptions
        {
            Features = WasmFeatures.All,
            Kind = EngineKind.Compiler,
            ConsumeFuel = options.Contains("fuel"),
            Interruptible = options.Contains("interruptible"),
            CanonicalizeNaNs = options.Contains("canonical"),
        });
        return CilOf(engine.CompileText(text), isGuarded: options.Contains("guarded"));
    }

    private static string CilOf(Module module, bool isGuarded)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        for (int i = module.Validated.ImportedFunctionCount; i < module.Validated.Functions.Length; i++)
        {
            output.WriteLine();
            ((CompiledModule)module.Code).WriteCil(new FuncIndex((uint)i), isGuarded, output);
        }
        return output.ToString() + "\n";
    }
}
