using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <summary>The branch hints of a module, by function and instruction, where annotations can tell all of them.</summary>
internal sealed class PrintedHints
{
    private readonly Dictionary<uint, BranchHint[]> _byFunction = [];
    private readonly ByteWriter _scratch = new();

    private PrintedHints() { }

    /// <summary>The hints of a section; null when it is malformed, or when a hint is not at a branch.</summary>
    public static PrintedHints? Of(CustomSection section, ModuleDefinition module, uint importCount)
    {
        try
        {
            var hints = new PrintedHints();
            foreach (FunctionBranchHints function in BranchHintSection.Parse(section).Functions)
            {
                uint number = function.Function.Value - importCount;
                if (number >= module.Functions.Length || !hints.Fit(module.Functions[number], function.Hints)) return null;
                hints._byFunction.Add(function.Function.Value, function.Hints);
            }
            return hints;
        }
        catch (MalformedModuleException)
        {
            return null;        // the section is printed byte for byte
        }
    }

    /// <summary>The hints of a function, in the order of their instructions.</summary>
    public ReadOnlySpan<BranchHint> Of(uint function) => _byFunction.GetValueOrDefault(function);

    /// <summary>Where the code of a function begins, in bytes from its declarations of locals: what offsets of hints count from.</summary>
    public uint CodeOffset(LocalRun[] locals)
    {
        _scratch.Clear();
        _scratch.WriteU32((uint)locals.Length);
        foreach (LocalRun run in locals)
        {
            _scratch.WriteU32(run.Count);
            TypeWriter.WriteValType(_scratch, run.Type);
        }
        return (uint)_scratch.Count;
    }

    private bool Fit(FuncDefinition function, BranchHint[] hints)
    {
        uint start = CodeOffset(function.Locals);
        int next = 0;
        var reader = new InstructionReader(function.Body.Bytes.Span, 0, WasmFeatures.All);
        while (next < hints.Length && reader.Read())
        {
            uint offset = start + (uint)reader.ByteOffset;
            if (offset > hints[next].FunctionOffset) return false;
            if (offset < hints[next].FunctionOffset) continue;
            if (reader.Opcode is not (Opcode.If or Opcode.BrIf)) return false;
            next++;
        }
        return next == hints.Length;
    }
}
