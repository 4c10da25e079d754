namespace Nacre.Cli.Platform;

/// <summary>What the tool takes from the machine it runs on.</summary>
internal static class Host
{
    public static Stream OpenInput() => Open(0);
    public static Stream OpenOutput() => Open(1);
    public static Stream OpenError() => Open(2);

    /// <summary>Standard output as text: UTF-8 without a byte order mark. Whoever opens it disposes of it, which writes what is left.</summary>
    public static TextWriter OpenOutputText() => new StreamWriter(OpenOutput());

    /// <summary>Standard error as text; see <see cref="OpenOutputText"/>.</summary>
    public static TextWriter OpenErrorText() => new StreamWriter(OpenError());

    /// <summary>Writes a line to standard error.</summary>
    public static void WriteError(string line)
    {
        using TextWriter error = OpenErrorText();
        error.WriteLine(line);
    }

    /// <summary>Whether a standard stream, by its descriptor, is a terminal.</summary>
    public static bool IsTerminal(int descriptor)
        => OperatingSystem.IsWindows() ? WindowsStandardStreams.IsTerminal(descriptor) : UnixDescriptor.IsTerminal(descriptor);

    /// <summary>All bytes of a file.</summary>
    /// <exception cref="IOException">It is missing, a folder, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read it.</exception>
    public static byte[] ReadFile(string path)
        => !OperatingSystem.IsWindows() && UnixDescriptor.TryReadFile(path, out byte[] bytes) ? bytes : File.ReadAllBytes(path);

    private static Stream Open(int descriptor)
    {
        if (OperatingSystem.IsWindows()) return WindowsStandardStreams.Open(descriptor);
        return UnixDescriptor.IsInherited(descriptor) ? new UnixStandardStream(descriptor) : Stream.Null;
    }
}
