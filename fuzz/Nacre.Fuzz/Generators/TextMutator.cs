using System.Text;
using Nacre.Syntax;

namespace Nacre.Fuzz.Generators;

/// <summary>Damages texts: bytes, tokens, parentheses, nesting, numbers, strings, parts of other texts. A seed and a number determine each variant.</summary>
/// <param name="texts">Modules and scripts to begin with.</param>
/// <param name="seed">Determines everything.</param>
internal sealed class TextMutator(IReadOnlyList<byte[]> texts, ulong seed)
{
    private const int ChunkByteCount = 4096, DeepestNesting = 3000;

    private static readonly string[] s_numbers =
    [
        "0", "1", "-1", "+7", "0x", "0x_1", "1_", "1__0", "4294967295", "4294967296", "-2147483649", "0x1_0000_0000", "18446744073709551615",
        "18446744073709551616", "-9223372036854775809", "1e", "1e400", "-1e-400", "0x1p-1075", "0x1.fffffffffffff8p1023", "0x.p1", "1.", ".5",
        "inf", "-nan", "nan:0x0", "nan:0x400001", "nan:0x10000000000000", "nan:canonical", "nan:arithmetic", "offset=18446744073709551616",
        "align=3", "align=0", "align=4294967296", "offset=-1",
    ];

    private static readonly string[] s_strings =
    [
        "\"\"", "\"\\u{d800}\"", "\"\\u{110000}\"", "\"\\u{0000000000041}\"", "\"\\ff\\fe\"", "\"\\q\"", "\"\\0\"", "\"\n\"", "\"\\\"", "\"a", "\"\\00asm\\01\\00\\00\\00\"",
    ];

    private static readonly string[] s_nests =
    [
        "(", "(block ", "(loop (result i32) ", "(if (then ", "(i32.eqz ", "(module ", "(; ", "(@a ", "(func ", "block ", "(try (do ", "(rec ", "(type (sub ",
        "(assert_return ", "(either ", "(thread $t ", "(@custom \"c\" ",
    ];

    private static readonly string[] s_words =
    [
        .. Enumerable.Range(0, OpcodeInfo.Count).Select(number => OpcodeInfo.Mnemonic((Opcode)number)),
        .. ("(param (result (local (type (export \"e\") (import \"a\" \"b\") (memory (data (elem (table (global (tag (rec (sub (field (mut $x $0 $\"q\" shared i64 "
            + "funcref (ref null (ref.null final (then (else end (catch (catch_all_ref (on (offset (item declare binary quote definition instance "
            + "(pagesize (@name (@custom (@metadata.code.branch_hint ;; (; ;) \0 \u00FF $$ i8x16 f64x2 nan:canonical").Split(' '),
    ];

    // By text, so that the many small ones count as much as the few big ones.
    private readonly byte[][][] _chunks = [.. texts.Select(text => TextPieces.Chunks(text, ChunkByteCount).ToArray()).Where(chunks => chunks.Length > 0)];

    /// <summary>Variant number <paramref name="number"/>.</summary>
    public byte[] Variant(int number)
    {
        var random = new SeededRandom(seed, (ulong)number);
        byte[] text = Chunk(ref random);
        for (int times = 1 + random.Below(4); times > 0; times--)
        {
            List<Range> pieces = TextPieces.Cut(text);
            text = pieces.Count == 0 || random.Once(6) ? DamageBytes(text, ref random) : DamagePieces(text, pieces, ref random);
        }
        return text;
    }

    private byte[] Chunk(ref SeededRandom random)
    {
        byte[][] chunks = random.OneOf<byte[][]>(_chunks);
        return random.OneOf<byte[]>(chunks);
    }

    private static byte[] DamageBytes(byte[] text, ref SeededRandom random)
    {
        int at = random.Below(text.Length), end = Math.Min(at + 1 + random.Below(16), text.Length);
        return random.Below(5) switch
        {
            0 when text.Length > 0 => Replace(text, at..(at + 1), [(byte)(text[at] ^ (1 << random.Below(8)))]),
            1 when text.Length > 0 => Replace(text, at..(at + 1), [(byte)random.Next()]),
            2 => Replace(text, at..end, []),
            3 => text[..at],
            _ => Replace(text, at..at, text.AsSpan(at..end)),
        };
    }

