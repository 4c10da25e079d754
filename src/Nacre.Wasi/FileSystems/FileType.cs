namespace Nacre.Wasi.FileSystems;

/// <summary>What a descriptor or a name in a directory refers to. Spec: WASI preview 1, <c>filetype</c>.</summary>
public enum FileType : byte
{
    /// <summary>Not told.</summary>
    Unknown = 0,
    /// <summary>A device that is read and written in blocks.</summary>
    BlockDevice = 1,
    /// <summary>A device that is read and written as a stream, such as a terminal.</summary>
    CharacterDevice = 2,
    /// <summary>A directory.</summary>
    Directory = 3,
    /// <summary>A file with bytes.</summary>
    RegularFile = 4,
    /// <summary>A socket of datagrams.</summary>
    SocketDgram = 5,
    /// <summary>A socket of a stream of bytes.</summary>
    SocketStream = 6,
    /// <summary>A symbolic link.</summary>
    SymbolicLink = 7,
}
