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
        using Held held = Find(number, Rights.SockAccept, out Errno error);
        if (error != Errno.Success) return error;
        if (held.Descriptor is not ListenerDescriptor listener) return Errno.Notsock;
        if ((flags & ~(uint)Fdflags.Nonblock) != 0) return Errno.Inval;
        var memory = new GuestMemory(caller.Memory);
        if (!memory.Contains(acceptedAddress, sizeof(uint))) return Errno.Fault;
        if (!_descriptors.HasRoom) return Errno.Mfile;

        using Turn.Scope turn = caller.TakeTurn(listener, listener.ReadTurn, out error);
        if (error == Errno.Success) error = caller.WaitToRead(listener, byteCount: 1);
        if (error != Errno.Success) return error;
        error = listener.Accept((Fdflags)flags, out ConnectionDescriptor connection);
        if (error != Errno.Success) return error;
        error = _descriptors.Add(connection, out uint accepted);
        return error == Errno.Success ? memory.Write(acceptedAddress, accepted) : error;
    }

    [HostFunction("sock_recv")]
    private Errno SockRecv(
        Caller caller, uint number, uint buffersAddress, uint bufferCount, uint flags, uint byteCountAddress, uint receivedFlagsAddress)
    {
        using Held held = FindConnection(number, Rights.FdRead, out Errno error);
        if (error != Errno.Success) return error;
        if ((flags & ~(uint)Riflags.All) != 0) return Errno.Inval;
        var memory = new GuestMemory(caller.Memory);
        if (!memory.Contains(receivedFlagsAddress, sizeof(ushort))) return Errno.Fault;
        Span<GuestBuffer> few = stackalloc GuestBuffer[FewBufferCount];
        error = ReadBuffers(memory, buffersAddress, bufferCount, byteCountAddress, few, out Span<GuestBuffer> buffers, out _);
        if (error != Errno.Success) return error;

        var connection = (ConnectionDescriptor)held.Descriptor;
        using Turn.Scope turn = caller.TakeTurn(connection, connection.ReadTurn, out error);
        if (error != Errno.Success) return error;
        SocketFlags how = ((Riflags)flags & Riflags.RecvPeek) != 0 ? SocketFlags.Peek : SocketFlags.None;
        bool waitsForAll = ((Riflags)flags & (Riflags.RecvWaitall | Riflags.RecvPeek)) == Riflags.RecvWaitall;
        uint total = 0;
        foreach (GuestBuffer buffer in buffers)
        {
            error = Receive(caller, connection, memory.Slice(buffer), how, waitsForAll, out int byteCount);
            total += (uint)byteCount;
            if (error != Errno.Success || byteCount < buffer.ByteCount || (byteCount > 0 && !waitsForAll)) break;
        }
        if (error != Errno.Success && total == 0) return error;
        memory.Write(receivedFlagsAddress, (ushort)0);      // streams cut nothing off
        return memory.Write(byteCountAddress, total);
    }

    [HostFunction("sock_send")]
    private Errno SockSend(Caller caller, uint number, uint buffersAddress, uint bufferCount, uint flags, uint byteCountAddress)
    {
        using Held held = FindConnection(number, Rights.FdWrite, out Errno error);
        if (error == Errno.Success && flags != 0) error = Errno.Inval;      // none are defined
        return error == Errno.Success ? Write(caller, held.Descriptor, buffersAddress, bufferCount, offset: null, byteCountAddress) : error;
    }

    [HostFunction("sock_shutdown")]
    private Errno SockShutdown(uint number, uint directions)
    {
        using Held held = Find(number, Rights.SockShutdown, out Errno error);
        if (error != Errno.Success) return error;
        if (held.Descriptor is not SocketDescriptor socket) return Errno.Notsock;
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
            Errno error = caller.WaitToRead(connection, (uint)(buffer.Length - byteCount));
            int received = 0;
            if (error == Errno.Success) error = connection.Receive(buffer[byteCount..], how, out received);
            byteCount += received;
            if (error != Errno.Success) return byteCount > 0 ? Errno.Success : error;
            if (received == 0 || !waitsForAll) break;
        }
        return Errno.Success;
    }

    private Held FindConnection(uint number, Rights needed, out Errno error)
    {
        Held held = _descriptors.Hold(number);
        error = held.IsNone ? Errno.Badf : held.Descriptor switch
        {
            ConnectionDescriptor connection => connection.Check(needed),
            ListenerDescriptor => Errno.Notconn,
            _ => Errno.Notsock,
        };
        return held;
    }
}
