namespace Nacre.Generators.Opcodes;

/// <summary>Writes the enumerations <c>TrapKind</c> and <c>ExhaustionKind</c> with their texts.</summary>
internal static class TrapEmitter
{
    /// <summary>Both families, and the text of each kind.</summary>
    public static string Emit(Spec spec)
    {
        var code = new CodeWriter("spec/traps.txt");
        code.Line("namespace Nacre.Syntax;");
        code.Line();
        EmitKinds(code, "TrapKind", "Why a guest was stopped.", spec.Traps.Where(trap => !trap.IsExhaustion));
        EmitKinds(code, "ExhaustionKind", "Which budget a guest used up.", spec.Traps.Where(trap => trap.IsExhaustion));
        return code.ToString();
    }

    private static void EmitKinds(CodeWriter code, string name, string summary, IEnumerable<TrapRow> rows)
    {
        TrapRow[] kinds = [.. rows];
        code.Summary(summary);
        code.Open($"public enum {name} : byte");
        foreach (TrapRow kind in kinds)
        {
            code.Summary($"\"{kind.Text}\"");
            code.Line($"{kind.Name},");
        }
        code.Close();
        code.Line();

        code.Summary("The words that messages about each kind begin with.");
        code.Open($"public static class {name}Text");
        code.Summary("The official suite's words for a kind.");
        code.Open($"public static string Text(this {name} kind) => kind switch");
        foreach (TrapRow kind in kinds) code.Line($"{name}.{kind.Name} => \"{kind.Text}\",");
        code.Line("_ => throw new System.Diagnostics.UnreachableException(),");
        code.Close("};");
        code.Close();
        code.Line();
    }
}
