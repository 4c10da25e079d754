using System.IO.Pipelines;
using System.Text;
using Nacre.Wasi.Streams;

namespace Nacre.Wasi.Tests;

public class GuestStreamsTests
{
    private const int CountAddress = 400, TextAddress = 500;

    [Fact]
    public void A_text_is_read_as_UTF_8()
    {
        string text = "Grüße, 世界 😀" + new string('ä', 3000);
        using var guest = new WasiGuest(new WasiOptions { StandardInput = GuestStreams.From(new StringReader(text)) });
        var read = new MemoryStream();
        guest.WriteBuffers(0, (TextAddress, 7));
        while (true)
        {
            Assert.Equal(Errno.Success, guest.Call("fd_read", 0, 0, 1, CountAddress));
            int byteCount = guest.Memory.Read<int>(CountAddress);
            if (byteCount == 0) break;
            read.Write(guest.Memory.Slice(TextAddress, byteCount));
        }
        Assert.Equal(text, Encoding.UTF8.GetString(read.ToArray()));
    }

    [Fact]
    public void UTF_8_is_written_as_a_text()
    {
        string text = "Grüße, 世界 😀" + new string('ä', 3000);
        var written = new StringWriter();
        using var guest = new WasiGuest(new WasiOptions { StandardOutput = GuestStreams.From(written) });
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int i = 0; i < bytes.Length; i += 5)
        {
            int byteCount = Math.Min(5, bytes.Length - i);
            bytes.AsSpan(i, byteCount).CopyTo(guest.Memory.Slice(TextAddress, byteCount));
            guest.WriteBuffers(0, (TextAddress, byteCount));
            Assert.Equal(Errno.Success, guest.Call("fd_write", 1, 0, 1, CountAddress));
        }
        Assert.Equal(text, written.ToString());
    }

    [Fact]
    public void What_is_not_UTF_8_is_written_as_replacement_characters()
    {
        var written = new StringWriter();
        using Stream output = GuestStreams.From(written);
        output.Write([0x61, 0xFF, 0x62]);
        Assert.Equal("a\uFFFDb", written.ToString());
    }

    [Fact]
    public async Task Pipes_connect_a_guest_with_its_host()
    {
        Pipe input = new(), output = new();
        await input.Writer.WriteAsync("question"u8.ToArray());
        await input.Writer.CompleteAsync();
        using var guest = new WasiGuest(new WasiOptions
        {
            StandardInput = GuestStreams.From(input.Reader),
            StandardOutput = GuestStreams.From(output.Writer),
        });
        guest.WriteBuffers(0, (TextAddress, 100));
        Assert.Equal(Errno.Success, guest.Call("fd_read", 0, 0, 1, CountAddress));
        Assert.Equal("question", guest.Memory.ReadUtf8(TextAddress, guest.Memory.Read<int>(CountAddress)));
        Assert.Equal(Errno.Success, guest.Call("fd_read", 0, 0, 1, CountAddress));
        Assert.Equal(0, guest.Memory.Read<int>(CountAddress));

        guest.WriteBuffers(0, (TextAddress, 8));
        Assert.Equal(Errno.Success, guest.Call("fd_write", 1, 0, 1, CountAddress));
        Assert.Equal(Errno.Success, guest.Call("fd_datasync", 1));
        ReadResult result = await output.Reader.ReadAsync();
        Assert.Equal("question", Encoding.UTF8.GetString(result.Buffer.FirstSpan));
    }

    [Fact]
    public void A_stream_goes_one_way_and_has_no_position()
    {
        using Stream input = GuestStreams.From(new StringReader("text")), output = GuestStreams.From(new StringWriter());
        Assert.True(input is { CanRead: true, CanWrite: false, CanSeek: false });
        Assert.True(output is { CanRead: false, CanWrite: true, CanSeek: false });
        Assert.Throws<NotSupportedException>(() => input.Write([1]));
        Assert.Throws<NotSupportedException>(() => output.ReadExactly(new byte[1]));
        Assert.Throws<NotSupportedException>(() => input.Position);
    }
}
