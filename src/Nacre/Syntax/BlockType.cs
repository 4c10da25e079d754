namespace Nacre.Syntax;

/// <summary>The type of a block: nothing, one result, or a function type of the module.</summary>
/// <remarks>Spec: Structure, Instructions, Control Instructions.</remarks>
public readonly record struct BlockType
{
    private enum Form : byte { Empty, Value, Index }

    private readonly uint _bits;
    private readonly Form _form;

    private BlockType(Form form, uint bits)
    {
        _form = form;
        _bits = bits;
    }

    /// <summary>A block without parameters that results in one value.</summary>
    public BlockType(ValType result) : this(Form.Value, result.Bits)
    {
    }

    /// <summary>A block with the parameters and results of a function type.</summary>
    public BlockType(TypeIndex type) : this(Form.Index, type.Value)
    {
    }

    /// <summary><c>[] → []</c>.</summary>
    public static BlockType Empty => default;

    /// <summary>Whether this is <c>[] → []</c>.</summary>
    public bool IsEmpty => _form == Form.Empty;
    /// <summary>Whether this is <c>[] → [t]</c>.</summary>
    public bool IsValue => _form == Form.Value;
    /// <summary>Whether this is a function type of the module.</summary>
    public bool IsIndex => _form == Form.Index;

    /// <summary>The one result; meaningful only when <see cref="IsValue"/>.</summary>
    public ValType Result => new(_bits);
    /// <summary>The function type; meaningful only when <see cref="IsIndex"/>.</summary>
    public TypeIndex Type => new(_bits);

    /// <summary>The block type in the text format; empty for an empty one.</summary>
    public override string ToString() => _form switch
    {
        Form.Empty => "",
        Form.Value => $"(result {Result})",
        _ => $"(type {_bits})",
    };
}
