using System.Net;
using System.Net.Sockets;
using System.Text;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Wasi.Tests;

public sealed class SocketsTests
{
    private const int Listener = 3, Peek = 1, WaitAll = 2, ReadEnd = 1, WriteEnd = 2, HungUp = 1;
    private const int Buffers = 64, Count = 72, Flags = 80, Bytes = 128;
    private const long Hour = 3_600_000_000_000;

    [Theory, EachEngine]
    public void A_guest_takes_a_connection_and_both_talk(EngineKind engine)
    {
        using var host = new Host(engine);
        using Socket peer = host.Connect();
        int connection = host.Accept();
        Assert.Equal(Listener + 1, connection);

        peer.Send("hello"u8);
        Assert.Equal("hello", host.Receive(connection, 10));
        Assert.Equal(2, host.Send(connection, "hi"));
        Assert.Equal("hi", Read(peer, 2));

        host.Guest.WriteBuffers(Buffers, (Bytes, 3));
        peer.Send("abc"u8);
        Assert.Equal(Errno.Success, host.Guest.Call("fd_read", connection, Buffers, 1, Count));
        Assert.Equal("abc", host.Guest.Memory.ReadUtf8(Bytes, 3));
        Assert.Equal(Errno.Success, host.Guest.Call("fd_write", connection, Buffers, 1, Count));
        Assert.Equal("abc", Read(peer, 3));

        Assert.Equal(Errno.Success, host.Guest.Call("fd_close", connection));
        Assert.Equal(0, peer.Receive(new byte[1]));
    }

    [Theory, EachEngine]
    public void Bytes_that_are_looked_at_stay(EngineKind engine)
    {
        using var host = new Host(engine);
        using Socket peer = host.Connect();
        int connection = host.Accept();
        peer.Send("abcd"u8);
        Assert.Equal("ab", host.Receive(connection, 2, Peek));
        Assert.Equal("abcd", host.Receive(connection, 4, WaitAll));
    }

    [Theory, EachEngine]
    public void Waiting_for_all_fills_the_buffers_or_ends_with_the_peer(EngineKind engine)
    {
        using var host = new Host(engine);
        using Socket peer = host.Connect();
        int connection = host.Accept();
        peer.Send("abc"u8);
        _ = Task.Run(async () =>
        {
            await Task.Delay(20);
            peer.Send("def"u8);
            await Task.Delay(20);
            peer.Send("gh"u8);
            peer.Shutdown(SocketShutdown.Send);
        });
        Assert.Equal("abcde", host.Receive(connection, 5, WaitAll));
        Assert.Equal("fgh", host.Receive(connection, 5, WaitAll));
        Assert.Equal("", host.Receive(connection, 5, WaitAll));
    }

    [Theory, EachEngine]
    public async Task What_does_not_wait_says_so(EngineKind engine)
    {
        using var host = new Host(engine);
        Assert.Equal(Errno.Success, host.Guest.Call("fd_fdstat_set_flags", Listener, Wire.Nonblock));
        Assert.Equal(Errno.Again, host.TryAccept());
        using Socket peer = host.Connect();
        Assert.Equal([new PollEvent(100, Errno.Success, 1)], host.Poll.Read(Listener).Clock(Hour).Wait());
        int connection = host.Accept(Wire.Nonblock);
        Assert.Equal(Errno.Again, host.TryReceive(connection, 1));

        Task<int> sending = Task.Run(() => peer.Send("x"u8));
        Assert.Equal([new PollEvent(100, Errno.Success, 1, ByteCount: 1)], host.Poll.Read(connection).Clock(Hour).Wait());
        Assert.Equal("x", host.Receive(connection, 1));
        Assert.Equal(1, await sending);
    }

    [Theory, EachEngine]
    public async Task A_full_connection_has_room_once_the_peer_reads(EngineKind engine)
    {
        using var host = new Host(engine);
        using Socket peer = host.Connect();
        int connection = host.Accept(Wire.Nonblock);
        Assert.Equal([new PollEvent(100, Errno.Success, 2)], host.Poll.Write(connection).Clock(Hour).Wait());
        // The host may still be moving bytes to the peer's side, which makes room for a few more.
        long sent = 0;
        Errno refusal = Errno.Success;
        foreach (int byteCount in new[] { 32_000, 1 })
        {
            while ((refusal = host.TrySend(connection, byteCount, out int count)) == Errno.Success) sent += count;
        }
        Assert.Equal(Errno.Again, refusal);

        Task reading = Task.Run(() => Read(peer, (int)sent));
        Assert.Equal([new PollEvent(100, Errno.Success, 2)], host.Poll.Write(connection).Clock(Hour).Wait());
        await reading;
    }

