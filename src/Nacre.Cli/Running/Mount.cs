namespace Nacre.Cli.Running;

/// <summary>A directory of the host that the guest sees, as <c>--dir HOST[::GUEST][:ro]</c> tells.</summary>
/// <param name="HostPath">Where it is.</param>
/// <param name="GuestPath">Where the guest finds it; the same path unless told.</param>
/// <param name="IsReadOnly">Whether the guest may only read there.</param>
internal sealed record Mount(string HostPath, string GuestPath, bool IsReadOnly)
{
    private const string Separator = "::", ReadOnlySuffix = ":ro";

    /// <summary>Reads the value of the option; false when a path is missing.</summary>
    public static bool TryParse(string text, out Mount mount)
    {
        bool isReadOnly = text.EndsWith(ReadOnlySuffix, StringComparison.Ordinal) && !text.EndsWith(':' + ReadOnlySuffix, StringComparison.Ordinal);
        string paths = isReadOnly ? text[..^ReadOnlySuffix.Length] : text;
        int separator = paths.IndexOf(Separator, StringComparison.Ordinal);
        string host = separator < 0 ? paths : paths[..separator];
        string guest = separator < 0 ? paths : paths[(separator + Separator.Length)..];
        mount = new Mount(host, guest, isReadOnly);
        return host.Length > 0 && guest.Length > 0 && !host.Contains('\0', StringComparison.Ordinal);
    }
}
