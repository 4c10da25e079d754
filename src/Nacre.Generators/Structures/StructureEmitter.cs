namespace Nacre.Generators.Structures;

/// <summary>Writes the classes of structures: each adds a block to one with a block less.</summary>
internal static class StructureEmitter
{
    private const string Root = "StructInstance", Numbers = "N", References = "R";

    /// <summary>The sizes of the levels, the kinds of blocks, and the classes.</summary>
    public static string Emit(StructureRow[] levels)
    {
        var code = new CodeWriter("spec/structures.txt");
        code.Line("using System.Runtime.CompilerServices;");
        code.Line("using Nacre.Validation;");
        code.Line();
        code.Line("namespace Nacre.Runtime;");
        code.Line();
        code.Open("internal sealed partial class StructLayout");
        code.Table("byte", "WordCounts", levels.Select(level => $"{level.Words}"));
        code.Close();
        foreach (int words in levels.Select(level => level.Words).Distinct())
        {
            EmitBlock(code, "Numbers", words, "ulong");
            EmitBlock(code, "References", words, "object?");
        }
        code.Line();
        code.Open($"internal partial class {Root}");
        EmitNext(code, "virtual", "");
        code.Close();
        EmitBranch(code, levels, kinds: "");
        return code.ToString();
    }

    private static void EmitBlock(CodeWriter code, string kind, int words, string element)
    {
        code.Line();
        code.Line($"[InlineArray({words})]");
        code.Line($"internal struct {kind}{words} {{ private {element} _first; }}");
    }

    // The classes that add blocks to one with these.
    private static void EmitBranch(CodeWriter code, StructureRow[] levels, string kinds)
    {
        if (kinds.Length == levels.Length) return;
        foreach (string kind in new[] { Numbers, References })
        {
            EmitClass(code, levels, kinds, kind);
            EmitBranch(code, levels, kinds + kind);
        }
    }

    private static void EmitClass(CodeWriter code, StructureRow[] levels, string before, string kind)
    {
        string kinds = before + kind, name = $"Struct{kinds}", field = $"Block{before.Length}";
        bool isLast = kinds.Length == levels.Length;
        string block = (kind == Numbers ? "Numbers" : "References") + levels[before.Length].Words;
        code.Line();
        code.Open($"internal {(isLast ? "sealed " : "")}class {name}(DefinedType type) : {(before.Length == 0 ? Root : $"Struct{before}")}(type)");
        code.Line($"public {block} {field};");
        code.Line($"public override StructInstance New() => new {name}(Type!);");
        code.Line($"public override ref byte LastBlock => ref Unsafe.As<{block}, byte>(ref {field});");
        if (isLast) EmitRest(code);
        else EmitNext(code, "override", kinds);
        code.Close();
    }

    private static void EmitNext(CodeWriter code, string modifier, string kinds)
    {
        code.Summary("Another structure of this type, with a block of numbers after this one's.");
        code.Line($"public {modifier} StructInstance? WithNumbers() => new Struct{kinds}{Numbers}(Type!);");
        code.Summary("Another structure of this type, with a block of references after this one's.");
        code.Line($"public {modifier} StructInstance? WithReferences() => new Struct{kinds}{References}(Type!);");
    }

    private static void EmitRest(CodeWriter code)
    {
        code.Line("private StructRest? _rest;");
        code.Line("public override StructInstance? WithNumbers() => null;");
        code.Line("public override StructInstance? WithReferences() => null;");
        code.Line("public override ref StructRest? Rest => ref _rest;");
    }
}
