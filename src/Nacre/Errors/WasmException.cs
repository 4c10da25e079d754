namespace Nacre;

/// <summary>Everything that WebAssembly has to say no to: a module's bytes, its validity, its linking, or what its code did.</summary>
/// <remarks>A message begins with the wording of the official test suite and adds what is known about the place.
/// A mistake of this library is never one of these.</remarks>
public abstract class WasmException : Exception
{
    /// <summary>How many calls an exception tells at most: a guest's may be as many as its stack has room for, and nobody reads more of them.</summary>
    internal const int MaxGuestFrameCount = 128;

    private readonly List<GuestFrame> _guestStack = [];

    private protected WasmException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The guest's calls that were under way, the innermost first, 128 at most; empty when no guest was running.</summary>
    public IReadOnlyList<GuestFrame> GuestStack => _guestStack;

    /// <summary>How many of the calls were found in this exception's own stack trace, by engines that run on the host's stack.</summary>
    internal int TracedFrameCount { get; set; }

    /// <summary>Where the instruction begins that raised this, in bytes from the module's first byte, if it said so itself.</summary>
    internal int? RaisedAt { get; init; }

    /// <summary>Adds the next outer call.</summary>
    internal void AddFrame(GuestFrame frame) => _guestStack.Add(frame);
}
