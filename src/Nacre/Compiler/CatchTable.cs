using Nacre.Runtime;

namespace Nacre.Compiler;

/// <summary>The clauses of a <c>try</c>, in order: the index of a tag, or <see cref="All"/>.</summary>
internal sealed class CatchTable(List<uint> tags)
{
    /// <summary>Catches every exception.</summary>
    public const uint All = uint.MaxValue;

    /// <summary>No clause matches.</summary>
    public const int None = -1;

    /// <summary>Number of the first clause that matches, or <see cref="None"/>.</summary>
    public int Find(ExceptionInstance exception, ModuleInstance instance)
    {
        for (int i = 0; i < tags.Count; i++)
            if (tags[i] == All || instance.Tags[tags[i]] == exception.Tag) return i;
        return None;
    }
}
