using Nacre.Syntax;

namespace Nacre.Text;

/// <summary>Where the instructions of a module stand in its text.</summary>
/// <remarks>The bytes of all expressions, one after the other as they are read, are one range of offsets.</remarks>
internal sealed class CodeMarks
{
    private readonly List<(int CodeOffset, int Start)> _marks = [];
    private int _expressionStart;

    /// <summary>Notes an instruction of the expression that is being read.</summary>
    /// <param name="codeOffset">Where it begins, in bytes from the beginning of the expression.</param>
    /// <param name="start">Where its name is, in bytes from the beginning of the text.</param>
    public void Add(int codeOffset, int start) => _marks.Add((_expressionStart + codeOffset, start));

    /// <summary>Ends the expression that is being read.</summary>
    /// <returns>Where it began.</returns>
    public int EndExpression(int byteCount)
    {
        int start = _expressionStart;
        _expressionStart += byteCount;
        return start;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _marks.Clear();
        _expressionStart = 0;
    }

    /// <summary>Where in the text the instruction stands that a byte of a module is of; null when it is of none.</summary>
    /// <param name="written">The module in the binary format.</param>
    /// <param name="byteOffset">The byte.</param>
    /// <param name="read">The same module as it was read from the text; expressions begin where <see cref="EndExpression"/> said.</param>
    public int? Find(ModuleDefinition written, int byteOffset, ModuleDefinition read)
    {
        using IEnumerator<Expr> readExpressions = ExpressionsOf(read).GetEnumerator();
        foreach (Expr expression in ExpressionsOf(written))
        {
            if (!readExpressions.MoveNext()) return null;
            int within = byteOffset - expression.ByteOffset;
            if (within < 0 || within >= expression.Bytes.Length) continue;
            return LastBefore(readExpressions.Current.ByteOffset, within);
        }
        return null;
    }

    // An instruction of the text may have more bytes than one: the last that begins at the offset or before it, in its expression.
    private int? LastBefore(int expressionStart, int within)
    {
        int at = _marks.BinarySearch((expressionStart + within, int.MaxValue));
        if (at < 0) at = ~at - 1;
        return at >= 0 && _marks[at].CodeOffset >= expressionStart ? _marks[at].Start : null;
    }

    private static IEnumerable<Expr> ExpressionsOf(ModuleDefinition module)
    {
        foreach (GlobalDefinition global in module.Globals) yield return global.Initializer;
        foreach (TableDefinition table in module.Tables)
            if (table.Initializer is { } initializer) yield return initializer;
        foreach (ElementSegment segment in module.Elements)
        {
            if (segment.Offset is { } offset) yield return offset;
            foreach (Expr item in segment.Initializers ?? []) yield return item;
        }
        foreach (DataSegment segment in module.Data)
            if (segment.Offset is { } offset) yield return offset;
        foreach (FuncDefinition function in module.Functions) yield return function.Body;
    }
}
