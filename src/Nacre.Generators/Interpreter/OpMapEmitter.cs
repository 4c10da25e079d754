using System.Text.RegularExpressions;
using Nacre.Generators.Opcodes;

namespace Nacre.Generators.Interpreter;

/// <summary>Writes the <c>Op</c> enum, and the tables from opcodes to operations.</summary>
internal static class OpMapEmitter
{
    private const string SpecFiles = "spec/opcodes.txt and spec/interpreter.txt";

    private static readonly Dictionary<string, string> Opposites = new()
    {
        ["Eq"] = "Ne",
        ["Ne"] = "Eq",
        ["LtS"] = "GeS",
        ["GeS"] = "LtS",
        ["LtU"] = "GeU",
        ["GeU"] = "LtU",
        ["GtS"] = "LeS",
        ["LeS"] = "GtS",
        ["GtU"] = "LeU",
        ["LeU"] = "GtU",
    };

    /// <summary>The enum of all operations.</summary>
    public static string EmitOps(IReadOnlyList<InternalOp> ops)
    {
        var code = new CodeWriter(SpecFiles);
        code.Line("namespace Nacre.Interpreter;");
        code.Line();
        code.Line("/// <summary>The operations of internal code.</summary>");
        code.Open("internal enum Op : ushort");
        foreach (InternalOp op in ops) code.Line($"{op.Name},");
        code.Close();
        return code.ToString();
    }

    /// <summary>The tables. <c>Op.Exit</c> stands where there is no operation.</summary>
    public static string EmitMap(IReadOnlyList<OpcodeRow> rows, IReadOnlyList<PlainOps> plain, IReadOnlyList<InternalOp> ops)
    {
        var byName = plain.ToDictionary(entry => entry.Row.Name);
        var numbers = ops.Select((op, i) => (op.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i);
        var code = new CodeWriter(SpecFiles);
        code.Line("namespace Nacre.Interpreter;");
        code.Line();
        code.Line("/// <summary>Which operations an instruction leads to; <see cref=\"Op.Exit\"/> where there is none of that form.</summary>");
        code.Open("internal static class OpMap");
        ByOpcode("Plain", "Operands and result in slots.", entry => entry.Plain);
        ByOpcode("Immediate", "The second operand is an immediate.", entry => entry.Immediate);
        ByOpcode("Near", "An access to memory 0 with a 32-bit address and offset.", entry => entry.Near);
        ByOpcode("Far", "An access to any memory.", entry => entry.Far);
        ByOp("BranchIf", "The branch taken when the comparison holds.", BranchesOf(entry => entry.BranchIf, entry => entry.BranchIfImmediate));
        ByOp("BranchUnless", "The branch taken when the comparison does not hold.", BranchesOf(entry => entry.BranchUnless, entry => entry.BranchUnlessImmediate));
        ByOp("Opposite", "The comparison of integers that holds when this one does not.", ops.ToDictionary(op => op.Name, op => OppositeOf(op.Name)));
        code.Line("/// <summary>Whether the operands may be exchanged.</summary>");
        code.Line("public static bool IsCommutative(Syntax.Opcode opcode) => CommutativeTable[(int)opcode] != 0;");
        code.Table("byte", "CommutativeTable", rows.Select(row => IsCommutative(row) ? "1" : "0"));
        code.Close();
        return code.ToString();

        void ByOpcode(string name, string summary, Func<PlainOps, InternalOp?> select)
            => Table(name, summary, "Syntax.Opcode opcode", "opcode",
                rows.Select(row => byName.TryGetValue(row.Name, out PlainOps entry) && select(entry) is { } op ? numbers[op.Name] : 0));

        void ByOp(string name, string summary, Dictionary<string, string?> targets)
            => Table(name, summary, "Op op", "op",
                ops.Select(op => targets.TryGetValue(op.Name, out string? target) && target is not null && numbers.TryGetValue(target, out int number) ? number : 0));

        void Table(string name, string summary, string parameter, string index, IEnumerable<int> entries)
        {
            code.Line($"/// <summary>{summary}</summary>");
            code.Line($"public static Op {name}({parameter}) => (Op){name}Table[(int){index}];");
            code.Table("ushort", name + "Table", entries.Select(entry => $"{entry}"));
        }

        Dictionary<string, string?> BranchesOf(Func<PlainOps, InternalOp?> slots, Func<PlainOps, InternalOp?> immediate)
        {
            var branches = new Dictionary<string, string?>();
            foreach (PlainOps entry in plain)
            {
                if (entry.Plain is { } op) branches[op.Name] = slots(entry)?.Name;
                if (entry.Immediate is { } withImmediate) branches[withImmediate.Name] = immediate(entry)?.Name;
            }
            return branches;
        }
    }

    private static string? OppositeOf(string name)
    {
        Match match = Regex.Match(name, "^(I32|I64)(Eq|Ne|[LG][te][SU])(K?)$");
        return match.Success ? match.Groups[1].Value + Opposites[match.Groups[2].Value] + match.Groups[3].Value : null;
    }

    private static bool IsCommutative(OpcodeRow row) => Regex.IsMatch(row.Mnemonic, @"^i(32|64)\.(add|mul|and|or|xor|eq|ne)$");
}
