using System.Text;

namespace Nacre.Wasi.Preview1;

/// <summary>Strings as C's <c>argv</c> and <c>environ</c> want them: UTF-8, one after the other, each ended by a zero byte.</summary>
internal sealed class StringTable
{
    /// <param name="strings">The strings, in order.</param>
    /// <param name="parameterName">What the strings are, for the exception.</param>
    /// <exception cref="ArgumentException">A string contains a zero character, which would end it early.</exception>
    public StringTable(IReadOnlyList<string> strings, string parameterName)
    {
        ByteOffsets = new int[strings.Count];
        int byteCount = 0;
        for (int index = 0; index < ByteOffsets.Length; index++)
        {
            string text = strings[index];
            if (HasZero(text)) throw new ArgumentException($"'{text}' contains a zero character.", parameterName);
            ByteOffsets[index] = byteCount;
            byteCount = checked(byteCount + ByteCount(text) + 1);
        }

        Bytes = new byte[byteCount];
        for (int index = 0; index < ByteOffsets.Length; index++)
            Encode(strings[index], new Span<byte>(Bytes, ByteOffsets[index], Bytes.Length - ByteOffsets[index]));
    }

    /// <summary>All strings with their ending zeros.</summary>
    public byte[] Bytes { get; }

    /// <summary>Where each string begins in <see cref="Bytes"/>.</summary>
    public int[] ByteOffsets { get; }

    private static int ByteCount(string text) => IsAscii(text) ? text.Length : Encoding.UTF8.GetByteCount(text);

    private static void Encode(string text, Span<byte> bytes)
    {
        if (!IsAscii(text))
        {
            Encoding.UTF8.GetBytes(text, bytes);
            return;
        }
        for (int index = 0; index < text.Length; index++)
            bytes[index] = (byte)text[index];
    }

    // Plain loops: the first use of Encoding.UTF8, or of a search in a text, takes as long as a small guest's whole run.
    private static bool HasZero(string text)
    {
        foreach (char character in text)
            if (character == '\0') return true;
        return false;
    }

    private static bool IsAscii(string text)
    {
        foreach (char character in text)
            if (character > 0x7F) return false;
        return true;
    }
}
