using System.Text.RegularExpressions;
using Nacre.Generators.Opcodes;

namespace Nacre.Generators.Interpreter;

/// <summary>Operations from instructions that only compute.</summary>
internal static class NumericOps
{
    private const int MaxNamedOperands = 2;

    /// <summary>The operations of <paramref name="row"/>.</summary>
    public static PlainOps Of(OpcodeRow row, Signature signature)
    {
        InternalOp plain = Plain(row, signature);
        if (signature.Operands.Count > MaxNamedOperands || signature.Results.Count != 1) return new PlainOps(row, plain);

        bool takesImmediate = row.Immediates.Items.Count == 0 && signature.Operands.Count == 2 && signature.Operands[1] is "i32" or "i64" or "f32";
        var ops = new PlainOps(row, plain, takesImmediate ? WithImmediate(row, signature) : null);
        if (!IsComparison(row)) return ops;
        string call = Call(row, Operands(signature)), immediateCall = Call(row, [First(signature), SlotType.Immediate(signature.Operands[0])]);
        return ops with
        {
            BranchIf = Branch($"BrIf{row.Name}", call),
            BranchUnless = Branch($"BrUnless{row.Name}", "!" + call),
            BranchIfImmediate = takesImmediate ? Branch($"BrIf{row.Name}K", immediateCall) : null,
            BranchUnlessImmediate = takesImmediate ? Branch($"BrUnless{row.Name}K", "!" + immediateCall) : null,
        };
    }

    /// <summary>Whether the meaning of <paramref name="row"/> returns a truth value.</summary>
    public static bool IsPredicate(OpcodeRow row) => IsComparison(row) || Regex.IsMatch(row.Mnemonic, @"\.(any|all)_true$");

    private static bool IsComparison(OpcodeRow row) => Regex.IsMatch(row.Mnemonic, @"^[if](32|64)\.(eqz|eq|ne|lt|gt|le|ge)(_[su])?$");

    private static InternalOp Plain(OpcodeRow row, Signature signature)
    {
        bool hasLanes = row.Immediates.Items.Any(item => item.Kind == "lanes");
        var arguments = Operands(signature).ToList();
        if (row.Immediates.ArgumentOf("lane") != 0) arguments.Add("(byte)pc->X");
        if (hasLanes) arguments.Add($"System.Runtime.CompilerServices.Unsafe.ReadUnaligned<{"System.Runtime.Intrinsics.Vector128<byte>"}>(pc + 1)");
        if (signature.Results.Count == 2) arguments.Add($"out {SlotType.At(signature.Results[1], "pc->A + 1")}");
        return Step(row.Name, row, signature, arguments, hasLanes ? 2 : 1);
    }

    private static InternalOp WithImmediate(OpcodeRow row, Signature signature)
        => Step(row.Name + "K", row, signature, [First(signature), SlotType.Immediate(signature.Operands[1])], words: 1);

    private static InternalOp Step(string name, OpcodeRow row, Signature signature, IEnumerable<string> arguments, int words)
    {
        // A meaning that can trap needs the position for the call stack.
        string mark = row.Traps.Count > 0 ? "thread.Mark(pc, fp); " : "";
        string value = IsPredicate(row) ? Call(row, arguments) + " ? 1 : 0" : Call(row, arguments);
        bool isWide = signature.Operands.Concat(signature.Results).Contains("v128");
        return new InternalOp(name, OpKind.Step, words, $"{mark}{SlotType.At(signature.Results[0], "pc->A")} = {value};", isWide);
    }

    private static InternalOp Branch(string name, string condition)
        => new(name, OpKind.Jump, Words: 1, $"{condition} ? pc + (int)pc->A : pc + 1");

    private static string First(Signature signature) => SlotType.At(signature.Operands[0], "pc->B");

    private static IEnumerable<string> Operands(Signature signature)
    {
        if (signature.Operands.Count <= MaxNamedOperands && signature.Results.Count == 1)
            return signature.Operands.Select((type, i) => SlotType.At(type, i == 0 ? "pc->B" : "pc->C"));
        return Consecutive(signature.Operands, first: 0);
    }

    /// <summary>Operands in the slots from B on, beginning with operand <paramref name="first"/>.</summary>
    public static IEnumerable<string> Consecutive(EquatableArray<string> types, int first)
    {
        int slot = 0;
        for (int i = 0; i < types.Count; i++)
        {
            if (i >= first) yield return SlotType.At(types[i], $"pc->B + {slot}");
            slot += types[i] == "addr" ? 1 : SlotType.Size(types[i]);
        }
    }

    /// <summary>A call of the meaning of <paramref name="row"/>.</summary>
    public static string Call(OpcodeRow row, IEnumerable<string> arguments) => $"Meanings.{row.Name}({string.Join(", ", arguments)})";
}
