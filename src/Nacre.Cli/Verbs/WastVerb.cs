using System.CommandLine;
using Nacre.Cli.Scripts;

namespace Nacre.Cli.Verbs;

/// <summary><c>nacre wast</c>: runs scripts of the official suite and others in their language.</summary>
internal static class WastVerb
{
    public static Command Define()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Scripts (.wast), and folders that are walked for them.", Arity = ArgumentArity.OneOrMore };
        Option<string> engine = EngineChoice.Define("What runs the scripts' code.");
        Option<string> memory = MemoryOption.Define();
        var jobs = new Option<int>("--jobs")
        {
            Description = "How many scripts run at a time.",
            HelpName = "N",
            DefaultValueFactory = static _ => Environment.ProcessorCount,
        };
        jobs.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && (!int.TryParse(text, out int count) || count < 1)) result.AddError($"--jobs wants a number from 1 on, not '{text}'.");
        });
        var json = new Option<bool>("--json") { Description = "Write one JSON object; the last line goes to standard error." };
        var verb = new Command("wast", "Runs scripts and tells which of their assertions fail.") { paths, engine, memory, jobs, json };
        verb.SetAction(parsed =>
        {
            var options = new EngineOptions
            {
                Kind = EngineChoice.Of(parsed.GetValue(engine)),
                MemoryStrategy = MemoryOption.ValueOf(parsed, memory),
            };
            return Execute(parsed.GetRequiredValue(paths), options, parsed.GetValue(jobs), asJson: parsed.GetValue(json));
        });
        return verb;
    }

    private static int Execute(string[] paths, EngineOptions options, int jobCount, bool asJson)
    {
        var files = new List<string>();
        foreach (string path in paths)
        {
            int exitCode = Outcome.Of(path, () => ScriptFiles.AddTo(files, path));
            if (exitCode != ExitCode.Success) return exitCode;
        }
        ScriptResult[] results = ScriptRuns.Run(files, options, jobCount, withProgress: !asJson);
        if (asJson) ScriptSummary.WriteJson(results);
        else ScriptSummary.WriteText(results);
        return results.Any(static result => result.Report.Failures.Count > 0) ? ExitCode.Failure : ExitCode.Success;
    }
}
