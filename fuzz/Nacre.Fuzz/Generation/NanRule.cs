using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <summary>Floats whose NaN may have any sign and payload, by width.</summary>
[Flags]
internal enum Loose
{
    /// <summary>None: the bits are the same on every engine.</summary>
    None = 0,
    /// <summary>Those of 32 bits.</summary>
    F32 = 1,
    /// <summary>Those of 64 bits.</summary>
    F64 = 2,
}

/// <summary>What an instruction does with NaN, of which the specification leaves sign and payload open.</summary>
/// <param name="Accepts">Floats for whose NaN bits it does not care: its result is the same, or loose itself.</param>
/// <param name="Makes">Floats among its results whose NaN bits are open.</param>
/// <remarks>Spec: Execution, Numerics, NaN Propagation. What is not known here by name makes loose floats, so that a new row is safe.</remarks>
internal readonly record struct NanRule(Loose Accepts, Loose Makes)
{
    private static readonly NanRule[] s_rules = [.. Enum.GetValues<Opcode>().Select(Make)];

    /// <summary>The rule of an instruction.</summary>
    public static NanRule Of(Opcode opcode) => s_rules[(int)opcode];

    private static NanRule Make(Opcode opcode)
    {
        string[] parts = OpcodeInfo.Mnemonic(opcode).Split('.', 2);
        if (parts.Length < 2) return default;
        (string shape, string name) = (parts[0], parts[1]);
        if (name.Contains("trunc", StringComparison.Ordinal) && shape[0] == 'i') return new NanRule(WidthIn(name), Loose.None);
        Loose own = shape is "f32" or "f32x4" ? Loose.F32 : shape is "f64" or "f64x2" ? Loose.F64 : Loose.None;
        if (own == Loose.None) return default;
        return name switch
        {
            "eq" or "ne" or "lt" or "gt" or "le" or "ge" => new NanRule(own, Loose.None),
            "load" or "store" or "const" or "copysign" or "splat" or "replace_lane" or "extract_lane" => default,
            _ when name.StartsWith("reinterpret", StringComparison.Ordinal) => default,
            _ when name.StartsWith("convert", StringComparison.Ordinal) => default,
            _ when name.StartsWith("demote", StringComparison.Ordinal) || name.StartsWith("promote", StringComparison.Ordinal)
                => new NanRule(own ^ (Loose.F32 | Loose.F64), own),
            _ => new NanRule(own, own),
        };
    }

    private static Loose WidthIn(string name) => name.Contains("f32", StringComparison.Ordinal) ? Loose.F32 : Loose.F64;
}
