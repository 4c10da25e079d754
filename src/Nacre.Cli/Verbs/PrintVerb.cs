using System.CommandLine;
using Nacre.Cli.Platform;
using Nacre.Syntax;
using Nacre.Text;

namespace Nacre.Cli.Verbs;

/// <summary><c>nacre print</c>: shows a module in the text format.</summary>
internal static class PrintVerb
{
    public static Command Define()
    {
        var file = new Argument<string>("FILE") { Description = "The module (.wasm or .wat)." };
        var output = new Option<string?>("--output", "-o") { Description = "Where the text goes instead of standard output.", HelpName = "FILE" };
        var fold = new Option<bool>("--fold") { Description = "Write operands inside of the instruction that takes them." };
        var skeleton = new Option<bool>("--skeleton") { Description = "Leave out the locals and instructions of functions." };
        var verb = new Command("print", "Shows a module in the text format, which can be read back.") { file, output, fold, skeleton };
        verb.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            var options = new PrintOptions { Fold = parsed.GetValue(fold), Skeleton = parsed.GetValue(skeleton) };
            return Outcome.Of(path, () => Execute(path, parsed.GetValue(output), options));
        });
        return verb;
    }

    private static int Execute(string path, string? target, PrintOptions options)
    {
        ModuleDefinition module = ModuleFile.ReadDefinition(path);
        using TextWriter output = target is null ? Host.OpenOutputText() : new StreamWriter(target);
        ModulePrinter.Print(module, output, options);
        return ExitCode.Success;
    }
}
