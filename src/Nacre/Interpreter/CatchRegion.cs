using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Interpreter;

/// <summary>A stretch of code whose exceptions are looked at by clauses.</summary>
/// <param name="Start">Its first word.</param>
/// <param name="End">The word behind it.</param>
/// <param name="Depth">Number of labels around it.</param>
/// <param name="Clauses">The clauses, in the order in which they are asked.</param>
/// <param name="DelegateTo">With <c>delegate</c>: only regions with at most so many labels around them are asked next.</param>
internal sealed record CatchRegion(int Start, int End, int Depth, CatchTarget[] Clauses, int? DelegateTo = null);

/// <summary>A clause: the tag it catches (null: any), and the word where it goes on.</summary>
internal readonly record struct CatchTarget(TagIndex? Tag, int Position)
{
    /// <summary>Whether the clause catches exceptions of <paramref name="tag"/>.</summary>
    public bool Catches(TagInstance tag, ModuleInstance instance) => Tag is not { } wanted || instance.Tags[wanted.Value] == tag;
}
