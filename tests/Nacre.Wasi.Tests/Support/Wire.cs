namespace Nacre.Wasi.Tests;

/// <summary>Numbers of WASI preview 1 as guests write them.</summary>
internal static class Wire
{
    public const int Creat = 1, Directory = 2, Excl = 4, Trunc = 8;                             // oflags
    public const int Append = 1, Dsync = 2, Nonblock = 4, Rsync = 8, Sync = 16;                 // fdflags
    public const int Atim = 1, AtimNow = 2, Mtim = 4, MtimNow = 8;                              // fstflags
    public const int NoFollow = 0, Follow = 1;                                                  // lookupflags
    public const int FromStart = 0, FromHere = 1, FromEnd = 2;                                  // whence
    public const int DirectoryType = 3, RegularFile = 4, SymbolicLink = 7;                      // filetype

    public const long
        FdDatasync = 1 << 0, FdRead = 1 << 1, FdSeek = 1 << 2, FdFdstatSetFlags = 1 << 3, FdSync = 1 << 4, FdTell = 1 << 5, FdWrite = 1 << 6,
        FdAdvise = 1 << 7, FdAllocate = 1 << 8, PathCreateDirectory = 1 << 9, PathCreateFile = 1 << 10, PathLinkSource = 1 << 11,
        PathLinkTarget = 1 << 12, PathOpen = 1 << 13, FdReaddir = 1 << 14, PathReadlink = 1 << 15, PathRenameSource = 1 << 16,
        PathRenameTarget = 1 << 17, PathFilestatGet = 1 << 18, PathFilestatSetSize = 1 << 19, PathFilestatSetTimes = 1 << 20,
        FdFilestatGet = 1 << 21, FdFilestatSetSize = 1 << 22, FdFilestatSetTimes = 1 << 23, PathSymlink = 1 << 24,
        PathRemoveDirectory = 1 << 25, PathUnlinkFile = 1 << 26, PollFdReadwrite = 1 << 27;

    /// <summary>Every right that a file or directory opened beforehand hands on.</summary>
    public const long AllRights = (1 << 28) - 1;

    /// <summary>What a program asks for that only reads.</summary>
    public const long Reading = FdRead | FdSeek | FdTell | FdFilestatGet | FdReaddir;
}

/// <summary>A guest's view of <c>filestat</c>.</summary>
internal readonly record struct GuestStat(ulong Device, ulong Inode, int FileType, ulong LinkCount, ulong ByteCount, ulong Access, ulong Modification, ulong Change);

/// <summary>A guest's view of <c>dirent</c>, with its name.</summary>
internal readonly record struct GuestEntry(ulong Next, ulong Inode, int FileType, string Name);
