using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Nacre.Wasi.FileSystems;

/// <summary>What Linux knows about a file.</summary>
internal static class LinuxStat
{
    /// <summary>Tells about an open file or directory.</summary>
    public static Errno Of(LinuxHandle handle, out Filestat stat) => Of(handle, "", LinuxCalls.EmptyPath, out stat);

    /// <summary>Tells about what a name in a directory refers to, be it a link.</summary>
    public static Errno Of(LinuxHandle directory, string name, out Filestat stat)
        => Of(directory, name, LinuxCalls.NoFollowAt | LinuxCalls.NoAutomount, out stat);

    /// <summary>The type that a directory tells of an entry: a <c>DT_</c> constant, which is the top of <c>st_mode</c>.</summary>
    public static FileType TypeOf(int entryType) => entryType switch
    {
        2 => FileType.CharacterDevice,
        4 => FileType.Directory,
        6 => FileType.BlockDevice,
        8 => FileType.RegularFile,
        10 => FileType.SymbolicLink,
        12 => FileType.SocketStream,
        _ => FileType.Unknown,          // a pipe: WASI knows none
    };

    private static Errno Of(LinuxHandle directory, string name, int flags, out Filestat stat)
    {
        Span<byte> bytes = stackalloc byte[LinuxCalls.StatByteCount];
        bool isKnown = LinuxCalls.Stat(directory, name, flags, bytes) == 0;
        stat = isKnown ? Read(bytes) : default;
        return isKnown ? Errno.Success : HostErrors.OfLinux(Marshal.GetLastPInvokeError());
    }

    // struct statx: links u32 at 16 | mode u16 at 28 | inode u64 at 32 | size u64 at 40 | atime, btime, ctime, mtime 16 bytes each at 64
    // | device's major and minor number u32 at 136, 140
    private static Filestat Read(ReadOnlySpan<byte> statx) => new()
    {
        Device = (ulong)U32(statx, 136) << 32 | U32(statx, 140),
        Inode = U64(statx, 32),
        FileType = TypeOf(BinaryPrimitives.ReadUInt16LittleEndian(statx[28..]) >> 12),
        LinkCount = U32(statx, 16),
        ByteCount = U64(statx, 40),
        AccessTime = Time(statx, 64),
        ModificationTime = Time(statx, 112),
        ChangeTime = Time(statx, 96),
    };

    // A time before 1970 has no number of its own.
    private static ulong Time(ReadOnlySpan<byte> statx, int at)
    {
        long seconds = (long)U64(statx, at);
        return seconds < 0 ? 0 : (ulong)seconds * 1_000_000_000 + U32(statx, at + 8);
    }

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
}
