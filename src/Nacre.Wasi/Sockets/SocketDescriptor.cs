using System.Net.Sockets;
using Nacre.Wasi.FileSystems;
using Nacre.Wasi.Preview1;

namespace Nacre.Wasi.Sockets;

/// <summary>A socket of the guest: what connections and those who take them have in common.</summary>
/// <param name="socket">The socket.</param>
/// <param name="rights">What the guest may do with it.</param>
/// <param name="inheritingRights">What the guest may do with connections that come from it.</param>
/// <param name="isOwned">Whether the socket ends with the descriptor, rather than belonging to the host.</param>
internal abstract class SocketDescriptor(Socket socket, Rights rights, Rights inheritingRights, bool isOwned)
    : Descriptor(FileType.SocketStream, rights, inheritingRights)
{
    protected const int DoNotWait = 0;      // microseconds

    public override bool MayWait => true;

    protected Socket Socket => socket;

    protected override Errno Meaningless => Errno.Spipe;

    /// <summary>Ends one or both of the directions of a connection. Spec: WASI preview 1, <c>sock_shutdown</c>.</summary>
    public abstract Errno Shutdown(SocketShutdown directions);

    public override Errno SetFlags(Fdflags flags)
        => (flags & ~Fdflags.Nonblock) == 0 ? base.SetFlags(flags) : Errno.Notsup;

    protected override Errno Close()
    {
        if (isOwned) socket.Dispose();
        return Errno.Success;
    }
}
