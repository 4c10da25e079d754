using System.Text.RegularExpressions;

namespace Nacre.Generators.Opcodes;

/// <summary>A fixed signature: the words for the operands and for the results.</summary>
internal sealed record Signature(EquatableArray<string> Operands, EquatableArray<string> Results)
{
    /// <summary>Spelling of the types a signature may name, and the member of <c>OperandType</c> each one is.</summary>
    public static readonly (string Spelling, string Member, string Summary)[] Types =
    [
        ("i32", "I32", "32-bit integer."),
        ("i64", "I64", "64-bit integer."),
        ("f32", "F32", "32-bit IEEE 754 number."),
        ("f64", "F64", "64-bit IEEE 754 number."),
        ("v128", "V128", "128-bit vector."),
        ("addr", "Address", "The address type of the memory or table that the immediates name."),
        ("eqref", "Eqref", "(ref null eq)."),
        ("arrayref", "Arrayref", "(ref null array)."),
        ("i31ref", "I31ref", "(ref null i31)."),
        ("(ref i31)", "RefI31", "(ref i31)."),
    ];

    /// <summary>The member of <c>OperandType</c> for <paramref name="spelling"/>.</summary>
    public static string MemberOf(string spelling) => Types.First(type => type.Spelling == spelling).Member;

    /// <summary>Understands <c>types -> types</c>.</summary>
    public static Signature? Parse(string column)
    {
        string[] sides = (" " + column + " ").Split(["->"], StringSplitOptions.None);
        if (sides.Length != 2) return null;
        var signature = new Signature(Words(sides[0]), Words(sides[1]));
        return signature.Operands.Concat(signature.Results).All(word => Types.Any(type => type.Spelling == word)) ? signature : null;
    }

    /// <summary>The signature as documentation shows it.</summary>
    public override string ToString() => $"[{string.Join(" ", Operands)}] → [{string.Join(" ", Results)}]";

    private static EquatableArray<string> Words(string side)
        => Regex.Matches(side, @"\([^)]*\)|[^ ]+").Cast<Match>().Select(match => match.Value).ToEquatableArray();
}
