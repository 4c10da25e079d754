using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>Whether a branch is likely to be taken.</summary>
/// <param name="FunctionOffset">Where its instruction begins, in bytes from the first byte of the function, which is that of its declared locals.</param>
/// <param name="IsLikely">Whether it is likely rather than unlikely.</param>
public readonly record struct BranchHint(uint FunctionOffset, bool IsLikely);

/// <summary>The hints for the branches of one function, in the order of their instructions.</summary>
public sealed record FunctionBranchHints(FuncIndex Function, BranchHint[] Hints);

/// <summary>Which branches of a module are likely, and which are not.</summary>
/// <remarks>Spec: Appendix, Custom Sections, Branch Hints. Whether the instructions there are branches is not looked at.</remarks>
public sealed class BranchHintSection
{
    /// <summary>The name of the custom section.</summary>
    public const string SectionName = "metadata.code.branch_hint";

    private BranchHintSection(FunctionBranchHints[] functions) => Functions = functions;

    /// <summary>The functions with hints, in the order of their indices.</summary>
    public IReadOnlyList<FunctionBranchHints> Functions { get; }

    /// <summary>Reads <paramref name="section"/>.</summary>
    /// <exception cref="MalformedModuleException">It does not follow its format. The module is not malformed for that.</exception>
    public static BranchHintSection Parse(CustomSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var cursor = new BinaryCursor(section.Bytes.Span, section.ByteOffset);
        var functions = new FunctionBranchHints[cursor.ReadCount()];
        long last = -1;
        for (int i = 0; i < functions.Length; i++)
        {
            var function = new FuncIndex(ReadAscending(ref cursor, ref last));
            functions[i] = new FunctionBranchHints(function, ReadHints(ref cursor));
        }
        if (!cursor.IsAtEnd) Malformed.Throw("section size mismatch: bytes follow the last hint", cursor.Offset);
        return new BranchHintSection(functions);
    }

    private static BranchHint[] ReadHints(ref BinaryCursor cursor)
    {
        var hints = new BranchHint[cursor.ReadCount()];
        long last = -1;
        for (int i = 0; i < hints.Length; i++)
        {
            uint functionOffset = ReadAscending(ref cursor, ref last);
            int start = cursor.Offset;
            if (cursor.ReadU32() != 1) Malformed.Throw("malformed branch hint: it is one byte", start);
            byte hint = cursor.ReadByte();
            if (hint > 1) Malformed.Throw($"malformed branch hint: {hint:x2}", start);
            hints[i] = new BranchHint(functionOffset, IsLikely: hint == 1);
        }
        return hints;
    }

    private static uint ReadAscending(ref BinaryCursor cursor, ref long last)
    {
        int start = cursor.Offset;
        uint value = cursor.ReadU32();
        if (value <= last) Malformed.Throw($"branch hints out of order: {value} after {last}", start);
        last = value;
        return value;
    }
}
