using System.Net.Sockets;
using Nacre.Wasi.Preview1;
using Nacre.Wasi.Sockets;

namespace Nacre.Wasi;

/// <content>Sockets: connections are taken from those that the host opened beforehand.</content>
public sealed partial class WasiPreview1
{
    [HostFunction("sock_accept")]
    private Errno SockAccept(Caller caller, uint number, uint flags, uint acceptedAddress)
    {
        Errno error = Find(number, Rights.SockAccept, out Descriptor descriptor);
        if (error != Errno.Success) return error;
        if (descriptor is not ListenerDescriptor listener) return Errno.Notsock;
        if ((flags & ~(uint)Fdflags.Nonblock) != 0) return Errno.Inval;
        var memory = new GuestMemory(caller.Memory);
        if (!memory.Contains(acceptedAddress, sizeof(uint))) return Errno.Fault;
        if (!_descriptors.HasRoom) return Errno.Mfile;

        error = caller.WaitToRead(listener);
        if (error != Errno.Success) return error;
        error = listener.Accept((Fdflags)flags, out ConnectionDescriptor connection);
        if (error != Errno.Success) return error;
        _descriptors.Add(connection, out uint accepted);
        return memory.Write(acceptedAddress, accepted);
    }

    [HostFunction("sock_recv")]
    private Errno SockRecv(
        Caller caller, uint number, uint buffersAddress, uint bufferCount, uint flags, uint byteCountAddress, uint receivedFlagsAddress)
    {
        Errno error = FindConnection(number, Rights.FdRead, out ConnectionDescriptor connection);
        if (error != Errno.Success) return error;
        if ((flags & ~(uint)Riflags.All) != 0) return Errno.Inval;
        var memory = new GuestMemory(caller.Memory);
        if (!memory.Contains(receivedFlagsAddress, sizeof(ushort))) return Errno.Fault;
        error = CheckBuffers(memory, buffersAddress, bufferCount, byteCountAddress, out _);

        SocketFlags how = ((Riflags)flags & Riflags.RecvPeek) != 0 ? SocketFlags.Peek : SocketFlags.None;
        bool waitsForAll = ((Riflags)flags & (Riflags.RecvWaitall | Riflags.RecvPeek)) == Riflags.RecvWaitall;
        uint total = 0;
        for (uint index = 0; index < bufferCount && error == Errno.Success; index++)
        {
            if (!memory.TryGetBuffer(buffersAddress, index, out Span<byte> buffer)) return Errno.Fault;
            error = Receive(caller, connection, buffer, how, waitsForAll, out int byteCount);
            total += (uint)byteCount;
            if (byteCount < buffer.Length || (byteCount > 0 && !waitsForAll)) break;
        }
        if (error != Errno.Success && total == 0) return error;
        memory.Write(receivedFlagsAddress, (ushort)0);      // streams cut nothing off
        return memory.Write(byteCountAddress, total);
    }

    [HostFunction("sock_send")]
    private Errno SockSend(Caller caller, uint number, uint buffersAddress, uint bufferCount, uint flags, uint byteCountAddress)
    {
        Errno error = FindConnection(number, Rights.FdWrite, out ConnectionDescriptor connection);
        if (error == Errno.Success && flags != 0) error = Errno.Inval;      // none are defined
        if (error == Errno.Success) error = caller.WaitToWrite(connection);
        return error == Errno.Success
            ? WriteFrom(new GuestMemory(caller.Memory), connection, buffersAddress, bufferCount, offset: null, byteCountAddress)
            : error;
    }

    [HostFunction("sock_shutdown")]
    private Errno SockShutdown(uint number, uint directions)
    {
        Errno error = Find(number, Rights.SockShutdown, out Descriptor descriptor);
        if (error != Errno.Success) return error;
        if (descriptor is not SocketDescriptor socket) return Errno.Notsock;
        return (Sdflags)directions switch
        {
            Sdflags.Rd => socket.Shutdown(SocketShutdown.Receive),
            Sdflags.Wr => socket.Shutdown(SocketShutdown.Send),
            Sdflags.Rd | Sdflags.Wr => socket.Shutdown(SocketShutdown.Both),
            _ => Errno.Inval,
        };
    }

    // What there is, or a buffer full; less only at the end, or when the connection does not wait.
    private static Errno Receive(Caller caller, ConnectionDescriptor connection, Span<byte> buffer, SocketFlags how, bool waitsForAll, out int byteCount)
    {
        byteCount = 0;
        while (byteCount < buffer.Length)
        {
            Errno error = caller.WaitToRead(connection);
            int received = 0;
            if (error == Errno.Success) error = connection.Receive(buffer[byteCount..], how, out received);
            byteCount += received;
            if (error != Errno.Success) return byteCount > 0 ? Errno.Success : error;
            if (received == 0 || !waitsForAll) break;
        }
        return Errno.Success;
    }

    private Errno FindConnection(uint number, Rights needed, out ConnectionDescriptor connection)
    {
        connection = null!;
        if (_descriptors[number] is not { } descriptor) return Errno.Badf;
        if (descriptor is not ConnectionDescriptor found) return descriptor is ListenerDescriptor ? Errno.Notconn : Errno.Notsock;
        connection = found;
        return Find(number, needed, out _);
    }
}
