using Nacre.Fuzz.Generators;

namespace Nacre.Fuzz.Generation;

/// <summary>The choices of one generated module: all of them follow from a seed and a number.</summary>
internal sealed class Dice(ulong seed, ulong number)
{
    private SeededRandom _random = new(seed, number);

    /// <summary>64 bits.</summary>
    public ulong Next() => _random.Next();

    /// <summary>A number from 0 to below <paramref name="end"/>; 0 when that is 0.</summary>
    public int Below(int end) => _random.Below(end);

    /// <summary>A number from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public int Between(int first, int last) => first + _random.Below(last - first + 1);

    /// <summary>True once in <paramref name="times"/> times.</summary>
    public bool Once(int times) => _random.Once(times);

    /// <summary>True <paramref name="percentage"/> times in a hundred.</summary>
    public bool Percent(int percentage) => _random.Below(100) < percentage;

    /// <summary>One of <paramref name="choices"/>, of which there must be some.</summary>
    public T OneOf<T>(params ReadOnlySpan<T> choices) => choices[_random.Below(choices.Length)];

    /// <summary>One of <paramref name="choices"/>, of which there must be some.</summary>
    public T Among<T>(List<T> choices) => choices[_random.Below(choices.Count)];

    /// <summary>The position of a weight, each as likely as it is heavy; −1 when all are 0.</summary>
    public int Weighted(params ReadOnlySpan<int> weights)
    {
        int total = 0;
        foreach (int weight in weights) total += weight;
        if (total == 0) return -1;
        int at = _random.Below(total);
        for (int i = 0; ; i++)
        {
            at -= weights[i];
            if (at < 0) return i;
        }
    }
}
