using System.Text.Json;
using Nacre.Cli.Platform;
using Nacre.Scripts;

namespace Nacre.Cli.Scripts;

/// <summary>Tells how scripts went.</summary>
internal static class ScriptSummary
{
    /// <summary>Writes each failure with its place, and a last line that counts.</summary>
    public static void WriteText(ScriptResult[] results)
    {
        using TextWriter output = Host.OpenOutputText();
        foreach (ScriptFailure failure in Failures(results)) output.WriteLine($"{failure.Position}: {failure.Message}");
        output.WriteLine(LastLine(results));
    }

    /// <summary>Writes one JSON object to standard output, and the last line to standard error.</summary>
    public static void WriteJson(ScriptResult[] results)
    {
        using (Stream output = Host.OpenOutput())
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("passed", PassedCount(results));
            json.WriteNumber("failed", FailedCount(results));
            json.WriteNumber("skipped", 0);
            json.WriteStartArray("files");
            foreach (ScriptResult result in results) Write(json, result);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        Host.WriteError(LastLine(results));
    }

    private static void Write(Utf8JsonWriter json, ScriptResult result)
    {
        json.WriteStartObject();
        json.WriteString("file", result.File);
        json.WriteNumber("passed", result.Report.PassedCount);
        json.WriteStartArray("failures");
        foreach (ScriptFailure failure in result.Report.Failures)
        {
            json.WriteStartObject();
            json.WriteNumber("line", failure.Position.Line);
            json.WriteNumber("column", failure.Position.Column);
            json.WriteString("message", failure.Message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Every command of a script is run: none is ever skipped.
    private static string LastLine(ScriptResult[] results) => $"wast: {PassedCount(results)} passed, {FailedCount(results)} failed, 0 skipped";

    private static IEnumerable<ScriptFailure> Failures(ScriptResult[] results) => results.SelectMany(static result => result.Report.Failures);

    private static int PassedCount(ScriptResult[] results) => results.Sum(static result => result.Report.PassedCount);

    private static int FailedCount(ScriptResult[] results) => Failures(results).Count();
}