    [Theory, EachEngine]
    public void A_peer_that_has_gone_has_hung_up(EngineKind engine)
    {
        using var host = new Host(engine);
        Socket peer = host.Connect();
        int connection = host.Accept();
        peer.Dispose();
        Assert.Equal([new PollEvent(100, Errno.Success, 1, Flags: HungUp)], host.Poll.Read(connection).Clock(Hour).Wait());
        Assert.Equal("", host.Receive(connection, 1));
    }

    [Theory, EachEngine]
    public void Shutting_down_ends_one_direction(EngineKind engine)
    {
        using var host = new Host(engine);
        using Socket peer = host.Connect();
        int connection = host.Accept();
        Assert.Equal(Errno.Success, host.Guest.Call("sock_shutdown", connection, WriteEnd));
        Assert.Equal(0, peer.Receive(new byte[1]));
        peer.Send("still"u8);
        Assert.Equal("still", host.Receive(connection, 5));
        Assert.Equal(Errno.Pipe, host.TrySend(connection, 1, out _));
        Assert.Equal(Errno.Success, host.Guest.Call("sock_shutdown", connection, ReadEnd));
        Assert.Equal(Errno.Inval, host.Guest.Call("sock_shutdown", connection, 0));
        Assert.Equal(Errno.Inval, host.Guest.Call("sock_shutdown", connection, 4));
    }

    [Theory, EachEngine]
    public void What_is_no_connection_is_refused(EngineKind engine)
    {
        using var host = new Host(engine);
        Assert.Equal(Errno.Notconn, host.TryReceive(Listener, 1));
        Assert.Equal(Errno.Notconn, host.Guest.Call("sock_shutdown", Listener, ReadEnd));
        Assert.Equal(Errno.Notsock, host.TryReceive(0, 1));
        Assert.Equal(Errno.Notsock, host.TrySend(1, 1, out _));
        Assert.Equal(Errno.Notsock, host.Guest.Call("sock_accept", 0, 0, Count));
        Assert.Equal(Errno.Badf, host.Guest.Call("sock_accept", 9, 0, Count));
        Assert.Equal(Errno.Badf, host.TryReceive(9, 1));
        Assert.Equal(Errno.Badf, host.Guest.Call("sock_shutdown", 9, ReadEnd));
        Assert.Equal(Errno.Inval, host.Guest.Call("sock_accept", Listener, Wire.Append, Count));
        Assert.Equal(Errno.Fault, host.Guest.Call("sock_accept", Listener, 0, 65_534));
    }

    [Theory, EachEngine]
    public void A_connection_that_there_is_no_descriptor_for_waits_on(EngineKind engine)
    {
        using var host = new Host(engine, change: options => options with { MaximumOpenFileCount = 5 });
        using Socket first = host.Connect(), second = host.Connect();
        int connection = host.Accept();
        Assert.Equal(Errno.Mfile, host.TryAccept());
        Assert.Equal(Errno.Success, host.Guest.Call("fd_close", connection));
        Assert.Equal(connection, host.Accept());
    }

    [Theory, EachEngine]
    public void A_guest_that_waits_for_a_connection_or_its_bytes_can_be_interrupted(EngineKind engine)
    {
        using var cancellation = new CancellationTokenSource();
        using var host = new Host(engine, cancellation: cancellation.Token);
        using Socket peer = host.Connect();
        int connection = host.Accept();
        cancellation.CancelAfter(30);
        Assert.Equal(TrapKind.Interrupted, Assert.Throws<TrapException>(() => host.TryReceive(connection, 1)).Kind);

        using var second = new CancellationTokenSource(30);
        using var waiting = new Host(engine, cancellation: second.Token);
        Assert.Equal(TrapKind.Interrupted, Assert.Throws<TrapException>(() => waiting.TryAccept()).Kind);
    }

