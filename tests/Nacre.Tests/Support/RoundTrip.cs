using Nacre.Binary;
using Nacre.Syntax;
using Nacre.Text;

namespace Nacre.Tests.Support;

/// <summary>Prints modules and reads them back.</summary>
internal static class RoundTrip
{
    /// <summary>Checks that a module, printed flat and folded, is read back as the same one.</summary>
    public static void Check(ModuleDefinition module)
    {
        byte[] expected = ModuleEncoder.Encode(Normalize(module));
        foreach (bool fold in new[] { false, true })
        {
            var options = new PrintOptions { Fold = fold };
            string text = ModulePrinter.Print(module, options);
            ModuleDefinition again = ModuleParser.Parse(text, features: WasmFeatures.All);
            Assert.Equal(expected, ModuleEncoder.Encode(Normalize(again)));
            // Names, hints and custom sections with their places: what is told of them is told again.
            Assert.Equal(text, ModulePrinter.Print(again, options));
        }
    }

    // Of the ways to write the same thing the one that the parser chooses; custom sections apart.
    private static ModuleDefinition Normalize(ModuleDefinition module) => new()
    {
        RecTypes = module.RecTypes,
        Imports = module.Imports,
        Functions = [.. module.Functions.Select(function => new FuncDefinition(function.Type, Merge(function.Locals), Normalize(function.Body)))],
        Tables = [.. module.Tables.Select(table => table with { Initializer = Normalize(table.Initializer) })],
        Memories = module.Memories,
        Tags = module.Tags,
        Globals = [.. module.Globals.Select(global => global with { Initializer = Normalize(global.Initializer) })],
        Exports = module.Exports,
        Start = module.Start,
        Elements = [.. module.Elements.Select(segment => segment with
        {
            Offset = Normalize(segment.Offset),
            Initializers = segment.Initializers is { } items ? [.. items.Select(Normalize)] : null,
        })],
        Data = [.. module.Data.Select(segment => segment with { Offset = Normalize(segment.Offset) })],
    };

    private static LocalRun[] Merge(LocalRun[] runs)
    {
        var merged = new List<LocalRun>();
        foreach (LocalRun run in runs)
        {
            if (run.Count == 0) continue;
            if (merged.Count > 0 && merged[^1].Type == run.Type) merged[^1] = new LocalRun(merged[^1].Count + run.Count, run.Type);
            else merged.Add(run);
        }
        return [.. merged];
    }

    private static Expr? Normalize(Expr? expression) => expression is { } given ? Normalize(given) : null;

    private static Expr Normalize(Expr expression)
    {
        var output = new ByteWriter();
        var writer = new InstructionWriter(output);
        var reader = new InstructionReader(expression.Bytes.Span, 0, WasmFeatures.All);
        while (reader.Read()) writer.Write(reader.Opcode, ImmediatesOf(ref reader));
        return new Expr(output.ToArray(), 0);
    }

    private static Immediates ImmediatesOf(ref InstructionReader reader)
    {
        var immediates = new Immediates
        {
            Index = reader.Index,
            Index2 = reader.Index2,
            Block = reader.Block,
            AlignLog2 = reader.AlignLog2,
            MemoryIndex = reader.MemoryIndex,
            Offset = reader.Offset,
            Lane = reader.Lane,
            Bits = reader.Bits,
            BitsHigh = reader.BitsHigh,
            Heap = reader.Heap,
            Heap2 = reader.Heap2,
            CastFlags = reader.CastFlags,
        };
        switch (reader.Opcode)
        {
            case Opcode.BrTable:
                var labels = new List<uint>();
                foreach (uint label in reader.Labels) labels.Add(label);
                immediates.Labels = labels.ToArray();
                break;
            case Opcode.SelectT:
                var types = new List<ValType>();
                foreach (ValType type in reader.Types) types.Add(type);
                immediates.Types = types.ToArray();
                break;
            case Opcode.TryTable:
                var clauses = new List<CatchClause>();
                foreach (CatchClause clause in reader.Catches) clauses.Add(clause);
                immediates.Catches = clauses.ToArray();
                break;
        }
        return immediates;
    }
}
