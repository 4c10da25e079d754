using System.Net.Sockets;
using Nacre.Wasi.Preview1;

namespace Nacre.Wasi.Sockets;

/// <summary>A socket that the guest takes connections from.</summary>
/// <param name="socket">The socket, which listens. It belongs to the host.</param>
internal sealed class ListenerDescriptor(Socket socket) : SocketDescriptor(socket, Rights.Listener, Rights.Connection, isOwned: false)
{
    private readonly Lock _asking = new();
    private Task<Socket>? _accepting;

    /// <summary>Ends when there is a connection, which <see cref="Accept"/> then takes.</summary>
    public override Task ReadReady
    {
        get
        {
            lock (_asking) return _accepting ??= Socket.AcceptAsync();
        }
    }

    protected override Rights Meaningful => Rights.Listener;

    /// <summary>Waits for a connection and takes it.</summary>
    /// <param name="flags">How the connection reads and writes.</param>
    /// <param name="connection">The connection.</param>
    public Errno Accept(Fdflags flags, out ConnectionDescriptor connection)
    {
        connection = null!;
        Task<Socket> accepting;
        lock (_asking)
        {
            accepting = _accepting ?? Socket.AcceptAsync();
            _accepting = null;
        }
        try
        {
            connection = new ConnectionDescriptor(accepting.GetAwaiter().GetResult(), InheritingRights);
            return connection.SetFlags(flags);
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode.ToErrno();
        }
        catch (ObjectDisposedException)     // the host has ended it
        {
            return Errno.Badf;
        }
    }

    public override Errno Shutdown(SocketShutdown directions) => Errno.Notconn;
}
