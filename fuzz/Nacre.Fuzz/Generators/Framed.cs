namespace Nacre.Fuzz.Generators;

/// <summary>Bytes as a list of framed parts, an id and contents each: the sections of a module, or the bodies of its code section.</summary>
/// <remarks>Taking a module apart, damaging the contents of a part and framing it again gets damage past the checks of sizes.</remarks>
internal static class Framed
{
    private const int HeaderByteCount = 8;
    private const byte CodeSection = 10;

    /// <summary>The sections of <paramref name="module"/>, which is well-formed.</summary>
    public static List<(byte Id, byte[] Contents)> SectionsOf(ReadOnlySpan<byte> module)
    {
        var sections = new List<(byte, byte[])>();
        for (int at = HeaderByteCount; at < module.Length;)
        {
            byte id = module[at++];
            int byteCount = (int)ReadU32(module, ref at);
            sections.Add((id, module.Slice(at, byteCount).ToArray()));
            at += byteCount;
        }
        return sections;
    }

    /// <summary>A module of <paramref name="sections"/>.</summary>
    public static byte[] Module(IEnumerable<(byte Id, byte[] Contents)> sections)
    {
        var bytes = new List<byte> { 0, (byte)'a', (byte)'s', (byte)'m', 1, 0, 0, 0 };
        foreach ((byte id, byte[] contents) in sections)
        {
            bytes.Add(id);
            WriteU32(bytes, (uint)contents.Length);
            bytes.AddRange(contents);
        }
        return [.. bytes];
    }

    /// <summary>Changes one body of a code section and frames all of them again.</summary>
    public static byte[] WithOtherBody(byte id, byte[] contents, ref SeededRandom random, Func<byte[], byte[]> change)
    {
        if (id != CodeSection) return change(contents);
        int at = 0;
        uint count = ReadU32(contents, ref at);
        int changed = random.Below((int)count);
        var bytes = new List<byte>();
        WriteU32(bytes, count);
        for (int i = 0; i < count; i++)
        {
            int byteCount = (int)ReadU32(contents, ref at);
            byte[] body = contents[at..(at + byteCount)];
            if (i == changed) body = change(body);
            WriteU32(bytes, (uint)body.Length);
            bytes.AddRange(body);
            at += byteCount;
        }
        return [.. bytes];
    }

    private static uint ReadU32(ReadOnlySpan<byte> bytes, ref int at)
    {
        uint value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }

    private static void WriteU32(List<byte> bytes, uint value)
    {
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }
}
