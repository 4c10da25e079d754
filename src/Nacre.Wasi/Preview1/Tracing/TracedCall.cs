using System.Globalization;
using Nacre.Wasi.FileSystems;

namespace Nacre.Wasi.Preview1;

/// <summary>A call as a trace shows it.</summary>
/// <param name="words">What the parameters mean; see <see cref="TracedSignatures"/>.</param>
/// <param name="arguments">The arguments.</param>
/// <param name="caller">The guest.</param>
internal readonly struct TracedCall(string[] words, ulong[] arguments, Caller caller)
{
    private const string Outside = "outside the memory";
    private const uint MostBuffers = 8;

    /// <summary>What the function is given.</summary>
    public string Inputs() => Show(isOutput: false);

    /// <summary>What it answers, read from where it leaves that.</summary>
    public string Outputs() => Show(isOutput: true);

    private string Show(bool isOutput)
    {
        var shown = new List<string>();
        int index = 0;
        foreach (string word in words)
        {
            string? text = isOutput ? Output(word, index) : Input(word, index);
            if (text is not null) shown.Add(text);
            index += ArgumentCount(word);
        }
        return string.Join(", ", shown);
    }

    private static int ArgumentCount(string word) => word is "path" or "from" or "into" or "@name" ? 2 : 1;

    private string? Input(string word, int index)
    {
        ulong argument = arguments[index];
        return word switch
        {
            "u32" or "u64" => Number(argument),
            "fd" => ((int)argument).ToString(CultureInfo.InvariantCulture),
            "i64" => ((long)argument).ToString(CultureInfo.InvariantCulture),
            "address" => $"0x{argument:x}",
            "clock" => TracedText.OfClock(argument),
            "whence" => TracedText.Of((Whence)argument),
            "unstable_whence" => TracedText.Of(WasiUnstable.WhenceOf((uint)argument)),
            "lookupflags" => TracedText.Of((Lookupflags)argument),
            "oflags" => TracedText.Of((Oflags)argument),
            "fdflags" => TracedText.Of((Fdflags)argument),
            "fstflags" => TracedText.Of((Fstflags)argument),
            "riflags" => TracedText.Of((Riflags)argument),
            "sdflags" => TracedText.Of((Sdflags)argument),
            "rights" => $"0x{argument:x}",
            "path" => Slice(argument, arguments[index + 1], out Span<byte> path) ? TracedText.QuotePath(path) : Outside,
            "from" => Buffers(index, uint.MaxValue),
            "into" => $"{Number(arguments[index + 1])} buffers",
            _ => null,
        };
    }

    private string? Output(string word, int index) => word switch
    {
        "@u32" => Slice(arguments[index], sizeof(uint), out Span<byte> bytes) ? Number(BitConverter.ToUInt32(bytes)) : null,
        "@u64" => Slice(arguments[index], sizeof(ulong), out Span<byte> bytes) ? Number(BitConverter.ToUInt64(bytes)) : null,
        "@prestat" => Slice(arguments[index] + 4, sizeof(uint), out Span<byte> bytes) ? Number(BitConverter.ToUInt32(bytes)) : null,
        "@name" => Slice(arguments[index], arguments[index + 1], out Span<byte> bytes) ? TracedText.QuotePath(bytes) : null,
        "@fdstat" => Slice(arguments[index], 4, out Span<byte> bytes)
            ? $"{TracedText.Of((FileType)bytes[0])}, {TracedText.Of((Fdflags)bytes[2])}"
            : null,
        "@filestat" => Filestat(arguments[index], sizeOffset: 32),
        "@unstable_filestat" => Filestat(arguments[index], sizeOffset: 24),
        "into" => Received(index),
        _ => null,
    };

    private string? Filestat(ulong address, int sizeOffset)
        => Slice(address, (ulong)sizeOffset + sizeof(ulong), out Span<byte> bytes)
            ? $"{TracedText.Of((FileType)bytes[16])}, {BitConverter.ToUInt64(bytes[sizeOffset..])} bytes"
            : null;

    // What was read, as far as the count tells that the function leaves behind its buffers.
    private string? Received(int index)
    {
        int count = Array.IndexOf(words, "@u32") is var place and >= 0 ? ArgumentIndex(place) : -1;
        return count >= 0 && Slice(arguments[count], sizeof(uint), out Span<byte> bytes) ? Buffers(index, BitConverter.ToUInt32(bytes)) : null;
    }

    private int ArgumentIndex(int place)
    {
        int index = 0;
        for (int word = 0; word < place; word++) index += ArgumentCount(words[word]);
        return index;
    }

    private string Buffers(int index, uint byteCount)
    {
        var memory = new GuestMemory(caller.Memory);
        var shown = new List<string>();
        ulong count = arguments[index + 1];
        for (uint entry = 0; entry < Math.Min(count, MostBuffers) && byteCount > 0; entry++)
        {
            if (!memory.TryReadBuffer((uint)arguments[index], entry, out GuestBuffer buffer)) return Outside;
            Span<byte> used = memory.Slice(buffer)[..(int)Math.Min(buffer.ByteCount, byteCount)];
            byteCount -= (uint)used.Length;
            shown.Add(TracedText.Quote(used));
        }
        if (count > MostBuffers && byteCount > 0) shown.Add("…");
        return $"[{string.Join(", ", shown)}]";
    }

    private bool Slice(ulong address, ulong byteCount, out Span<byte> bytes)
    {
        bytes = default;
        return address <= uint.MaxValue && byteCount <= uint.MaxValue
            && new GuestMemory(caller.Memory).TrySlice((uint)address, (uint)byteCount, out bytes);
    }

    private static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