    [Theory, EachEngine]
    public void A_guest_that_waits_for_its_peer_to_read_can_be_interrupted(EngineKind engine)
    {
        using var cancellation = new CancellationTokenSource();
        using var host = new Host(engine, cancellation: cancellation.Token);
        using Socket peer = host.Connect();
        int connection = host.Accept();
        cancellation.CancelAfter(300);
        Assert.Equal(TrapKind.Interrupted, Assert.Throws<TrapException>(SendForEver).Kind);

        void SendForEver()
        {
            while (true) host.TrySend(connection, 32_000, out _);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_guest_sends_is_sent_whole_although_the_peer_reads_late(bool isInterruptible)
    {
        const int Piece = 32_000, PieceCount = 400;     // more than systems keep for a connection
        using var cancellation = new CancellationTokenSource();
        using var host = new Host(cancellation: isInterruptible ? cancellation.Token : default);
        using Socket peer = host.Connect();
        int connection = host.Accept();
        Task reading = Task.Run(async () =>
        {
            await Task.Delay(50);
            Read(peer, Piece * PieceCount);
        });
        for (int piece = 0; piece < PieceCount; piece++)
        {
            Assert.Equal(Errno.Success, host.TrySend(connection, Piece, out int count));
            Assert.Equal(Piece, count);
        }
        await reading;
    }

    [Theory, EachEngine]
    public void What_lies_outside_the_memory_is_refused_before_waiting(EngineKind engine)
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        using var host = new Host(engine, cancellation: cancellation.Token);
        using Socket peer = host.Connect();
        int connection = host.Accept();
        host.Guest.WriteBuffers(Buffers, (65_530, 10));
        Assert.Equal(Errno.Fault, host.Guest.Call("fd_read", connection, Buffers, 1, Count));
        Assert.Equal(Errno.Fault, host.Guest.Call("fd_read", connection, Buffers, 0, 65_534));
    }

    [Theory, EachEngine]
    public void A_guest_that_waited_for_connections_and_no_longer_does_takes_none_from_the_host(EngineKind engine)
    {
        using var host = new Host(engine);
        Assert.Single(host.Poll.Read(Listener).Clock(1_000_000).Wait());
        Assert.Equal(Errno.Success, host.Guest.Call("fd_close", Listener));
        using Socket peer = host.Connect();
        using Socket connection = host.AcceptItself();
        Assert.Equal(peer.LocalEndPoint, connection.RemoteEndPoint);
    }

    [Theory, EachEngine]
    public void A_connection_that_the_guest_did_not_take_before_it_closed_ends(EngineKind engine)
    {
        using var host = new Host(engine);
        using Socket peer = host.Connect();
        peer.ReceiveTimeout = 10_000;
        Assert.Single(host.Poll.Read(Listener).Clock(Hour).Wait());
        Assert.Equal(Errno.Success, host.Guest.Call("fd_close", Listener));
        Assert.Equal(0, peer.Receive(new byte[1]));
    }

    [Theory, EachEngine]
    public void A_listener_that_the_host_has_closed_is_ready_and_then_bad(EngineKind engine)
    {
        using var host = new Host(engine);
        host.StopListening();
        Assert.Equal([new PollEvent(100, Errno.Success, 1)], host.Poll.Read(Listener).Clock(Hour).Wait());
        Assert.Equal(Errno.Badf, host.TryAccept());
        Assert.Equal(Errno.Badf, host.TryAccept());
    }

    private static string Read(Socket socket, int byteCount)
    {
        var bytes = new byte[byteCount];
        for (int count = 0; count < byteCount;)
        {
            int some = socket.Receive(bytes.AsSpan(count));
            Assert.NotEqual(0, some);
            count += some;
        }
        return Encoding.UTF8.GetString(bytes);
    }

    // A guest with a socket that listens on the loopback interface.
    private sealed class Host : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        public Host(EngineKind engine = EngineKind.Auto, Func<WasiOptions, WasiOptions>? change = null, CancellationToken cancellation = default)
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen();
            var options = new WasiOptions { Listeners = [_listener], TimeProvider = TimeProvider.System };
            Poll = new PollGuest(change?.Invoke(options) ?? options, engine, cancellation);
        }

        public PollGuest Poll { get; }

        public WasiGuest Guest => Poll.Guest;

        public Socket Connect()
        {
            var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            peer.Connect(_listener.LocalEndPoint!);
            return peer;
        }

        public Socket AcceptItself()
        {
            Assert.True(_listener.Poll(TimeSpan.FromSeconds(10), SelectMode.SelectRead));
            return _listener.Accept();
        }

        public void StopListening() => _listener.Dispose();

        public int Accept(int flags = 0)
        {
            Assert.Equal(Errno.Success, TryAccept(flags));
            return Guest.Memory.Read<int>(Count);
        }

        public Errno TryAccept(int flags = 0) => Guest.Call("sock_accept", Listener, flags, Count);

        public string Receive(int connection, int byteCount, int flags = 0)
        {
            Assert.Equal(Errno.Success, TryReceive(connection, byteCount, flags));
            Assert.Equal(0, Guest.Memory.Read<ushort>(Flags));
            return Guest.Memory.ReadUtf8(Bytes, Guest.Memory.Read<int>(Count));
        }

        public Errno TryReceive(int connection, int byteCount, int flags = 0)
        {
            Guest.WriteBuffers(Buffers, (Bytes, byteCount));
            return Guest.Call("sock_recv", connection, Buffers, 1, flags, Count, Flags);
        }

        public int Send(int connection, string text)
        {
            Guest.Memory.WriteUtf8(Bytes, text);
            Assert.Equal(Errno.Success, TrySend(connection, text.Length, out int count));
            return count;
        }

        public Errno TrySend(int connection, int byteCount, out int sent)
        {
            Guest.WriteBuffers(Buffers, (Bytes, byteCount));
            Errno error = Guest.Call("sock_send", connection, Buffers, 1, 0, Count);
            sent = error == Errno.Success ? Guest.Memory.Read<int>(Count) : 0;
            return error;
        }

        public void Dispose()
        {
            Poll.Dispose();
            _listener.Dispose();
        }
    }
}
