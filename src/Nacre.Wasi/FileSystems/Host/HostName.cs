namespace Nacre.Wasi.FileSystems;

/// <summary>What the host would take for more than a name in a directory.</summary>
internal static class HostName
{
    // A name of these is a device in every directory of Windows, whatever comes behind a dot.
    private static readonly string[] s_devices =
    [
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        .. from port in new[] { "COM", "LPT" } from digit in "0123456789¹²³" select port + digit,
    ];

    /// <summary>Whether it is one name, and neither this directory nor the one above.</summary>
    public static bool IsPlain(string name) => name is not ("" or "." or "..") && name.AsSpan().IndexOfAny('/', '\0') < 0;

    /// <summary>Whether it is that for Windows as well.</summary>
    public static bool IsPlainOnWindows(string name)
    {
        if (!IsPlain(name) || name[^1] is '.' or ' ') return false;
        foreach (char c in name)
            if (c < ' ' || c is '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|') return false;

        int dot = name.IndexOf('.', StringComparison.Ordinal);
        ReadOnlySpan<char> stem = (dot < 0 ? name : name.AsSpan(0, dot)).TrimEnd(' ');
        foreach (string device in s_devices)
            if (stem.Equals(device, StringComparison.OrdinalIgnoreCase)) return false;
        return true;
    }
}
