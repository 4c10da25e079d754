namespace Nacre.Fuzz.Generators;

/// <summary>Numbers that a seed determines, on every machine and runtime: SplitMix64.</summary>
internal struct SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A sequence for each <paramref name="number"/>, so that one input can be made again without those before it.</summary>
    public SeededRandom(ulong seed, ulong number)
        : this(Mix(seed ^ Mix(number)))
    {
    }

    /// <summary>64 bits.</summary>
    public ulong Next() => Mix(_state += 0x9E37_79B9_7F4A_7C15);

    /// <summary>A number from 0 to below <paramref name="end"/>; 0 when that is 0.</summary>
    public int Below(int end) => end <= 0 ? 0 : (int)(Next() % (ulong)end);

    /// <summary>One of <paramref name="choices"/>.</summary>
    public T OneOf<T>(ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>True once in <paramref name="times"/> times.</summary>
    public bool Once(int times) => Below(times) == 0;

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
