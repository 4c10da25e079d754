using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Nacre.Compiler;

/// <summary>Runs the compiler where it has stack enough: guests call functions for the first time from wherever they are.</summary>
internal static class AmpleStack
{
    private const int ByteCount = 16 * 1024 * 1024;

    /// <summary>Does something on this thread's stack, or on another's when little is left of it or much will be needed.</summary>
    /// <exception cref="Exception">What <paramref name="action"/> throws.</exception>
    public static T Run<T>(bool needsMuch, Func<T> action)
    {
        if (!needsMuch && RuntimeHelpers.TryEnsureSufficientExecutionStack()) return action();
        T result = default!;
        ExceptionDispatchInfo? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = action();
            }
            catch (Exception exception)
            {
                thrown = ExceptionDispatchInfo.Capture(exception);
            }
        }, ByteCount);
        thread.UnsafeStart();
        thread.Join();
        thrown?.Throw();
        return result;
    }
}
