using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <summary>Internal code of one function.</summary>
/// <remarks>
/// It begins with two header words that hold the shape of a frame:
/// <code>
/// word 0   A: record slot             B: parameter slots           C: slots of the whole frame
/// word 1   A: reference parameters    B: references with locals    C: references of the whole frame
/// word 2   first instruction
/// </code>
/// A frame: <c>[parameters][locals][record: return position, caller's frame][operand stack]</c>. Results are left from slot 0 on;
/// where they take more room than parameters and locals, the record lies behind them. Safe because positions are compared with where the
/// code begins and ends, and its words live as long as the <see cref="InterpretedModule"/>.
/// </remarks>
internal sealed unsafe class FunctionCode(
    FuncIndex index, Instr* header, int wordCount, int[] byteOffsets, CatchRegion[] regions, bool isBorder = false)
{
    /// <summary>Number of header words before the first instruction.</summary>
    public const int HeaderWordCount = 2;

    /// <summary>Number of slots a record takes: where to return to, and the caller's frame.</summary>
    public const int RecordSlotCount = 2;

    /// <summary>Position in the module's function index space.</summary>
    public FuncIndex Index { get; } = index;

    /// <summary>Whether the code does nothing but call the function's compiled code, whose frame is the one that counts.</summary>
    public bool IsBorder { get; } = isBorder;

    /// <summary>The first header word.</summary>
    public Instr* Header { get; } = header;

    /// <summary>Whether <paramref name="pc"/> points into this code.</summary>
    public bool Contains(Instr* pc) => pc >= Header && pc < Header + wordCount;

    /// <summary>Where the wasm instruction that the word at <paramref name="pc"/> was made from begins, in bytes from the module's first.</summary>
    public int ByteOffsetOf(Instr* pc) => byteOffsets[pc - Header];

    /// <summary>Where exceptions of <paramref name="tag"/> are caught that come from the word at <paramref name="pc"/>; null when they are not.</summary>
    public int? FindHandler(Instr* pc, TagInstance tag, ModuleInstance instance)
    {
        var position = (int)(pc - Header);
        int maxDepth = int.MaxValue;
        foreach (CatchRegion region in regions)     // inner ones come before those around them
        {
            if (position < region.Start || position >= region.End || region.Depth > maxDepth) continue;
            if (region.DelegateTo is { } depth) maxDepth = depth;
            foreach (CatchTarget clause in region.Clauses)
                if (clause.Catches(tag, instance)) return clause.Position;
        }
        return null;
    }
}
