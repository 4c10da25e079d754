using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Preview1;

/// <summary>A standard stream of the guest.</summary>
/// <param name="stream">Where its bytes come from or go to. It belongs to the host.</param>
/// <param name="rights">What the guest may do with it.</param>
/// <param name="isTerminal">Whether the guest is to take it for a terminal.</param>
/// <param name="writing">Held by who writes to the stream, which may be that of another descriptor, too.</param>
internal sealed class StreamDescriptor(Stream stream, Rights rights, bool isTerminal, Lock writing)
    : Descriptor(isTerminal ? FileType.CharacterDevice : FileType.Unknown, rights, Rights.None)
{
    protected override Errno Meaningless => Errno.Spipe;

    protected override Rights Meaningful => Rights.Input | Rights.Output;

    private readonly Lock _asking = new();
    private ReadAhead? _ahead;      // once it was asked whether there is something to read, which streams cannot tell

    public override bool MayWait => true;

    public override bool WaitsByItself => true;

    public override Task ReadReady(int byteCount)
    {
        lock (_asking) return (_ahead ??= new ReadAhead(stream)).Begin(byteCount);
    }

    public override Errno Readable(out ulong byteCount, out bool isHungUp)
    {
        byteCount = (uint)(_ahead?.ByteCount ?? 0);
        isHungUp = byteCount == 0;
        return Errno.Success;
    }

    public override Errno Read(Span<byte> buffer, out int byteCount)
    {
        try
        {
            byteCount = _ahead is null ? stream.Read(buffer) : _ahead.Read(buffer);
            return Errno.Success;
        }
        catch (Exception error) when (IsFailure(error))
        {
            byteCount = 0;
            return Errno.Io;
        }
    }

    public override Errno Write(ReadOnlySpan<byte> bytes, out int byteCount)
    {
        try
        {
            lock (writing) stream.Write(bytes);
            byteCount = bytes.Length;
            return Errno.Success;
        }
        catch (Exception error) when (IsFailure(error))
        {
            byteCount = 0;
            return Errno.Io;
        }
    }

    public override Errno SetTimes(TimeChange access, TimeChange modification) => Errno.Inval;

    public override Errno SetSize(ulong byteCount) => Errno.Inval;

    /// <summary>Hands on what the stream still holds back.</summary>
    public override Errno Sync(bool dataOnly)
    {
        try
        {
            lock (writing) stream.Flush();
            return Errno.Success;
        }
        catch (Exception error) when (IsFailure(error))
        {
            return Errno.Io;
        }
    }

    protected override Errno Close() => Sync(dataOnly: false);

    // What a stream throws when it cannot go on. Anything else is a mistake in the host's stream and is the host's to see.
    private static bool IsFailure(Exception error)
        => error is IOException or UnauthorizedAccessException or InvalidDataException or ObjectDisposedException or NotSupportedException;
}
