namespace Nacre.Fuzz.Generators;

/// <summary>Damages modules: bytes, integers, sections, sizes. A seed and a number determine each variant.</summary>
/// <param name="samples">Well-formed modules to begin with.</param>
/// <param name="seed">Determines everything.</param>
internal sealed class ModuleMutator(IReadOnlyList<byte[]> samples, ulong seed)
{
    // Bytes that begin something: ends, blocks, prefixes, types, signs and continuations of integers.
    private static ReadOnlySpan<byte> TellingBytes =>
        [0x00, 0x01, 0x02, 0x04, 0x05, 0x0B, 0x0E, 0x10, 0x11, 0x1C, 0x1F, 0x40, 0x41, 0x60, 0x63, 0x70, 0x7F, 0x80, 0xD0, 0xFB, 0xFC, 0xFD, 0xFE, 0xFF];

    // Too large, too long, needlessly long, and as large as possible.
    private static readonly byte[][] s_integers =
    [
        [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0xFF, 0xFF, 0xFF, 0xFF, 0x1F], [0x80, 0x80, 0x80, 0x80, 0x80, 0x00], [0x80, 0x80, 0x80, 0x80, 0x00],
        [0x80, 0x80, 0x80, 0x80, 0x78], [0xFF, 0xFF, 0x7F], [0x80, 0x89, 0x7A], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
    ];

    /// <summary>Variant number <paramref name="number"/>.</summary>
    public byte[] Variant(int number)
    {
        var random = new SeededRandom(seed, (ulong)number);
        byte[] bytes = random.OneOf<byte[]>([.. samples]);
        return random.Below(6) switch
        {
            0 => DamageAnywhere(bytes, ref random),
            1 => ShuffleSections(bytes, ref random),
            2 => InstructionExchange.Exchange(bytes, 1 + random.Below(8), ref random),
            3 => DamageInside(InstructionExchange.Exchange(bytes, 1 + random.Below(8), ref random), ref random),
            _ => DamageInside(bytes, ref random),
        };
    }

    private byte[] DamageAnywhere(byte[] bytes, ref SeededRandom random)
    {
        for (int times = 1 + random.Below(3); times > 0; times--) bytes = Damage(bytes, ref random);
        return bytes;
    }

    private byte[] DamageInside(byte[] bytes, ref SeededRandom random)
    {
        List<(byte Id, byte[] Contents)> sections = Framed.SectionsOf(bytes);
        int section = random.Below(sections.Count);
        (byte id, byte[] contents) = sections[section];
        SeededRandom inner = new(random.Next());
        sections[section] = (id, Framed.WithOtherBody(id, contents, ref random, body => DamageAnywhere(body, ref inner)));
        return Framed.Module(sections);
    }

    private byte[] ShuffleSections(byte[] bytes, ref SeededRandom random)
    {
        List<(byte Id, byte[] Contents)> sections = Framed.SectionsOf(bytes);
        int one = random.Below(sections.Count), other = random.Below(sections.Count);
        switch (random.Below(5))
        {
            case 0: (sections[one], sections[other]) = (sections[other], sections[one]); break;
            case 1: sections.RemoveAt(one); break;
            case 2: sections.Insert(one, sections[other]); break;
            case 3: sections[one] = ((byte)random.Below(16), sections[one].Contents); break;
            default: ReplaceByAnother(sections, one, ref random); break;
        }
        return Framed.Module(sections);
    }

    // The section of the same id in another sample: each is well-formed, but they do not belong together.
    private void ReplaceByAnother(List<(byte Id, byte[] Contents)> sections, int section, ref SeededRandom random)
    {
        List<(byte Id, byte[] Contents)> donors = Framed.SectionsOf(samples[random.Below(samples.Count)]);
        int donor = donors.FindIndex(candidate => candidate.Id == sections[section].Id);
        if (donor >= 0) sections[section] = donors[donor];
    }

    private byte[] Damage(byte[] bytes, ref SeededRandom random)
    {
        int at = random.Below(bytes.Length), count = Math.Min(1 + random.Below(random.Once(4) ? 64 : 4), bytes.Length - at);
        if (bytes.Length == 0) return [random.OneOf(TellingBytes)];
        switch (random.Below(9))
        {
            case 0: return With(bytes, at, (byte)(bytes[at] ^ (1 << random.Below(8))));
            case 1: return With(bytes, at, (byte)random.Next());
            case 2: return With(bytes, at, random.OneOf(TellingBytes));
            case 3: return [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at + count)];
            case 4: return [.. bytes.AsSpan(0, at + count), .. bytes.AsSpan(at)];
            case 5: return bytes[..at];
            case 6: return [.. bytes.AsSpan(0, at), .. random.OneOf<byte[]>(s_integers), .. bytes.AsSpan(at + random.Below(2))];
            case 7: return [.. bytes.AsSpan(0, at), random.OneOf(TellingBytes), .. bytes.AsSpan(at)];
            default: return Splice(bytes, at, count, ref random);
        }
    }

    private byte[] Splice(byte[] bytes, int at, int count, ref SeededRandom random)
    {
        byte[] donor = samples[random.Below(samples.Count)];
        int from = random.Below(donor.Length), donated = Math.Min(1 + random.Below(64), donor.Length - from);
        return [.. bytes.AsSpan(0, at), .. donor.AsSpan(from, donated), .. bytes.AsSpan(at + count)];
    }

    private static byte[] With(byte[] bytes, int at, byte value)
    {
        byte[] copy = [.. bytes];
        copy[at] = value;
        return copy;
    }
}
