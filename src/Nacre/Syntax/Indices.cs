namespace Nacre.Syntax;

/// <summary>Position of a type in a module's flattened list of recursive types.</summary>
/// <remarks>Spec: Structure, Modules, Indices.</remarks>
public readonly record struct TypeIndex(uint Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"type {Value}";
}

/// <summary>Position of a function in a module's function index space, imports first.</summary>
public readonly record struct FuncIndex(uint Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"func {Value}";
}

/// <summary>Position of a table in a module's table index space, imports first.</summary>
public readonly record struct TableIndex(uint Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"table {Value}";
}

/// <summary>Position of a memory in a module's memory index space, imports first.</summary>
public readonly record struct MemoryIndex(uint Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"memory {Value}";
}

/// <summary>Position of a global in a module's global index space, imports first.</summary>
public readonly record struct GlobalIndex(uint Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"global {Value}";
}

/// <summary>Position of a tag in a module's tag index space, imports first.</summary>
public readonly record struct TagIndex(uint Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"tag {Value}";
}

/// <summary>Position of an element segment in a module.</summary>
public readonly record struct ElemIndex(uint Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"elem {Value}";
}

/// <summary>Position of a data segment in a module.</summary>
public readonly record struct DataIndex(uint Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"data {Value}";
}

/// <summary>Position of a local in a function: parameters first, then declared locals.</summary>
public readonly record struct LocalIndex(uint Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"local {Value}";
}

/// <summary>Relative nesting depth of a label: 0 is the innermost enclosing block.</summary>
public readonly record struct LabelIndex(uint Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"label {Value}";
}
