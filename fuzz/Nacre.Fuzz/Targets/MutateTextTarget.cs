using Nacre.Fuzz.Generators;
using Nacre.Fuzz.Oracles;

namespace Nacre.Fuzz.Targets;

/// <summary>Damaged texts, as modules and as scripts: parsed, printed and parsed again, validated.</summary>
internal sealed class MutateTextTarget(IReadOnlyList<byte[]> texts, ulong seed) : Target
{
    private readonly TextMutator _mutator = new(texts, seed);

    /// <inheritdoc/>
    protected override byte[] Variant(int number) => _mutator.Variant(number);

    /// <inheritdoc/>
    protected override Outcome OutcomeOf(byte[] input)
    {
        Outcome asModule = TextOracle.ParseModule(input), asScript = TextOracle.ParseScript(input);
        return asModule > asScript ? asModule : asScript;
    }
}
