using System.CommandLine;
using Nacre.Syntax;

namespace Nacre.Cli.Verbs;

/// <summary><c>nacre validate</c>: says whether files are valid modules.</summary>
internal static class ValidateVerb
{
    public static Command Define()
    {
        var files = new Argument<string[]>("FILE") { Description = "The modules (.wasm or .wat).", Arity = ArgumentArity.OneOrMore };
        var verb = new Command("validate", "Checks that files are valid WebAssembly modules. Says nothing of those that are.") { files };
        verb.SetAction(parsed => Execute(parsed.GetRequiredValue(files)));
        return verb;
    }

    /// <returns>Success when all are valid, else the code of the first failure.</returns>
    private static int Execute(string[] files)
    {
        using var engine = new Engine(new EngineOptions { Features = WasmFeatures.All });
        int answer = ExitCode.Success;
        foreach (string file in files)
        {
            int exitCode = Outcome.Of(file, () => Validate(engine, file));
            if (answer == ExitCode.Success) answer = exitCode;
        }
        return answer;
    }

    private static int Validate(Engine engine, string file)
    {
        ModuleFile.Validate(engine, file);
        return ExitCode.Success;
    }
}
