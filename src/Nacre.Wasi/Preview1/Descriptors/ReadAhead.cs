namespace Nacre.Wasi.Preview1;

/// <summary>A stream of which some bytes are read before the guest asks for them, so as to know that they are there.</summary>
/// <param name="stream">The stream. Nobody else reads it from now on.</param>
/// <remarks>Any thread may ask what is there; one at a time reads.</remarks>
internal sealed class ReadAhead(Stream stream)
{
    private const int Capacity = 4096;

    private readonly Lock _lock = new();
    private readonly byte[] _bytes = new byte[Capacity];
    private Task<int>? _reading;    // that fills the bytes, until all of them are taken
    private int _taken;

    /// <summary>How many bytes are there; 0 at the end, after a failure, and before <see cref="Begin"/> has ended.</summary>
    public int ByteCount
    {
        get
        {
            lock (_lock) return _reading is { IsCompletedSuccessfully: true } reading ? reading.Result - _taken : 0;
        }
    }

    /// <summary>Begins to read, unless that was done before. Ends when bytes, the stream's end, or its failure are there.</summary>
    /// <param name="byteCount">How many bytes at most; at least one.</param>
    public Task<int> Begin(int byteCount)
    {
        lock (_lock) return _reading ??= ReadAsync(Math.Min(byteCount, Capacity));
    }

    /// <summary>Reads as the stream does, beginning with what is there.</summary>
    /// <param name="buffer">What to fill; not empty.</param>
    public int Read(Span<byte> buffer)
    {
        Task<int> reading = Begin(buffer.Length);
        try
        {
            int count = Math.Min(buffer.Length, reading.GetAwaiter().GetResult() - _taken);
            _bytes.AsSpan(_taken, count).CopyTo(buffer);
            lock (_lock) _taken += count;
            return count;
        }
        finally
        {
            lock (_lock)
                if (!reading.IsCompletedSuccessfully || _taken == reading.Result) (_reading, _taken) = (null, 0);
        }
    }

    // What a stream throws instead of beginning to read is found by who reads, too.
    private async Task<int> ReadAsync(int byteCount) => await stream.ReadAsync(_bytes.AsMemory(0, byteCount)).ConfigureAwait(false);
}
