using System.Net.Sockets;
using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi;

/// <summary>What a guest gets to see of its host. What is not given here does not exist for the guest.</summary>
/// <remarks>
/// Streams stay the caller's: they are flushed when the guest exits or closes them, and never disposed of. A guest with threads uses a stream
/// on any of them, for one direction by one at a time; directories and the <see cref="TimeProvider"/> by several at once.
/// </remarks>
public sealed record WasiOptions
{
    /// <summary>The program's arguments; by custom the first is the program's name.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The environment: every variable the guest has, in this order. Nothing is inherited.</summary>
    public IReadOnlyCollection<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>What the guest reads from descriptor 0; at its end unless given.</summary>
    public Stream StandardInput { get => field ?? Stream.Null; init; }

    /// <summary>Where what the guest writes to descriptor 1 goes; nowhere unless given.</summary>
    public Stream StandardOutput { get => field ?? Stream.Null; init; }

    /// <summary>Where what the guest writes to descriptor 2 goes; nowhere unless given.</summary>
    public Stream StandardError { get => field ?? Stream.Null; init; }

    /// <summary>The standard streams that the guest takes for a terminal, and so writes to line by line.</summary>
    public StandardStreams Terminals { get; init; }

    /// <summary>The guest's clocks, real and monotonic. Without it clocks answer <see cref="Errno.Inval"/>.</summary>
    public TimeProvider? TimeProvider { get; init; }

    /// <summary>Where random bytes come from; a cryptographically strong generator unless given.</summary>
    public RandomSource? RandomSource { get; init; }

    /// <summary>The directories that the guest finds opened, as descriptors 3, 4 and so on. It reaches no others.</summary>
    public IReadOnlyList<PreopenedDirectory> Directories { get; init; } = [];

    /// <summary>
    /// The sockets that the guest finds opened to take connections from, as the descriptors after those of the directories. They are bound
    /// and listen already, and stay the caller's.
    /// </summary>
    public IReadOnlyList<Socket> Listeners { get; init; } = [];

    /// <summary>How many descriptors can be open, those opened beforehand among them; further ones answer <see cref="Errno.Mfile"/>.</summary>
    /// <remarks>
    /// The host may have more open: on Linux two for a directory that is listed, and while a call walks along paths one for each directory on
    /// the way, at most 512.
    /// </remarks>
    public int MaximumOpenFileCount
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 3);
            field = value;
        }
    } = 1024;

    /// <summary>
    /// How many threads the guest may have at once beside its first, where it may have any (<see cref="WasiPreview1.DefineThreadsIn"/>);
    /// starting another is refused.
    /// </summary>
    public int MaximumThreadCount
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    } = 64;

    /// <summary>
    /// How many bytes the guest may write to files altogether; beyond, writing answers <see cref="Errno.Nospc"/>. Bytes by which a file becomes
    /// longer without being written, and bytes that are allocated, count as written.
    /// </summary>
    public long MaximumWrittenByteCount { get; init => field = NotNegative(value); } = long.MaxValue;

    /// <summary>
    /// How many more names than before the directories may come to have: files, directories and links that the guest creates, less those it
    /// removes. Beyond, creating answers <see cref="Errno.Nospc"/>.
    /// </summary>
    public long MaximumDirectoryEntryCount { get; init => field = NotNegative(value); } = long.MaxValue;

    /// <summary>How many random bytes the guest gets in one call; asking for more answers <see cref="Errno.Inval"/>.</summary>
    public long MaximumRandomByteCount { get; init => field = NotNegative(value); } = long.MaxValue;

    private static long NotNegative(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return value;
    }
}

/// <summary>A directory that a guest finds opened.</summary>
/// <param name="GuestPath">The path under which it finds it, such as <c>/</c> or <c>/data</c>.</param>
/// <param name="Directory">The directory. It stays the host's, which may give it to several guests.</param>
public sealed record PreopenedDirectory(string GuestPath, WasiDirectory Directory);

/// <summary>Fills a buffer with random bytes. Called by one thread at a time.</summary>
public delegate void RandomSource(Span<byte> buffer);

/// <summary>A set of standard streams.</summary>
[Flags]
public enum StandardStreams
{
    /// <summary>None of them.</summary>
    None = 0,
    /// <summary>Descriptor 0.</summary>
    Input = 1,
    /// <summary>Descriptor 1.</summary>
    Output = 2,
    /// <summary>Descriptor 2.</summary>
    Error = 4,
}
