using Nacre.Syntax;

namespace Nacre.Binary;

/// <summary>The labels of <c>br_table</c>, without the default one: read again from the bytes as they are enumerated.</summary>
public ref struct LabelVector
{
    private BinaryCursor _cursor;
    private int _remaining;

    internal LabelVector(BinaryCursor cursor, int count)
    {
        _cursor = cursor;
        _remaining = count;
    }

    /// <summary>The label at hand.</summary>
    public uint Current { get; private set; }

    /// <summary>Goes to the next label.</summary>
    /// <returns>False when there is none.</returns>
    public bool MoveNext()
    {
        if (_remaining == 0) return false;
        _remaining--;
        Current = _cursor.ReadU32();
        return true;
    }

    /// <summary>The enumeration itself.</summary>
    public readonly LabelVector GetEnumerator() => this;
}

/// <summary>The types of <c>select</c>: read again from the bytes as they are enumerated.</summary>
public ref struct ValTypeVector
{
    private readonly WasmFeatures _features;
    private BinaryCursor _cursor;
    private int _remaining;

    internal ValTypeVector(BinaryCursor cursor, int count, WasmFeatures features)
    {
        _cursor = cursor;
        _remaining = count;
        _features = features;
    }

    /// <summary>The type at hand.</summary>
    public ValType Current { get; private set; }

    /// <summary>Goes to the next type.</summary>
    /// <returns>False when there is none.</returns>
    public bool MoveNext()
    {
        if (_remaining == 0) return false;
        _remaining--;
        Current = TypeReader.ReadValType(ref _cursor, _features);
        return true;
    }

    /// <summary>The enumeration itself.</summary>
    public readonly ValTypeVector GetEnumerator() => this;
}

/// <summary>The clauses of <c>try_table</c>: read again from the bytes as they are enumerated.</summary>
public ref struct CatchVector
{
    private BinaryCursor _cursor;
    private int _remaining;

    internal CatchVector(BinaryCursor cursor, int count)
    {
        _cursor = cursor;
        _remaining = count;
    }

    /// <summary>The clause at hand.</summary>
    public CatchClause Current { get; private set; }

    /// <summary>Goes to the next clause.</summary>
    /// <returns>False when there is none.</returns>
    public bool MoveNext()
    {
        if (_remaining == 0) return false;
        _remaining--;
        Current = ReadClause(ref _cursor);
        return true;
    }

    /// <summary>The enumeration itself.</summary>
    public readonly CatchVector GetEnumerator() => this;

    internal static CatchClause ReadClause(ref BinaryCursor cursor)
    {
        var kind = (CatchKind)cursor.ReadByte();
        if (kind > CatchKind.CatchAllRef) Malformed.Throw("malformed catch clause", cursor.Offset - 1);
        uint tag = CatchClause.HasTag(kind) ? cursor.ReadU32() : 0;
        return new CatchClause(kind, new TagIndex(tag), new LabelIndex(cursor.ReadU32()));
    }
}
