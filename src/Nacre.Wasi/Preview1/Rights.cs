namespace Nacre.Wasi.Preview1;

/// <summary>What may be done with a descriptor. Spec: WASI preview 1, <c>rights</c>.</summary>
[Flags]
internal enum Rights : ulong
{
    None = 0,
    FdDatasync = 1 << 0,
    FdRead = 1 << 1,
    FdSeek = 1 << 2,
    FdFdstatSetFlags = 1 << 3,
    FdSync = 1 << 4,
    FdTell = 1 << 5,
    FdWrite = 1 << 6,
    FdAdvise = 1 << 7,
    FdAllocate = 1 << 8,
    PathCreateDirectory = 1 << 9,
    PathCreateFile = 1 << 10,
    PathLinkSource = 1 << 11,
    PathLinkTarget = 1 << 12,
    PathOpen = 1 << 13,
    FdReaddir = 1 << 14,
    PathReadlink = 1 << 15,
    PathRenameSource = 1 << 16,
    PathRenameTarget = 1 << 17,
    PathFilestatGet = 1 << 18,
    PathFilestatSetSize = 1 << 19,
    PathFilestatSetTimes = 1 << 20,
    FdFilestatGet = 1 << 21,
    FdFilestatSetSize = 1 << 22,
    FdFilestatSetTimes = 1 << 23,
    PathSymlink = 1 << 24,
    PathRemoveDirectory = 1 << 25,
    PathUnlinkFile = 1 << 26,
    PollFdReadwrite = 1 << 27,
    SockShutdown = 1 << 28,
    SockAccept = 1 << 29,

    /// <summary>Every right there is.</summary>
    All = (1 << 30) - 1,

    /// <summary>The rights that mean something for a file.</summary>
    File = FdDatasync | FdRead | FdSeek | FdFdstatSetFlags | FdSync | FdTell | FdWrite | FdAdvise | FdAllocate
        | FdFilestatGet | FdFilestatSetSize | FdFilestatSetTimes | PollFdReadwrite,

    /// <summary>The rights that mean something for a directory.</summary>
    Directory = FdDatasync | FdFdstatSetFlags | FdSync | FdAdvise | PathCreateDirectory | PathCreateFile | PathLinkSource | PathLinkTarget
        | PathOpen | FdReaddir | PathReadlink | PathRenameSource | PathRenameTarget | PathFilestatGet | PathFilestatSetSize
        | PathFilestatSetTimes | FdFilestatGet | FdFilestatSetTimes | PathSymlink | PathRemoveDirectory | PathUnlinkFile,

    /// <summary>The rights that mean something for a stream that is read.</summary>
    Input = FdRead | FdFdstatSetFlags | FdAdvise | FdFilestatGet | PollFdReadwrite,

    /// <summary>The rights that mean something for a stream that is written.</summary>
    Output = FdWrite | FdDatasync | FdSync | FdFdstatSetFlags | FdAdvise | FdFilestatGet | PollFdReadwrite,

    /// <summary>The rights of a connection.</summary>
    Connection = Input | Output | SockShutdown,

    /// <summary>The rights of a socket that takes connections.</summary>
    Listener = FdFdstatSetFlags | FdFilestatGet | PollFdReadwrite | SockAccept | SockShutdown,

    /// <summary>The rights that a file must be opened for writing for.</summary>
    Writing = FdWrite | FdAllocate | FdFilestatSetSize,
}
