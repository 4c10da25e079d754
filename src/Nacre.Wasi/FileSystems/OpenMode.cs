namespace Nacre.Wasi.FileSystems;

/// <summary>How a name in a directory is opened.</summary>
[Flags]
public enum OpenMode
{
    /// <summary>To ask about it, neither to read nor to write.</summary>
    None = 0,
    /// <summary>Its bytes will be read.</summary>
    Read = 1,
    /// <summary>Its bytes will be written. A directory then answers <see cref="Errno.Isdir"/>.</summary>
    Write = 2,
    /// <summary>A missing file is created, empty.</summary>
    Create = 4,
    /// <summary>With <see cref="Create"/>: a name that exists, be it a link's, answers <see cref="Errno.Exist"/>.</summary>
    Exclusive = 8,
    /// <summary>The file loses its bytes. A directory answers <see cref="Errno.Isdir"/>.</summary>
    Truncate = 16,
    /// <summary>It must be a directory, else <see cref="Errno.Notdir"/>. Never together with creating, truncating or writing.</summary>
    Directory = 32,
}
