namespace Nacre.Syntax;

/// <summary>What a clause catches and passes on. Values are the codes of the binary format.</summary>
/// <remarks>Spec: Structure, Instructions, Control Instructions.</remarks>
public enum CatchKind : byte
{
    /// <summary>Exceptions of a tag; passes on their values.</summary>
    Catch = 0,
    /// <summary>Exceptions of a tag; passes on their values and the exception.</summary>
    CatchRef = 1,
    /// <summary>Every exception; passes on nothing.</summary>
    CatchAll = 2,
    /// <summary>Every exception; passes on the exception.</summary>
    CatchAllRef = 3,
}

/// <summary>A clause of <c>try_table</c>; the tag is meaningful only for <see cref="CatchKind.Catch"/> and <see cref="CatchKind.CatchRef"/>.</summary>
public readonly record struct CatchClause(CatchKind Kind, TagIndex Tag, LabelIndex Label)
{
    /// <summary>Whether clauses of <paramref name="kind"/> name a tag.</summary>
    public static bool HasTag(CatchKind kind) => kind is CatchKind.Catch or CatchKind.CatchRef;
}
