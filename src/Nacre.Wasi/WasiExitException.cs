namespace Nacre.Wasi;

/// <summary>The guest called <c>proc_exit</c>: it is done, and its instance with it. Not a failure.</summary>
/// <param name="exitCode">What the guest said; 0 means success.</param>
/// <remarks><see cref="WasiPreview1.Run"/> catches it. It passes through the guest's code as every exception of a host function does.</remarks>
public sealed class WasiExitException(uint exitCode) : Exception($"The guest exited with code {exitCode}.")
{
    /// <summary>What the guest said; 0 means success.</summary>
    public uint ExitCode { get; } = exitCode;
}
