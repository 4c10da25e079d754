using System.Text;
using Nacre.Tests.Support;

namespace Nacre.Wasi.Tests;

public sealed class DescriptorsTests
{
    private const int Input = 0, Output = 1, Error = 2, CountAddress = 400, TextAddress = 500;

    [Theory, EachEngine]
    public void Pieces_of_a_line_are_one_write_of_the_host(EngineKind engine)
    {
        var output = new Recorder();
        using var guest = new WasiGuest(new WasiOptions { StandardOutput = output }, engine);
        guest.Memory.WriteUtf8(TextAddress, "Hello, world");
        guest.WriteBuffers(0, (TextAddress, 7), (0, 0), (TextAddress + 7, 5));

        Assert.Equal(Errno.Success, guest.Call("fd_write", Output, 0, 3, CountAddress));
        Assert.Equal(12, guest.Memory.Read<int>(CountAddress));
        Assert.Equal(["Hello, world"], output.Writes);
    }

    [Theory, EachEngine]
    public void Large_buffers_are_written_whole(EngineKind engine)
    {
        var output = new Recorder();
        using var guest = new WasiGuest(new WasiOptions { StandardError = output }, engine);
        guest.Memory.Slice(TextAddress, 30_000).Fill((byte)'x');
        guest.WriteBuffers(0, (TextAddress, 10_000), (TextAddress, 20_000));

        Assert.Equal(Errno.Success, guest.Call("fd_write", Error, 0, 2, CountAddress));
        Assert.Equal(30_000, guest.Memory.Read<int>(CountAddress));
        Assert.Equal(new string('x', 30_000), string.Concat(output.Writes));
    }

    [Theory, EachEngine]
    public void Nothing_is_written_when_one_buffer_lies_outside_the_memory(EngineKind engine)
    {
        var output = new Recorder();
        using var guest = new WasiGuest(new WasiOptions { StandardOutput = output }, engine);
        guest.WriteBuffers(0, (TextAddress, 5), (65_530, 7));

        Assert.Equal(Errno.Fault, guest.Call("fd_write", Output, 0, 2, CountAddress));
        Assert.Equal(Errno.Fault, guest.Call("fd_write", Output, 65_530, 1, CountAddress));
        Assert.Equal(Errno.Fault, guest.Call("fd_write", Output, 0, -1, CountAddress));
        Assert.Empty(output.Writes);
    }

    [Theory, EachEngine]
    public void Reading_takes_what_is_there_into_the_first_buffer_with_room(EngineKind engine)
    {
        using var guest = new WasiGuest(new WasiOptions { StandardInput = new MemoryStream("abcdef"u8.ToArray()) }, engine);
        guest.WriteBuffers(0, (TextAddress, 0), (TextAddress, 4), (TextAddress + 10, 4));

        Assert.Equal(Errno.Success, guest.Call("fd_read", Input, 0, 3, CountAddress));
        Assert.Equal(4, guest.Memory.Read<int>(CountAddress));
        Assert.Equal("abcd\0", guest.Memory.ReadUtf8(TextAddress, 5));
        Assert.Equal(Errno.Success, guest.Call("fd_read", Input, 0, 3, CountAddress));
        Assert.Equal("ef", guest.Memory.ReadUtf8(TextAddress, guest.Memory.Read<int>(CountAddress)));
        Assert.Equal(Errno.Success, guest.Call("fd_read", Input, 0, 3, CountAddress));
        Assert.Equal(0, guest.Memory.Read<int>(CountAddress));
    }

    [Theory, EachEngine]
    public void Input_is_not_written_and_output_is_not_read(EngineKind engine)
    {
        using var guest = new WasiGuest(engine: engine);
        guest.WriteBuffers(0, (TextAddress, 1));
        Assert.Equal(Errno.Badf, guest.Call("fd_write", Input, 0, 1, CountAddress));
        Assert.Equal(Errno.Badf, guest.Call("fd_read", Output, 0, 1, CountAddress));
    }

