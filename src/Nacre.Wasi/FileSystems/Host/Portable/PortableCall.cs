namespace Nacre.Wasi.FileSystems;

/// <summary>Calls of <c>System.IO</c>, whose exceptions are answers here.</summary>
internal static class PortableCall
{
    /// <summary>Does something with the host's files.</summary>
    public static Errno Try(Action action)
    {
        try
        {
            action();
            return Errno.Success;
        }
        catch (Exception exception) when (HostErrors.IsOfFileSystem(exception))
        {
            return HostErrors.Of(exception);
        }
    }
}
