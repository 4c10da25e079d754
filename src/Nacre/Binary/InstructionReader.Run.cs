using System.Buffers.Binary;
using System.Numerics;

namespace Nacre.Binary;

public ref partial struct InstructionReader
{
    private const ulong LastByteMarks = 0x8080_8080_8080_8080;

    // The longest form: eight bytes of constant after the code, then a window of eight bytes for an integer.
    internal const int LongestForm = 9 + sizeof(ulong);

    /// <summary>Where the next instruction begins.</summary>
    internal readonly BinaryCursor Cursor => _cursor;

    /// <summary>The bytes from the next instruction on.</summary>
    internal readonly ReadOnlySpan<byte> Rest => _cursor.Rest;

    /// <summary>Passes over whole instructions of <paramref name="byteCount"/> bytes together.</summary>
    internal void Skip(int byteCount) => _cursor.Skip(byteCount);

    /// <summary>Passes over instructions in whose encoding nothing can be wrong, up to the first that <see cref="Read"/> has to look at.</summary>
    /// <param name="forms">What to expect after each first byte, for the features of this reader.</param>
    /// <remarks>The way from one instruction to the next is two loads and an addition. Whether an integer is longer than a byte is
    /// checked beside that way: a processor guesses no and mostly is right.</remarks>
    internal void SkipRun(ReadOnlySpan<ShortForm> forms)
    {
        ReadOnlySpan<byte> bytes = _cursor.Rest;
        int at = 0;
        while (at <= bytes.Length - LongestForm)
        {
            ShortForm form = forms[bytes[at]];
            if (form.ShortCount == 0 || (bytes[at + 1] & form.ForbiddenBits) != 0) break;
            if ((bytes[at + form.FixedCount] & form.ContinuationBit) == 0)
            {
                at += form.ShortCount;
                continue;
            }
            ulong window = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(at + form.FixedCount)..]);
            int integerCount = (BitOperations.TrailingZeroCount(~window & LastByteMarks) >> 3) + 1;
            if (integerCount > form.IntegerLimit) break;
            at += form.FixedCount + integerCount;
        }
        _cursor.Skip(at);
    }
}