    private byte[] DamagePieces(byte[] text, List<Range> pieces, ref SeededRandom random)
    {
        int chosen = random.Below(pieces.Count);
        Range piece = pieces[chosen];
        switch (random.Below(12))
        {
            case 0: return Replace(text, piece, []);
            case 1: return Replace(text, piece.End..piece.End, Spaced(text.AsSpan(piece)));
            case 2: return Replace(text, piece, text.AsSpan(pieces[random.Below(pieces.Count)]));
            case 3: return Replace(text, piece.Start..piece.Start, Spaced(random.OneOf<string>(s_words)));
            case 4: return Replace(text, WordNear(text, pieces, chosen), Encoding.UTF8.GetBytes(random.OneOf<string>(s_words)));
            case 5: return Replace(text, NumberNear(text, pieces, chosen), Encoding.UTF8.GetBytes(random.OneOf<string>(s_numbers)));
            case 6: return Replace(text, piece, Encoding.UTF8.GetBytes(random.OneOf<string>(s_strings)));
            case 7: return Replace(text, piece.Start..piece.Start, [random.Once(2) ? (byte)'(' : (byte)')']);
            case 8: return Replace(text, GroupNear(text, pieces, chosen), []);
            case 9: return Nest(text, GroupNear(text, pieces, chosen), ref random);
            default: return Splice(text, GroupNear(text, pieces, chosen), ref random);
        }
    }

    // A group of this text gives way to, or is joined by, a group of another.
    private byte[] Splice(byte[] text, Range group, ref SeededRandom random)
    {
        byte[] donor = Chunk(ref random);
        List<Range> pieces = TextPieces.Cut(donor);
        byte[] donated = donor[GroupNear(donor, pieces, random.Below(pieces.Count))];
        return Replace(text, random.Once(2) ? group : group.Start..group.Start, Spaced(donated));
    }

    private static byte[] Nest(byte[] text, Range group, ref SeededRandom random)
    {
        int depth = random.Once(20) ? random.Below(DeepestNesting) : 1 + random.Below(4);
        byte[] open = Encoding.UTF8.GetBytes(random.OneOf<string>(s_nests));
        var nested = new List<byte>();
        for (int i = 0; i < depth; i++) nested.AddRange(open);
        nested.AddRange(text.AsSpan(group));
        for (int i = random.Once(8) ? 1 : 0; i < depth; i++)
            foreach (byte unit in open)
                if (unit == '(') nested.Add((byte)')');
        return Replace(text, group, nested.ToArray());
    }

    // From the chosen piece on: the first group, the first word that is a number or an instruction. The chosen piece when there is none.
    private static Range GroupNear(byte[] text, List<Range> pieces, int chosen)
    {
        int first = pieces.FindIndex(chosen, piece => text[piece.Start] == '(');
        return first < 0 ? pieces[chosen] : pieces[first].Start..pieces[TextPieces.EndOfGroup(text, pieces, first) - 1].End;
    }

    private static Range NumberNear(byte[] text, List<Range> pieces, int chosen)
        => FirstOr(pieces, chosen, piece => text[piece.Start] is >= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)'+');

    private static Range WordNear(byte[] text, List<Range> pieces, int chosen)
        => FirstOr(pieces, chosen, piece => text[piece.Start] is >= (byte)'a' and <= (byte)'z');

    private static Range FirstOr(List<Range> pieces, int chosen, Predicate<Range> isWanted)
        => pieces[pieces.FindIndex(chosen, isWanted) is >= 0 and var found ? found : chosen];

    private static byte[] Spaced(string word) => Spaced(Encoding.UTF8.GetBytes(word));

    private static byte[] Spaced(ReadOnlySpan<byte> word) => [(byte)' ', .. word, (byte)' '];

    private static byte[] Replace(byte[] text, Range range, ReadOnlySpan<byte> by)
        => [.. text.AsSpan(0, range.Start.Value), .. by, .. text.AsSpan(range.End.Value)];
}
