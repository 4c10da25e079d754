using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Nacre.Cli.Platform;

/// <summary>Runs this tool once more, with the same command line, as what the .NET runtime only reads at its start has to be set before.</summary>
internal static class Restart
{
    /// <summary>Whether a variable of the runtime's is set, be it by us or by who started the tool.</summary>
    public static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };

    /// <summary>Starts the tool with more environment variables, on the same standard streams, and waits for its end.</summary>
    /// <remarks>A signal that is to end this process ends that one, which would go on alone otherwise.</remarks>
    /// <returns>Its exit code, or that of a process which the signal ended.</returns>
    public static int With(params ReadOnlySpan<(string Name, string Value)> variables)
    {
        string[] arguments = Environment.GetCommandLineArgs();
        string program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { UseShellExecute = false };

        // The program is this tool, or the host that runs its assembly.
        if (Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase)) start.ArgumentList.Add(arguments[0]);
        foreach (string argument in arguments.AsSpan(1)) start.ArgumentList.Add(argument);
        foreach ((string name, string value) in variables) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        int? signalled = null;
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => End(context, ExitCode.Interrupted));
        using PosixSignalRegistration termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => End(context, ExitCode.Terminated));
        process.WaitForExit();
        return signalled ?? process.ExitCode;

        void End(PosixSignalContext context, int exitCode)
        {
            context.Cancel = true;
            signalled = exitCode;
            process.Kill();
        }
    }
}
