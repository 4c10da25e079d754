using System.CommandLine;
using Nacre.Binary;
using Nacre.Cli.Inspection;
using Nacre.Cli.Platform;
using Nacre.Syntax;
using Nacre.Text;
using Spectre.Console;

namespace Nacre.Cli.Verbs;

/// <summary><c>nacre inspect</c>: tells what is in a module.</summary>
internal static class InspectVerb
{
    private const int RedirectedWidth = 1000;

    public static Command Define()
    {
        var file = new Argument<string>("FILE") { Description = "The module (.wasm or .wat)." };
        var json = new Option<bool>("--json") { Description = "Write one JSON object instead of tables." };
        var disassemble = new Option<bool>("--disassemble") { Description = "Write the module in the text format, each instruction with its place in the bytes." };
        var cil = new Option<string?>("--cil") { Description = "Write the CIL that the compiler makes of a function.", HelpName = "FUNC" };
        var assembly = new Option<string?>("--asm") { Description = "Write the machine code that becomes of a function.", HelpName = "FUNC" };
        Option<string> memory = MemoryOption.Define();
        var fuel = new Option<bool>("--fuel") { Description = "Show --cil or --asm of code that uses fuel." };
        var interruptible = new Option<bool>("--interruptible") { Description = "Show --cil or --asm of code that can be interrupted." };
        var verb = new Command("inspect", "Tells a module's sections, imports, exports, features and biggest functions, or shows its code.")
        {
            file, json, disassemble, cil, assembly, memory, fuel, interruptible,
        };
        verb.Validators.Add(result =>
        {
            if (new Option[] { json, disassemble, cil, assembly }.Count(option => result.GetResult(option) is { Implicit: false }) > 1)
                result.AddError("--json, --disassemble, --cil and --asm cannot be combined.");
        });
        verb.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            var options = new EngineOptions
            {
                Features = WasmFeatures.All,
                Kind = EngineKind.Compiler,
                MemoryStrategy = MemoryOption.ValueOf(parsed, memory),
                ConsumeFuel = parsed.GetValue(fuel),
                Interruptible = parsed.GetValue(interruptible),
            };
            return Outcome.Of(path, () =>
                parsed.GetValue(cil) is { } function ? FunctionCode.WriteCil(path, function, options)
                : parsed.GetValue(assembly) is { } compiled ? FunctionCode.WriteAssembly(path, compiled, options)
                : parsed.GetValue(disassemble) ? Disassemble(path)
                : Execute(path, asJson: parsed.GetValue(json)));
        });
        return verb;
    }

    private static int Execute(string path, bool asJson)
    {
        ModuleReport report = ModuleInspector.Inspect(path, ModuleFile.ReadBinary(path));
        if (asJson)
        {
            using Stream output = Host.OpenOutput();
            ReportJson.Write(report, output);
        }
        else
        {
            using TextWriter output = Host.OpenOutputText();
            ReportText.Write(report, ConsoleFor(output));
        }
        return ExitCode.Success;
    }

    private static int Disassemble(string path)
    {
        // Instructions of a text get a place when they are encoded.
        ModuleDefinition module = ModuleDecoder.Decode(ModuleFile.ReadBinary(path), WasmFeatures.All);
        using TextWriter output = Host.OpenOutputText();
        ModulePrinter.Print(module, output, new PrintOptions { ByteOffsets = true });
        return ExitCode.Success;
    }

    private static IAnsiConsole ConsoleFor(TextWriter output)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Capabilities.Unicode = true;
        if (!Host.IsTerminal(1)) console.Profile.Width = RedirectedWidth;
        return console;
    }
}
