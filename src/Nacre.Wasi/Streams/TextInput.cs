using System.Text;

namespace Nacre.Wasi.Streams;

/// <summary>A text as bytes of UTF-8.</summary>
internal sealed class TextInput(TextReader input) : OneWayStream
{
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private readonly char[] _characters = new char[1024];
    private byte[] _bytes = [];
    private int _start;
    private int _end;

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        while (_start == _end)
        {
            int count = input.Read(_characters, 0, _characters.Length);
            if (_bytes.Length == 0) _bytes = new byte[Encoding.UTF8.GetMaxByteCount(_characters.Length)];
            _start = 0;
            _end = _encoder.GetBytes(_characters.AsSpan(0, count), _bytes, flush: count == 0);
            if (count == 0 && _end == 0) return 0;
        }
        int byteCount = Math.Min(buffer.Length, _end - _start);
        _bytes.AsSpan(_start, byteCount).CopyTo(buffer);
        _start += byteCount;
        return byteCount;
    }
}
