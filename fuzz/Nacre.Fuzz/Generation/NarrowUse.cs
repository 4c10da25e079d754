using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <summary>A load and the steps after it: some of what it reads matters, most does not.</summary>
/// <param name="Source">The load.</param>
/// <param name="Steps">What is done with it.</param>
/// <remarks>
/// Tried on samples, results are not all the same: a load of whose value nothing is used may end without its trap, see the README.
/// </remarks>
internal sealed record NarrowUse(NarrowSource Source, NarrowStep[] Steps)
{
    private const int MostSteps = 5;

    private static readonly ulong[] s_samples = Samples();

    /// <summary>The type of the result.</summary>
    public ValType Type => Steps.Length > 0 ? Steps[^1].Result : Source.Type;

    /// <summary>Some use whose result, seen through <paramref name="part"/>, is of type <paramref name="type"/>.</summary>
    public static NarrowUse Any(Dice dice, ValType type, Func<ulong, ulong> part)
    {
        var use = new NarrowUse(dice.OneOf(NarrowSource.All), []);
        for (int count = dice.Between(1, MostSteps); count > 0; count--)
        {
            var longer = use with { Steps = [.. use.Steps, NarrowStep.Any(dice, use.Type)] };
            if (longer.Matters(part)) use = longer;
        }
        if (use.Type == type) return use.Matters(part) ? use : Any(dice, type, part);
        use = use with { Steps = [.. use.Steps, NarrowStep.To(type)] };
        return use.Matters(part) ? use : Any(dice, type, part);
    }

    private bool Matters(Func<ulong, ulong> part)
    {
        ulong first = part(ValueOf(s_samples[0]));
        foreach (ulong sample in s_samples)
            if (part(ValueOf(sample)) != first) return true;
        return false;
    }

    private ulong ValueOf(ulong bits)
    {
        ulong value = Source.Value(bits);
        foreach (NarrowStep step in Steps) value = step.Value(value);
        return value;
    }

    private static ulong[] Samples()
    {
        var dice = new Dice(1, 1);
        return [0, ulong.MaxValue, .. Enumerable.Range(0, 64).Select(bit => 1ul << bit), .. Enumerable.Range(0, 30).Select(_ => dice.Next())];
    }
}
