using System.CommandLine;
using Nacre.Cli.Platform;
using Nacre.Cli.Running;

namespace Nacre.Cli.Verbs;

/// <summary><c>nacre run</c>: runs a program, or calls one of a module's exported functions.</summary>
internal static class RunVerb
{
    public const string Name = "run";

    // Read by the .NET runtime at its start.
    private const string PerfMap = "DOTNET_PerfMapEnabled", MapOnly = "3";

    public static Command Define()
    {
        var file = new Argument<string>("FILE") { Description = "The module (.wasm or .wat). Options must come before it." };
        var guestArguments = new Argument<string[]>("ARGUMENTS")
        {
            Description = "The guest's arguments, or the operands of the function that --invoke names.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var options = new RunOptions();
        var verb = new Command(Name, "Runs a WebAssembly program, or calls a function of a module.") { file, guestArguments };
        options.AddTo(verb);
        verb.SetAction(parsed => options.WantsPerfMap(parsed) && !Restart.IsSet(PerfMap)
            ? Restart.With((PerfMap, MapOnly))
            : Execute(options.RequestOf(parsed, parsed.GetRequiredValue(file), parsed.GetValue(guestArguments) ?? [])));
        return verb;
    }

    /// <summary>Runs what was asked for.</summary>
    /// <returns>The guest's exit code, or that of a failure.</returns>
    public static int Execute(RunRequest request) => Outcome.Of(request.File, () => GuestRun.Execute(request));
}
