using System.Diagnostics;
using System.Text;

namespace Nacre.Cli.Tests;

/// <summary>What a run of the tool left behind.</summary>
internal sealed record ToolRun(int ExitCode, byte[] OutputBytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(OutputBytes);
}

/// <summary>Runs the built tool as a process.</summary>
internal static class Tool
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    /// <summary>The folder of this test's own output: …/artifacts/bin/Nacre.Cli.Tests/CONFIGURATION/.</summary>
    private static readonly string s_here = System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);

    /// <summary>The tool of the same configuration.</summary>
    public static string Path { get; } = System.IO.Path.Combine(s_here, "..", "..", "Nacre.Cli", System.IO.Path.GetFileName(s_here), "nacre.dll");

    /// <summary>A file beside the guests.</summary>
    public static string Guest(string name) => System.IO.Path.Combine(s_here, "guests", name);

    public static ToolRun Run(params string[] arguments) => Run("", arguments);

    /// <summary>Runs the tool with what a Unix shell makes of the arguments, redirections included.</summary>
    public static ToolRun RunInShell(string arguments) => Run("sh", "", ["-c", $"dotnet '{Path}' {arguments}"]);

    public static ToolRun Run(string input, string[] arguments, params (string Name, string Value)[] environment)
        => Run("dotnet", input, [Path, .. arguments], environment);

    private static ToolRun Run(string program, string input, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment) start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task feeding = Feed(process, input);
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        Assert.True(process.WaitForExit(s_patience), "the tool does not come to an end");
        feeding.Wait();
        return new ToolRun(process.ExitCode, output.ToArray(), error.Result);
    }

    // A guest may end without reading all of its input.
    private static async Task Feed(Process process, string input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException) when (process.WaitForExit(s_patience))
        {
        }
    }
}
