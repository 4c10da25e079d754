namespace Nacre.Generators.Opcodes;

/// <summary>The three lists together: what every emitter works from.</summary>
internal sealed record Spec(
    EquatableArray<OpcodeRow> Opcodes, EquatableArray<TrapRow> Traps, EquatableArray<FeatureRow> Features,
    EquatableArray<SpecProblem> Problems)
{
    /// <summary>Understands the opcodes in the light of the other two lists.</summary>
    public static Spec Parse(EquatableArray<SpecRow> opcodeRows, SpecList<TrapRow> traps, SpecList<FeatureRow> features)
    {
        var trapNames = new HashSet<string>(traps.Rows.Where(trap => !trap.IsExhaustion).Select(trap => trap.Spelling));
        var featureNames = new HashSet<string>(features.Rows.Select(feature => feature.Spelling));
        SpecList<OpcodeRow> opcodes = OpcodeRow.Parse(opcodeRows, trapNames, featureNames);
        return new Spec(
            opcodes.Rows, traps.Rows, features.Rows,
            traps.Problems.Concat(features.Problems).Concat(opcodes.Problems).ToEquatableArray());
    }

    /// <summary>One list of immediates for each member of <c>ImmediateShape</c>, in the order of first use after the empty one.</summary>
    public IEnumerable<ImmediateList> Shapes => Opcodes.Select(opcode => opcode.Immediates).Distinct().OrderBy(list => list.Items.Count == 0 ? 0 : 1);
}