    [Theory, EachEngine]
    public void A_closed_descriptor_is_gone_and_the_hosts_stream_is_not(EngineKind engine)
    {
        var output = new Recorder();
        using var guest = new WasiGuest(new WasiOptions { StandardOutput = output }, engine);
        Assert.Equal(Errno.Success, guest.Call("fd_close", Output));
        Assert.Equal(1, output.FlushCount);
        Assert.True(output.CanWrite);

        Assert.Equal(Errno.Badf, guest.Call("fd_close", Output));
        Assert.Equal(Errno.Badf, guest.Call("fd_write", Output, 0, 0, CountAddress));
        Assert.Equal(Errno.Badf, guest.Call("fd_fdstat_get", Output, 0));
        Assert.Equal(Errno.Badf, guest.Call("fd_seek", Output, 0, 0, 0));
    }

    [Theory, EachEngine]
    public void A_stream_has_no_position(EngineKind engine)
    {
        using var guest = new WasiGuest(engine: engine);
        Assert.Equal(Errno.Spipe, guest.Call("fd_seek", Input, 0, 1, 0));
        Assert.Equal(Errno.Badf, guest.Call("fd_seek", 3, 0, 1, 0));
    }

    [Theory]
    [InlineData(Input, 2, 0x0820_008A)]
    [InlineData(Output, 0, 0x0820_00D9)]
    [InlineData(Error, 2, 0x0820_00D9)]
    public void A_descriptor_tells_whether_it_is_a_terminal_and_what_can_be_done_with_it(int descriptor, int fileType, int rights)
    {
        using var guest = new WasiGuest(new WasiOptions { Terminals = StandardStreams.Input | StandardStreams.Error });
        guest.Memory.Slice(0, 32).Fill(0xFF);
        Assert.Equal(Errno.Success, guest.Call("fd_fdstat_get", descriptor, 4));

        var expected = new byte[24];
        expected[0] = (byte)fileType;
        BitConverter.TryWriteBytes(expected.AsSpan(8), rights);
        Assert.Equal(expected, guest.Memory.Slice(4, 24).ToArray());
        Assert.Equal(-1, guest.Memory.Read<int>(28));
        Assert.Equal(Errno.Fault, guest.Call("fd_fdstat_get", descriptor, 65_536 - 23));
    }

    [Theory, EachEngine]
    public void A_stream_that_fails_is_an_input_output_error(EngineKind engine)
    {
        using var guest = new WasiGuest(new WasiOptions { StandardInput = new Broken(), StandardOutput = new Broken() }, engine);
        guest.WriteBuffers(0, (TextAddress, 1));
        Assert.Equal(Errno.Io, guest.Call("fd_read", Input, 0, 1, CountAddress));
        Assert.Equal(Errno.Io, guest.Call("fd_write", Output, 0, 1, CountAddress));
        Assert.Equal(Errno.Io, guest.Call("fd_close", Output));
    }

    [Fact]
    public void A_stream_that_throws_what_streams_do_not_keeps_none_from_being_closed()
    {
        var error = new Recorder();
        var guest = new WasiGuest(new WasiOptions { StandardInput = new Wrong(), StandardOutput = new Wrong(), StandardError = error });
        Assert.Throws<InvalidOperationException>(guest.Dispose);
        Assert.NotEqual(0, error.FlushCount);
        guest.Dispose();
    }

    private sealed class Wrong : MemoryStream
    {
        public override void Flush() => throw new InvalidOperationException("wrong");
    }

    private sealed class Recorder : MemoryStream
    {
        public List<string> Writes { get; } = [];

        public int FlushCount { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer) => Writes.Add(Encoding.UTF8.GetString(buffer));

        public override void Flush() => FlushCount++;
    }

    private sealed class Broken : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("broken");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("broken");

        public override void Flush() => throw new IOException("broken");
    }
}
