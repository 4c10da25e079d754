using System.Net.Sockets;
using Nacre.Wasi.Preview1;

namespace Nacre.Wasi.Sockets;

/// <summary>A connection that the guest has taken, and owns.</summary>
/// <remarks>The socket never waits: waiting is done by who can be interrupted, piece by piece.</remarks>
internal sealed class ConnectionDescriptor : SocketDescriptor
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(1), s_longestPause = TimeSpan.FromMilliseconds(16);

    private readonly Lock _asking = new();
    private Task? _arriving, _leaving;

    /// <param name="socket">The connected socket.</param>
    /// <param name="rights">What the guest may do with it.</param>
    public ConnectionDescriptor(Socket socket, Rights rights)
        : base(socket, rights, Rights.None, isOwned: true) => socket.Blocking = false;

    public override Turn WriteTurn { get; } = new();

    /// <summary>Reading no bytes ends when there are some.</summary>
    public override Task ReadReady(int byteCount)
    {
        if (Socket.Poll(DoNotWait, SelectMode.SelectRead)) return Task.CompletedTask;
        lock (_asking)
        {
            if (_arriving is null or { IsCompleted: true }) _arriving = Socket.ReceiveAsync(Memory<byte>.Empty).AsTask();
            return _arriving;
        }
    }

    public override Task WriteReady
    {
        get
        {
            if (CanSend) return Task.CompletedTask;
            lock (_asking)
            {
                if (_leaving is null or { IsCompleted: true }) _leaving = WaitForRoom();
                return _leaving;
            }
        }
    }

    protected override Rights Meaningful => Rights.Connection;

    private bool CanSend => Socket.Poll(DoNotWait, SelectMode.SelectWrite);

    public override Errno Readable(out ulong byteCount, out bool isHungUp)
    {
        byteCount = (uint)Socket.Available;
        isHungUp = byteCount == 0;
        return Errno.Success;
    }

    public override Errno Read(Span<byte> buffer, out int byteCount) => Receive(buffer, SocketFlags.None, out byteCount);

    /// <summary>Reads what there is.</summary>
    /// <param name="buffer">What to fill.</param>
    /// <param name="flags">Whether the bytes are to be there when it is read again.</param>
    /// <param name="byteCount">Number of bytes; 0 when the peer sends no more.</param>
    public Errno Receive(Span<byte> buffer, SocketFlags flags, out int byteCount)
    {
        byteCount = Socket.Receive(buffer, flags, out SocketError error);
        return error.ToErrno();
    }

    public override Errno Write(ReadOnlySpan<byte> bytes, out int byteCount)
    {
        byteCount = Socket.Send(bytes, SocketFlags.None, out SocketError error);
        return error.ToErrno();
    }

    public override Errno Shutdown(SocketShutdown directions)
    {
        try
        {
            Socket.Shutdown(directions);
            return Errno.Success;
        }
        catch (SocketException error)
        {
            return error.SocketErrorCode.ToErrno();
        }
    }

    // Sockets do not tell when there is room, unless something is sent.
    private async Task WaitForRoom()
    {
        for (TimeSpan pause = s_firstPause; !CanSend; pause = pause < s_longestPause ? 2 * pause : pause) await Task.Delay(pause).ConfigureAwait(false);
    }
}
