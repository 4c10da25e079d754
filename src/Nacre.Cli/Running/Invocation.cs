using Nacre.Cli.Platform;
using Nacre.Syntax;
using Nacre.Wasi;

namespace Nacre.Cli.Running;

/// <summary><c>nacre run --invoke</c>: calls one exported function with arguments from the command line and prints its results.</summary>
internal static class Invocation
{
    private const string CommandEntry = "_start";

    /// <summary>Calls the function. A reactor is initialised first; a command is not started.</summary>
    /// <returns>Success, or the exit code with which the guest ended before the function was called.</returns>
    /// <exception cref="UsageException">There is no such function, or the arguments do not fit it.</exception>
    /// <exception cref="WasiExitException">The function ended the guest.</exception>
    public static int Execute(WasiPreview1 wasi, Instance guest, RunRequest request)
    {
        if (!guest.TryGetFunction(request.Invoke!, out Function? function))
            throw new UsageException($"there is no exported function '{request.Invoke}'; exported are {string.Join(", ", guest.ExportNames)}");
        Value[] arguments = Arguments(function.Type, request);
        if (!guest.TryGetFunction(CommandEntry, out _) && wasi.Run(guest) is not 0 and var exitCode) return ExitCode.Of(exitCode);
        Print(function.Invoke(arguments));
        return ExitCode.Success;
    }

    private static Value[] Arguments(FuncType type, RunRequest request)
    {
        if (request.GuestArguments.Length != type.Parameters.Length)
            throw new UsageException($"{request.Invoke} takes {type}, and {request.GuestArguments.Length} arguments are given.");

        var arguments = new Value[request.GuestArguments.Length];
        for (int index = 0; index < arguments.Length; index++)
            arguments[index] = ValueText.Parse(request.GuestArguments[index], type.Parameters[index]);
        return arguments;
    }

    private static void Print(Value[] results)
    {
        using TextWriter output = Host.OpenOutputText();
        foreach (Value result in results) output.WriteLine(result);
    }
}
