using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Preview1;

/// <summary>The functions that were otherwise before preview 1, in <c>wasi_unstable</c>. All others are those of preview 1.</summary>
/// <param name="wasi">What the guest has.</param>
[HostModule(Name)]
internal sealed partial class WasiUnstable(WasiPreview1 wasi)
{
    public const string Name = "wasi_unstable";

    [HostFunction("fd_seek")]
    private Errno FdSeek(Caller caller, uint number, long byteOffset, uint whence, uint positionAddress)
        => wasi.FdSeek(caller, number, byteOffset, (uint)WhenceOf(whence), positionAddress);

    /// <summary>What a number meant; numbers that meant nothing stay such.</summary>
    public static Whence WhenceOf(uint number) => number switch
    {
        0 => Whence.Cur,
        1 => Whence.End,
        2 => Whence.Set,
        _ => (Whence)number,
    };

    [HostFunction("fd_filestat_get")]
    private Errno FdFilestatGet(Caller caller, uint number, uint statAddress)
    {
        Errno error = wasi.Stat(number, out Filestat stat);
        return error == Errno.Success ? new GuestMemory(caller.Memory).WriteUnstable(statAddress, stat) : error;
    }

    [HostFunction("path_filestat_get")]
    private Errno PathFilestatGet(Caller caller, uint number, uint lookupflags, uint pathAddress, uint pathByteCount, uint statAddress)
    {
        Errno error = wasi.Stat(caller, number, lookupflags, pathAddress, pathByteCount, out Filestat stat);
        return error == Errno.Success ? new GuestMemory(caller.Memory).WriteUnstable(statAddress, stat) : error;
    }

    [HostFunction("poll_oneoff")]
    private Errno PollOneoff(Caller caller, uint subscriptionsAddress, uint eventsAddress, uint subscriptionCount, uint eventCountAddress)
        => wasi.Poll<UnstableSubscription>(
            caller, subscriptionsAddress, eventsAddress, subscriptionCount, eventCountAddress, static subscription => new Subscription(subscription));
}
