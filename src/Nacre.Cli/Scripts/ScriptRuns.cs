using System.Globalization;
using Nacre.Cli.Platform;
using Nacre.Scripts;
using Spectre.Console;

namespace Nacre.Cli.Scripts;

/// <summary>How the script of a file went.</summary>
internal sealed record ScriptResult(string File, ScriptReport Report);

/// <summary>Runs scripts, several at a time, each on an engine of its own.</summary>
internal static class ScriptRuns
{
    /// <summary>Runs all of <paramref name="files"/>.</summary>
    /// <returns>The results, in the order of the files.</returns>
    public static ScriptResult[] Run(IReadOnlyList<string> files, EngineOptions options, int jobCount, bool withProgress)
    {
        var results = new ScriptResult[files.Count];
        if (withProgress && Host.IsTerminal(1)) ShowProgress(results, advance => RunAll(results, files, options, jobCount, advance));
        else RunAll(results, files, options, jobCount, static () => { });
        return results;
    }

    private static void RunAll(ScriptResult[] results, IReadOnlyList<string> files, EngineOptions options, int jobCount, Action advance)
        => Parallel.For(0, files.Count, new ParallelOptions { MaxDegreeOfParallelism = jobCount }, index =>
        {
            results[index] = new ScriptResult(files[index], RunOne(files[index], options));
            advance();
        });

    private static ScriptReport RunOne(string file, EngineOptions options)
    {
        try
        {
            using var engine = new Engine(options with { Features = SuiteFolders.FeaturesFor(Path.GetFullPath(file)) });
            return ScriptRunner.Run(Host.ReadFile(file), file, engine);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ScriptReport(0, [new ScriptFailure(new TextPosition(file, 1, 1), e.Message)]);
        }
    }

    private static void ShowProgress(ScriptResult[] results, Action<Action> run)
        => AnsiConsole.Progress().AutoClear(enabled: true).HideCompleted(enabled: false).Start(context =>
        {
            int doneCount = 0;
            ProgressTask task = context.AddTask(Description(0), maxValue: results.Length);
            run(() =>
            {
                task.Description = Description(Interlocked.Increment(ref doneCount));
                task.Increment(1);
            });

            string Description(int done) => string.Create(CultureInfo.InvariantCulture, $"{done} of {results.Length} scripts");
        });
}
