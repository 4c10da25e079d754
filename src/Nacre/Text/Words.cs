using System.Text;
using Nacre.Syntax;

namespace Nacre.Text;

/// <summary>Finds the words of the text format: instructions by the list of opcodes, and <see cref="Keyword"/>.</summary>
internal static class Words
{
    /// <summary>Keywords are numbered from here, so that one number tells an opcode or a keyword.</summary>
    public const int FirstKeyword = 0x1_0000;

    private const string Spellings =
        "i8 i16 i32 i64 f32 f64 v128 "
        + "i8x16 i16x8 i32x4 i64x2 f32x4 f64x2 "
        + "any eq i31 struct array none func nofunc extern noextern exn noexn "
        + "anyref eqref i31ref structref arrayref nullref funcref nullfuncref externref nullexternref exnref nullexnref "
        + "ref null mut field sub final rec type param result local "
        + "table memory global tag elem data import export start module definition instance quote binary "
        + "offset item declare then do shared pagesize catch_ref catch_all_ref "
        + "register invoke get either thread wait "
        + "assert_return assert_trap assert_exhaustion assert_exception assert_invalid assert_malformed assert_unlinkable "
        + "assert_invalid_custom assert_malformed_custom "
        + "nan:canonical nan:arithmetic ref.extern ref.host ref.struct ref.array ref.any ref.exn "
        + "before after first last code datacount";

    private const int NotFound = -1, SlotCount = 4096;

    // A closed hash table, less than a quarter full.
    private static readonly byte[][] s_words = AllWords();
    private static readonly int[] s_numbers = new int[SlotCount];
    private static readonly byte[][] s_slots = BuildSlots();

    /// <summary>The opcode or keyword that is spelled <paramref name="word"/>; -1 without one.</summary>
    public static int Find(ReadOnlySpan<byte> word)
    {
        for (uint slot = Hash(word) % SlotCount; s_slots[slot] is { } found; slot = (slot + 1) % SlotCount)
        {
            if (word.SequenceEqual(found)) return s_numbers[slot];
        }
        return NotFound;
    }

    /// <summary>The spelling of a keyword.</summary>
    public static string Spelling(Keyword keyword) => Spellings.Split(' ')[(int)keyword - FirstKeyword];

    private static byte[][] AllWords()
    {
        string[] keywords = Spellings.Split(' ');
        var words = new byte[OpcodeInfo.Count + keywords.Length][];
        for (int i = 0; i < OpcodeInfo.Count; i++) words[i] = OpcodeInfo.MnemonicUtf8((Opcode)i).ToArray();
        for (int i = 0; i < keywords.Length; i++) words[OpcodeInfo.Count + i] = Encoding.ASCII.GetBytes(keywords[i]);
        return words;
    }

    // Of several instructions with one spelling the first is found, as OpcodeInfo.TryFromMnemonic does.
    private static byte[][] BuildSlots()
    {
        var slots = new byte[SlotCount][];
        for (int i = 0; i < s_words.Length; i++)
        {
            uint slot = Hash(s_words[i]) % SlotCount;
            while (slots[slot] is { } other && !other.AsSpan().SequenceEqual(s_words[i])) slot = (slot + 1) % SlotCount;
            if (slots[slot] is not null) continue;
            slots[slot] = s_words[i];
            s_numbers[slot] = i < OpcodeInfo.Count ? i : FirstKeyword + i - OpcodeInfo.Count;
        }
        return slots;
    }

    private static uint Hash(ReadOnlySpan<byte> word)
    {
        uint hash = (uint)word.Length;
        foreach (byte unit in word) hash = (hash ^ unit) * 16777619;
        return hash ^ (hash >> 15);
    }
}
