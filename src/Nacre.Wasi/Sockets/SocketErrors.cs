using System.Net.Sockets;

namespace Nacre.Wasi.Sockets;

/// <summary>What the errors of sockets are in WASI.</summary>
internal static class SocketErrors
{
    /// <summary>The error number of a socket's error.</summary>
    public static Errno ToErrno(this SocketError error) => error switch
    {
        SocketError.Success => Errno.Success,
        SocketError.AccessDenied => Errno.Acces,
        SocketError.AddressAlreadyInUse => Errno.Addrinuse,
        SocketError.AddressNotAvailable => Errno.Addrnotavail,
        SocketError.AddressFamilyNotSupported or SocketError.ProtocolFamilyNotSupported => Errno.Afnosupport,
        SocketError.WouldBlock or SocketError.TryAgain => Errno.Again,
        SocketError.AlreadyInProgress => Errno.Already,
        SocketError.OperationAborted => Errno.Canceled,
        SocketError.ConnectionAborted => Errno.Connaborted,
        SocketError.ConnectionRefused => Errno.Connrefused,
        SocketError.ConnectionReset => Errno.Connreset,
        SocketError.DestinationAddressRequired => Errno.Destaddrreq,
        SocketError.Fault => Errno.Fault,
        SocketError.HostUnreachable or SocketError.HostDown or SocketError.HostNotFound => Errno.Hostunreach,
        SocketError.InProgress => Errno.Inprogress,
        SocketError.Interrupted => Errno.Intr,
        SocketError.InvalidArgument => Errno.Inval,
        SocketError.IsConnected => Errno.Isconn,
        SocketError.MessageSize => Errno.Msgsize,
        SocketError.NetworkDown => Errno.Netdown,
        SocketError.NetworkReset => Errno.Netreset,
        SocketError.NetworkUnreachable => Errno.Netunreach,
        SocketError.NoBufferSpaceAvailable => Errno.Nobufs,
        SocketError.NotConnected or SocketError.Disconnecting => Errno.Notconn,
        SocketError.NotSocket => Errno.Notsock,
        SocketError.OperationNotSupported => Errno.Notsup,
        SocketError.ProtocolNotSupported or SocketError.SocketNotSupported => Errno.Protonosupport,
        SocketError.ProtocolOption => Errno.Noprotoopt,
        SocketError.ProtocolType => Errno.Prototype,
        SocketError.Shutdown => Errno.Pipe,
        SocketError.TimedOut => Errno.Timedout,
        SocketError.TooManyOpenSockets => Errno.Mfile,
        _ => Errno.Io,
    };
}
