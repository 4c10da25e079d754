namespace Nacre.Wasi;

/// <content>Polling, signals and sockets.</content>
public sealed partial class WasiPreview1
{
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

    private Errno Absent(uint number) => _descriptors[number] is null ? Errno.Badf : Errno.Notsock;
}
