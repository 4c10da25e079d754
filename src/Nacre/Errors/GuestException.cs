namespace Nacre;

/// <summary>The guest threw an exception that it did not catch.</summary>
/// <remarks>Spec: Execution, Runtime Structure, Results.</remarks>
public class GuestException : WasmException
{
    /// <summary>Reports what was thrown.</summary>
    public GuestException(string message)
        : base(message)
    {
    }

    internal GuestException(object thrown)
        : base("uncaught exception") => Thrown = thrown;

    /// <summary>The exception instance, which an outer guest may still catch; null when the host made this object.</summary>
    internal object? Thrown { get; }
}
