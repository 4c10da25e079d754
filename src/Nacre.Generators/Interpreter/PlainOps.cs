using Nacre.Generators.Opcodes;

namespace Nacre.Generators.Interpreter;

/// <summary>The operations that a row of the opcode list leads to, by the shape of its signature.</summary>
/// <param name="Row">The row.</param>
/// <param name="Plain">Operands and result in slots; null for memory accesses.</param>
/// <param name="Immediate">The second operand is an immediate.</param>
/// <param name="BranchIf">Branches where the comparison holds.</param>
/// <param name="BranchUnless">Branches where it does not.</param>
/// <param name="BranchIfImmediate">The same with an immediate.</param>
/// <param name="BranchUnlessImmediate">The same with an immediate.</param>
/// <param name="Near">An access to memory 0 with 32-bit addresses.</param>
/// <param name="Far">An access to any memory.</param>
internal sealed record PlainOps(
    OpcodeRow Row, InternalOp? Plain, InternalOp? Immediate = null, InternalOp? BranchIf = null, InternalOp? BranchUnless = null,
    InternalOp? BranchIfImmediate = null, InternalOp? BranchUnlessImmediate = null, InternalOp? Near = null, InternalOp? Far = null)
{
    /// <summary>All of them.</summary>
    public IEnumerable<InternalOp> All => new[] { Plain, Immediate, BranchIf, BranchUnless, BranchIfImmediate, BranchUnlessImmediate, Near, Far }
        .Where(op => op is not null).Select(op => op!);

    /// <summary>The operations of a row; null when its meaning is not a plain function of numbers, vectors and memory.</summary>
    public static PlainOps? Of(OpcodeRow row)
    {
        if (row.Signature is not { } signature || signature.Operands.Count == 0 || row.Mnemonic.StartsWith("memory.", StringComparison.Ordinal)) return null;
        bool isAccess = row.Immediates.ArgumentOf("memarg") != 0;
        bool isKnown = signature.Operands.Concat(signature.Results).All(type => SlotType.IsKnown(type) || (isAccess && type == "addr"));
        if (!isKnown) return null;
        return isAccess ? AccessOps.Of(row, signature) : NumericOps.Of(row, signature);
    }
}

/// <summary>How C# reads and writes a value of a type in a slot.</summary>
internal static class SlotType
{
    private static readonly Dictionary<string, string> Types = new()
    {
        ["i32"] = "int",
        ["i64"] = "long",
        ["f32"] = "float",
        ["f64"] = "double",
        ["v128"] = "System.Runtime.Intrinsics.Vector128<byte>",
    };

    /// <summary>Whether values of <paramref name="type"/> lie in slots.</summary>
    public static bool IsKnown(string type) => Types.ContainsKey(type);

    /// <summary>Number of slots a value takes.</summary>
    public static int Size(string type) => type == "v128" ? 2 : 1;

    /// <summary>The value of <paramref name="type"/> in the slot that <paramref name="slot"/> names.</summary>
    public static string At(string type, string slot) => $"*({Types[type]}*)(fp + {slot})";

    /// <summary>The immediate in C as a value of <paramref name="type"/>.</summary>
    public static string Immediate(string type) => type switch
    {
        "i32" => "(int)pc->C",
        "i64" => "(long)(int)pc->C",
        _ => "System.BitConverter.UInt32BitsToSingle(pc->C)",
    };
}
