namespace Nacre.Cli.Platform;

/// <summary>The standard streams of a Windows process.</summary>
/// <remarks>Apart from <see cref="Host"/>, so that no other system loads the console's assembly (docs/decisions/0003).</remarks>
internal static class WindowsStandardStreams
{
    /// <summary>Opens a standard stream by its descriptor.</summary>
    public static Stream Open(int descriptor) => descriptor switch
    {
        0 => Console.OpenStandardInput(),
        1 => Console.OpenStandardOutput(),
        _ => Console.OpenStandardError(),
    };

    /// <summary>Whether a standard stream, by its descriptor, is a terminal.</summary>
    public static bool IsTerminal(int descriptor) => !(descriptor switch
    {
        0 => Console.IsInputRedirected,
        1 => Console.IsOutputRedirected,
        _ => Console.IsErrorRedirected,
    });
}
