using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Nacre.Wasi.Preview1;

namespace Nacre.Wasi.Sockets;

/// <summary>A socket that the guest takes connections from.</summary>
/// <param name="socket">The socket, which listens. It belongs to the host.</param>
[SuppressMessage("Reliability", "CA1001", Justification = "Closing it disposes of what it owns, as with every descriptor.")]
internal sealed class ListenerDescriptor(Socket socket) : SocketDescriptor(socket, Rights.Listener, Rights.Connection, isOwned: false)
{
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _asking = new();
    private Task<Socket>? _accepting;

    /// <summary>Ends when there is a connection, which <see cref="Accept"/> then takes.</summary>
    public override Task ReadReady(int byteCount)
    {
        lock (_asking) return _accepting ??= AcceptAsync();
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
            accepting = _accepting ?? AcceptAsync();
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
        catch (Exception error) when (error is ObjectDisposedException or OperationCanceledException)     // ended by the host, or closed
        {
            return Errno.Badf;
        }
    }

    public override Errno Shutdown(SocketShutdown directions) => Errno.Notconn;

    // The socket stays the host's, and with it the connections that come later.
    protected override Errno Close()
    {
        _closing.Cancel();
        _accepting?.ContinueWith(
            static accepting => accepting.Result.Dispose(), CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        _closing.Dispose();
        return base.Close();
    }

    // What the socket throws instead of beginning to accept is found by who accepts, too.
    private async Task<Socket> AcceptAsync() => await Socket.AcceptAsync(_closing.Token).ConfigureAwait(false);
}
