namespace Nacre.Cli;

/// <summary>What the process answers to its caller, unless the guest of <c>run</c> chose a code itself.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A file cannot be read; a module is malformed, invalid or cannot be linked.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A guest's own code. A process has room for 8 bits of it; what needs more is a failure, whatever the low ones are.</summary>
    public static int Of(uint code) => (int)Math.Min(code, byte.MaxValue);

    /// <summary>The guest trapped: what a shell reports for a process that aborted.</summary>
    public const int Trap = 134;

    /// <summary>Ctrl-C: what a shell reports for a process that it ended.</summary>
    public const int Interrupted = 130;

    /// <summary>Somebody asked the process to end; see <see cref="Interrupted"/>.</summary>
    public const int Terminated = 143;
}
