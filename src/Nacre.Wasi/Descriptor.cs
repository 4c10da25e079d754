namespace Nacre.Wasi;

/// <summary>An open file descriptor: a standard stream of the guest.</summary>
/// <param name="stream">Where its bytes come from or go to. It belongs to the host.</param>
/// <param name="rights">What the guest may do with it.</param>
/// <param name="isTerminal">Whether the guest is to take it for a terminal.</param>
internal sealed class Descriptor(Stream stream, Rights rights, bool isTerminal)
{
    /// <summary>What the guest is told the descriptor to be.</summary>
    public FileType FileType => isTerminal ? FileType.CharacterDevice : FileType.Unknown;

    public Rights Rights => rights;

    /// <summary>Reads what there is, at most a buffer full.</summary>
    /// <returns>Number of bytes; 0 at the end.</returns>
    public Errno Read(Span<byte> buffer, out uint byteCount)
    {
        byteCount = 0;
        if ((rights & Rights.Read) == 0) return Errno.Badf;
        try
        {
            byteCount = (uint)stream.Read(buffer);
            return Errno.Success;
        }
        catch (Exception error) when (IsFailure(error))
        {
            return Errno.Io;
        }
    }

    /// <summary>Writes all bytes.</summary>
    public Errno Write(ReadOnlySpan<byte> bytes)
    {
        if ((rights & Rights.Write) == 0) return Errno.Badf;
        try
        {
            stream.Write(bytes);
            return Errno.Success;
        }
        catch (Exception error) when (IsFailure(error))
        {
            return Errno.Io;
        }
    }

    /// <summary>Hands on what the stream still holds back.</summary>
    public Errno Flush()
    {
        try
        {
            stream.Flush();
            return Errno.Success;
        }
        catch (Exception error) when (IsFailure(error))
        {
            return Errno.Io;
        }
    }

    // What a stream throws when it cannot go on. Anything else is a mistake in the host's stream and is the host's to see.
    private static bool IsFailure(Exception error) => error is IOException or ObjectDisposedException or NotSupportedException;
}

/// <summary>What a descriptor refers to. Spec: WASI preview 1, <c>filetype</c>.</summary>
internal enum FileType : byte
{
    /// <summary>Not told.</summary>
    Unknown = 0,
    /// <summary>A terminal.</summary>
    CharacterDevice = 2,
}

/// <summary>What may be done with a descriptor: those of the flags that standard streams have. Spec: WASI preview 1, <c>rights</c>.</summary>
[Flags]
internal enum Rights : ulong
{
    Read = 1 << 1,
    Write = 1 << 6,
}
