using Microsoft.Win32.SafeHandles;

namespace Nacre.Wasi.FileSystems;

/// <summary>Times of files as <c>System.IO</c> has them.</summary>
internal static class PortableTimes
{
    /// <summary>Changes the times of what a path refers to, which is no link.</summary>
    public static Errno Change(string path, FileType type, TimeChange access, TimeChange modification) => PortableCall.Try(() =>
    {
        FileSystemInfo info = type == FileType.Directory ? new DirectoryInfo(path) : new FileInfo(path);
        if (After(access) is { } accessTime) info.LastAccessTimeUtc = accessTime;
        if (After(modification) is { } modificationTime) info.LastWriteTimeUtc = modificationTime;
    });

    /// <summary>Changes the times of an open file.</summary>
    public static Errno Change(SafeFileHandle file, TimeChange access, TimeChange modification) => PortableCall.Try(() =>
    {
        if (After(access) is { } accessTime) File.SetLastAccessTimeUtc(file, accessTime);
        if (After(modification) is { } modificationTime) File.SetLastWriteTimeUtc(file, modificationTime);
    });

    private static DateTime? After(TimeChange change)
        => change.IsNow ? DateTime.UtcNow
        : change.Nanoseconds is { } nanoseconds ? DateTime.UnixEpoch.AddTicks((long)(nanoseconds / TimeSpan.NanosecondsPerTick))
        : null;
}
