using Nacre.Cli.Platform;

namespace Nacre.Cli;

/// <summary>Turns how a verb ended into an exit code and, where it failed, a message on standard error.</summary>
internal static class Outcome
{
    /// <summary>Does <paramref name="work"/> on a file.</summary>
    /// <returns>What the work answers, or the code of its failure. Mistakes of our own are not caught.</returns>
    public static int Of(string file, Func<int> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (Describe(error) is { } failure)
        {
            string calls = error is WasmException { GuestStack: { Count: > 0 } stack } ? Environment.NewLine + CallStack(stack) : "";
            Host.WriteError($"nacre: {file}: {failure.Prefix}{error.Message}{calls}");
            return failure.ExitCode;
        }
    }

    private static (int ExitCode, string Prefix)? Describe(Exception error) => error switch
    {
        UsageException => (ExitCode.Usage, ""),
        MalformedModuleException { IsComponent: true } => (ExitCode.Failure, ""),
        MalformedModuleException => (ExitCode.Failure, "malformed module: "),
        InvalidModuleException => (ExitCode.Failure, "invalid module: "),
        LinkException => (ExitCode.Failure, "cannot be linked: "),
        TrapException => (ExitCode.Trap, "trap: "),
        ExhaustionException => (ExitCode.Trap, "trap: "),
        GuestException => (ExitCode.Trap, "uncaught exception: "),
        IOException or UnauthorizedAccessException => (ExitCode.Failure, ""),
        _ => null,
    };

    private static string CallStack(IEnumerable<GuestFrame> frames)
        => string.Join(Environment.NewLine, frames.Select(frame => $"  at {frame}"));
}
