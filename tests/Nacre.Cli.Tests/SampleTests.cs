using System.Text.Json;

namespace Nacre.Cli.Tests;

/// <summary>Every sample that is a program, with its exact output. samples/guests/README.md tells what the files mean.</summary>
public sealed class SampleTests
{
    public static TheoryData<string> Cases
        => [.. Directory.EnumerateFiles(Tool.Guest(""), "*.expected").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [Theory, MemberData(nameof(Cases))]
    public void A_sample_prints_what_is_expected_byte_for_byte(string name)
    {
        string json = Tool.Guest(name + ".json");
        JsonElement given = File.Exists(json) ? JsonDocument.Parse(File.ReadAllText(json)).RootElement : default;

        ToolRun run = Tool.Run(Text(given, "standardInput") ?? "", [.. Arguments(name, given)]);

        Assert.Equal(File.ReadAllText(Tool.Guest(name + ".expected")), run.Output);
        Assert.Equal(File.ReadAllBytes(Tool.Guest(name + ".expected")), run.OutputBytes);
        Assert.Equal(Member(given, "exitCode") is { } exitCode ? exitCode.GetInt32() : 0, run.ExitCode);
        if (Text(given, "trap") is { } trap) Assert.Contains(trap, run.Error, StringComparison.Ordinal);
        AssertCallStack(given, run.Error);
    }

    private static IEnumerable<string> Arguments(string name, JsonElement given)
    {
        yield return "run";
        if (Member(given, "environment") is { } environment)
            foreach (JsonProperty variable in environment.EnumerateObject())
            {
                yield return "--env";
                yield return $"{variable.Name}={variable.Value.GetString()}";
            }
        yield return Tool.Guest(name.Split('.')[0] + ".wasm");
        if (Member(given, "arguments") is { } arguments)
            foreach (JsonElement argument in arguments.EnumerateArray()) yield return argument.GetString()!;
    }

    private static void AssertCallStack(JsonElement given, string error)
    {
        if (Member(given, "callStack") is not { } callStack) return;
        string[] lines = [.. error.Split('\n').Where(line => line.StartsWith("  at ", StringComparison.Ordinal))];
        string[] names = [.. callStack.EnumerateArray().Select(name => name.GetString()!)];
        Assert.True(lines.Length >= names.Length, error);
        for (int i = 0; i < names.Length; i++) Assert.Contains(names[i], lines[i], StringComparison.Ordinal);
    }

    private static JsonElement? Member(JsonElement given, string name)
        => given.ValueKind == JsonValueKind.Object && given.TryGetProperty(name, out JsonElement member) ? member : null;

    private static string? Text(JsonElement given, string name) => Member(given, name)?.GetString();
}
