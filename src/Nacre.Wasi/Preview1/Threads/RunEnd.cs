using System.Runtime.ExceptionServices;

namespace Nacre.Wasi.Preview1;

/// <summary>How a guest's run ended: with an exit code, or by what one of its threads threw.</summary>
internal sealed class RunEnd
{
    private readonly uint _exitCode;
    private readonly ExceptionDispatchInfo? _failure;

    public RunEnd(uint exitCode) => _exitCode = exitCode;

    public RunEnd(Exception exception)
    {
        if (exception is WasiExitException exit) _exitCode = exit.ExitCode;
        else _failure = ExceptionDispatchInfo.Capture(exception);
    }

    /// <summary>The exit code; or the failure, thrown on the thread that asks.</summary>
    public uint Answer()
    {
        _failure?.Throw();
        return _exitCode;
    }
}
