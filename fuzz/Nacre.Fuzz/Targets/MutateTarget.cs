using Nacre.Fuzz.Generators;
using Nacre.Fuzz.Oracles;
using Nacre.Syntax;

namespace Nacre.Fuzz.Targets;

/// <summary>Damaged modules in the binary format: decoded, encoded, validated and run.</summary>
internal sealed class MutateTarget(IReadOnlyList<byte[]> samples, ulong seed) : Target
{
    private readonly ModuleMutator _mutator = new(samples, seed);

    /// <inheritdoc/>
    protected override byte[] Variant(int number) => _mutator.Variant(number);

    /// <inheritdoc/>
    protected override Outcome OutcomeOf(byte[] input)
    {
        if (DecodeOracle.Decode(input, WasmFeatures.All, out Outcome refused) is not { } module) return refused;
        return ValidateOracle.IsValid(module, WasmFeatures.All) ? RunOracle.Run(input) : Outcome.Invalid;
    }
}
