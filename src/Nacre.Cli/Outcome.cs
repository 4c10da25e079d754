using Nacre.Cli.Platform;
using Nacre.Cli.Running;

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
            Host.WriteError($"nacre: {file}: {failure.Prefix}{error.Message}{calls}{Advice(error)}");
            return failure.ExitCode;
        }
    }

    private static Failure? Describe(Exception error) => error switch
    {
        UsageException => new(ExitCode.Usage, ""),
        MalformedModuleException { IsComponent: true } => new(ExitCode.Failure, ""),
        MalformedModuleException => new(ExitCode.Failure, "malformed module: "),
        InvalidModuleException => new(ExitCode.Failure, "invalid module: "),
        LinkException => new(ExitCode.Failure, "cannot be linked: "),
        TrapException => new(ExitCode.Trap, "trap: "),
        ExhaustionException => new(ExitCode.Trap, "trap: "),
        GuestException => new(ExitCode.Trap, "uncaught exception: "),
        IOException or UnauthorizedAccessException => new(ExitCode.Failure, ""),
        NotSupportedException { InnerException: not null } => new(ExitCode.Failure, ""),        // the compiler refuses a function
        _ => null,
    };

    private sealed class Failure(int exitCode, string prefix)
    {
        public int ExitCode { get; } = exitCode;
        public string Prefix { get; } = prefix;
    }

    private static string Advice(Exception error)
        => error is LinkException link && ImportAdvice.For(link.Module, link.Name) is { } advice ? Environment.NewLine + advice : "";

    private static string CallStack(IEnumerable<GuestFrame> frames)
        => string.Join(Environment.NewLine, frames.Select(frame => $"  at {frame}"));
}
