namespace Nacre.Wasi.FileSystems;

/// <summary>What <c>System.IO</c> finds in a directory.</summary>
internal static class PortableListing
{
    private const char Replacement = '\uFFFD';

    /// <summary>Adds all entries of a directory that guests can name.</summary>
    public static Errno List(string path, List<DirectoryEntry> entries) => PortableCall.Try(() =>
    {
        var options = new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false, MatchType = MatchType.Simple };
        foreach (FileSystemInfo info in new DirectoryInfo(path).EnumerateFileSystemInfos("*", options))
        {
            // What was not text became replacement characters.
            if (info.Name.Contains(Replacement) || (OperatingSystem.IsWindows() && !HostName.IsPlainOnWindows(info.Name))) continue;
            ulong inode = PortableStat.InodeOf(path + Path.DirectorySeparatorChar + info.Name);
            entries.Add(new DirectoryEntry(info.Name, PortableStat.TypeOf(info.Attributes), inode, NextCookie: 0));
        }
    });
}
