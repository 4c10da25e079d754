namespace Nacre.Wasi;

/// <content>Files, sockets, polling and signals: guests can be linked against them, and are told that they do not exist.</content>
public sealed partial class WasiPreview1
{
    [HostFunction("fd_advise")]
    private Errno FdAdvise(uint descriptorIndex, long byteOffset, long byteCount, uint advice) => Absent(descriptorIndex);

    [HostFunction("fd_allocate")]
    private Errno FdAllocate(uint descriptorIndex, long byteOffset, long byteCount) => Absent(descriptorIndex);

    [HostFunction("fd_datasync")]
    private Errno FdDatasync(uint descriptorIndex) => Absent(descriptorIndex);

    [HostFunction("fd_fdstat_set_flags")]
    private Errno FdFdstatSetFlags(uint descriptorIndex, uint flags) => Absent(descriptorIndex);

    [HostFunction("fd_fdstat_set_rights")]
    private Errno FdFdstatSetRights(uint descriptorIndex, long rights, long inheritingRights) => Absent(descriptorIndex);

    [HostFunction("fd_filestat_get")]
    private Errno FdFilestatGet(uint descriptorIndex, uint statAddress) => Absent(descriptorIndex);

    [HostFunction("fd_filestat_set_size")]
    private Errno FdFilestatSetSize(uint descriptorIndex, long byteCount) => Absent(descriptorIndex);

    [HostFunction("fd_filestat_set_times")]
    private Errno FdFilestatSetTimes(uint descriptorIndex, long accessTime, long modificationTime, uint flags) => Absent(descriptorIndex);

    [HostFunction("fd_pread")]
    private Errno FdPread(uint descriptorIndex, uint buffersAddress, uint bufferCount, long byteOffset, uint byteCountAddress)
        => Absent(descriptorIndex);

    /// <summary>No directory is opened beforehand, which is what guests find out by asking one descriptor after the other.</summary>
    [HostFunction("fd_prestat_get")]
    private static Errno FdPrestatGet(uint descriptorIndex, uint statAddress) => Errno.Badf;

    [HostFunction("fd_prestat_dir_name")]
    private static Errno FdPrestatDirName(uint descriptorIndex, uint nameAddress, uint byteCount) => Errno.Badf;

    [HostFunction("fd_pwrite")]
    private Errno FdPwrite(uint descriptorIndex, uint buffersAddress, uint bufferCount, long byteOffset, uint byteCountAddress)
        => Absent(descriptorIndex);

    [HostFunction("fd_readdir")]
    private Errno FdReaddir(uint descriptorIndex, uint bufferAddress, uint byteCount, long cookie, uint usedByteCountAddress)
        => Absent(descriptorIndex);

    [HostFunction("fd_renumber")]
    private Errno FdRenumber(uint descriptorIndex, uint targetIndex) => Absent(descriptorIndex);

    [HostFunction("fd_sync")]
    private Errno FdSync(uint descriptorIndex) => Absent(descriptorIndex);

    [HostFunction("fd_tell")]
    private Errno FdTell(uint descriptorIndex, uint positionAddress) => Absent(descriptorIndex);

    [HostFunction("path_create_directory")]
    private Errno PathCreateDirectory(uint descriptorIndex, uint pathAddress, uint pathByteCount) => Absent(descriptorIndex);

    [HostFunction("path_filestat_get")]
    private Errno PathFilestatGet(uint descriptorIndex, uint flags, uint pathAddress, uint pathByteCount, uint statAddress)
        => Absent(descriptorIndex);

    [HostFunction("path_filestat_set_times")]
    private Errno PathFilestatSetTimes(
        uint descriptorIndex, uint lookupFlags, uint pathAddress, uint pathByteCount, long accessTime, long modificationTime, uint flags)
        => Absent(descriptorIndex);

    [HostFunction("path_link")]
    private Errno PathLink(
        uint descriptorIndex, uint flags, uint pathAddress, uint pathByteCount, uint targetIndex, uint targetAddress, uint targetByteCount)
        => Absent(descriptorIndex);

    [HostFunction("path_open")]
    private Errno PathOpen(
        uint descriptorIndex, uint lookupFlags, uint pathAddress, uint pathByteCount, uint openFlags, long rights, long inheritingRights, uint flags,
        uint openedAddress)
        => Absent(descriptorIndex);

    [HostFunction("path_readlink")]
    private Errno PathReadlink(
        uint descriptorIndex, uint pathAddress, uint pathByteCount, uint bufferAddress, uint byteCount, uint usedByteCountAddress)
        => Absent(descriptorIndex);

    [HostFunction("path_remove_directory")]
    private Errno PathRemoveDirectory(uint descriptorIndex, uint pathAddress, uint pathByteCount) => Absent(descriptorIndex);

    [HostFunction("path_rename")]
    private Errno PathRename(
        uint descriptorIndex, uint pathAddress, uint pathByteCount, uint targetIndex, uint targetAddress, uint targetByteCount)
        => Absent(descriptorIndex);

    [HostFunction("path_symlink")]
    private Errno PathSymlink(uint contentAddress, uint contentByteCount, uint descriptorIndex, uint pathAddress, uint pathByteCount)
        => Absent(descriptorIndex);

    [HostFunction("path_unlink_file")]
    private Errno PathUnlinkFile(uint descriptorIndex, uint pathAddress, uint pathByteCount) => Absent(descriptorIndex);

    [HostFunction("poll_oneoff")]
    private static Errno PollOneoff(uint subscriptionsAddress, uint eventsAddress, uint subscriptionCount, uint eventCountAddress)
        => Errno.Nosys;

    [HostFunction("proc_raise")]
    private static Errno ProcRaise(uint signal) => Errno.Nosys;

    [HostFunction("sock_accept")]
    private Errno SockAccept(uint descriptorIndex, uint flags, uint acceptedAddress) => Absent(descriptorIndex);

    [HostFunction("sock_recv")]
    private Errno SockRecv(
        uint descriptorIndex, uint buffersAddress, uint bufferCount, uint flags, uint byteCountAddress, uint receivedFlagsAddress)
        => Absent(descriptorIndex);

    [HostFunction("sock_send")]
    private Errno SockSend(uint descriptorIndex, uint buffersAddress, uint bufferCount, uint flags, uint byteCountAddress)
        => Absent(descriptorIndex);

    [HostFunction("sock_shutdown")]
    private Errno SockShutdown(uint descriptorIndex, uint channels) => Absent(descriptorIndex);

    private Errno Absent(uint descriptorIndex) => Find(descriptorIndex) is null ? Errno.Badf : Errno.Nosys;
}
