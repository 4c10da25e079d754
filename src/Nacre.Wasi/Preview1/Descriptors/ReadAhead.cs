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

    /// <summary>Ends when bytes, the stream's end, or its failure are there.</summary>
    public Task Ready => Reading;

    /// <summary>How many bytes are there; 0 at the end, after a failure, and before <see cref="Ready"/> has ended.</summary>
    public int ByteCount
    {
        get
        {
            lock (_lock) return _reading is { IsCompletedSuccessfully: true } reading ? reading.Result - _taken : 0;
        }
    }

    private Task<int> Reading
    {
        get
        {
            lock (_lock) return _reading ??= stream.ReadAsync(_bytes, 0, Capacity);
        }
    }

    /// <summary>Reads as the stream does, beginning with what is there.</summary>
    public int Read(Span<byte> buffer)
    {
        Task<int> reading = Reading;
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
}
