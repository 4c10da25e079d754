using System.Text;

namespace Nacre.Wasi.Streams;

/// <summary>Bytes of UTF-8 as a text. A character whose bytes come one by one appears with the last of them.</summary>
internal sealed class TextOutput(TextWriter output) : OneWayStream
{
    private const int PieceByteCount = 1024;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly char[] _characters = new char[Encoding.UTF8.GetMaxCharCount(PieceByteCount)];

    public override bool CanWrite => true;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            ReadOnlySpan<byte> piece = buffer[..Math.Min(PieceByteCount, buffer.Length)];
            int count = _decoder.GetChars(piece, _characters, flush: false);
            output.Write(_characters, 0, count);
            buffer = buffer[piece.Length..];
        }
    }

    public override void Flush() => output.Flush();
}
