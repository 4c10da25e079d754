namespace Nacre.Cli.Platform;

/// <summary>A standard stream of a Unix process, written and read by its descriptor and not buffered.</summary>
/// <remarks>
/// A <see cref="FileStream"/> over the descriptor would not do: it writes a redirected file at positions of its own, so
/// that processes which share the file overwrite each other.
/// </remarks>
internal sealed class UnixStandardStream(int descriptor) : Stream
{
    public override bool CanRead => descriptor == 0;
    public override bool CanWrite => descriptor != 0;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer) => UnixDescriptor.Read(descriptor, buffer);
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public override void Write(ReadOnlySpan<byte> buffer) => UnixDescriptor.Write(descriptor, buffer);
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
}
