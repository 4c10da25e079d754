using System.CommandLine;
using Nacre.Binary;

namespace Nacre.Cli.Verbs;

/// <summary><c>nacre parse</c>: turns a module in the text format into the binary format.</summary>
internal static class ParseVerb
{
    public static Command Define()
    {
        var file = new Argument<string>("FILE") { Description = "The module (.wat)." };
        var output = new Option<string>("--output", "-o") { Description = "Where the bytes go.", HelpName = "FILE", Required = true };
        var verb = new Command("parse", "Turns a module from the text format into the binary format. Nothing is validated.") { file, output };
        verb.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file), target = parsed.GetRequiredValue(output);
            return Outcome.Of(path, () => Execute(path, target));
        });
        return verb;
    }

    private static int Execute(string path, string target)
    {
        File.WriteAllBytes(target, ModuleEncoder.Encode(ModuleFile.ReadDefinition(path)));
        return ExitCode.Success;
    }
}
