using System.Text;
using Nacre.Syntax;
using Nacre.Tests.Support;
using Nacre.Text;

namespace Nacre.Tests.Text;

/// <summary>How modules are printed, and how what is wrong with them is told.</summary>
public class GoldenTests
{
    private const char Separator = '§';

    [Theory]
    [InlineData("flat")]
    [InlineData("folded")]
    [InlineData("skeleton")]
    public void A_module_is_printed_as_it_was(string style)
    {
        ModuleDefinition module = ModuleParser.Parse(Golden.Read("everything.wat"), features: WasmFeatures.All);
        var options = new PrintOptions { Fold = style == "folded", Skeleton = style == "skeleton" };
        Golden.Check($"everything.{style}.wat", ModulePrinter.Print(module, options));
    }

    [Fact]
    public void Mistakes_are_told_as_they_were()
    {
        var output = new StringBuilder();
        foreach (string text in Golden.Read("mistakes.wat").ReplaceLineEndings("\n").Split($";;{Separator}\n", StringSplitOptions.RemoveEmptyEntries))
            output.Append(text).Append("--> ").Append(MistakeIn(text).ReplaceLineEndings("\n")).Append("\n\n");
        Golden.Check("mistakes.expected", output.ToString());
    }

    private static string MistakeIn(string text)
    {
        using var engine = new Engine(new EngineOptions { Features = WasmFeatures.All });
        return Assert.ThrowsAny<WasmException>(() => engine.CompileText(text, "m.wat")).Message;
    }
}
