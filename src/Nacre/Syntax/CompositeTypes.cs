namespace Nacre.Syntax;

/// <summary>What a field or element holds: a value type, or an integer of 8 or 16 bits.</summary>
/// <remarks>Spec: Structure, Types, Aggregate Types.</remarks>
public readonly record struct StorageType
{
    // Packed types take codes that no value type uses; everything else is the value type's bits.
    private const uint I8Bits = 0x78, I16Bits = 0x77;
    private readonly uint _bits;

    private StorageType(uint bits) => _bits = bits;

    /// <summary>The unpacked storage of a value.</summary>
    public StorageType(ValType type) => _bits = type.Bits;

    /// <summary>8-bit integer.</summary>
    public static StorageType I8 => new(I8Bits);
    /// <summary>16-bit integer.</summary>
    public static StorageType I16 => new(I16Bits);

    /// <summary>Whether this is <c>i8</c> or <c>i16</c>.</summary>
    public bool IsPacked => _bits is I8Bits or I16Bits;
    /// <summary>The type on the operand stack: <c>i32</c> for packed storage.</summary>
    public ValType Unpacked => IsPacked ? ValType.I32 : new ValType(_bits);

    /// <summary>The storage type in the text format.</summary>
    public override string ToString() => _bits switch { I8Bits => "i8", I16Bits => "i16", _ => Unpacked.ToString() };
}

/// <summary>Type of a structure's field or of an array's elements.</summary>
public readonly record struct FieldType(StorageType Storage, bool IsMutable)
{
    /// <summary>The field type in the text format.</summary>
    public override string ToString() => IsMutable ? $"(mut {Storage})" : Storage.ToString();
}

/// <summary>A function, structure or array type.</summary>
/// <remarks>Spec: Structure, Types, Composite Types. Instances are immutable and may be shared between threads.</remarks>
public abstract class CompositeType
{
    private protected CompositeType() { }
}

/// <summary>Parameters and results of a function: <c>[t1*] → [t2*]</c>.</summary>
public sealed class FuncType : CompositeType
{
    private readonly ValType[] _parameters;
    private readonly ValType[] _results;

    /// <summary>Creates the type <c>[parameters] → [results]</c>; the arrays are copied.</summary>
    public FuncType(ReadOnlySpan<ValType> parameters, ReadOnlySpan<ValType> results)
    {
        _parameters = Empty<ValType>.Copy(parameters);
        _results = Empty<ValType>.Copy(results);
    }

    /// <summary>Types of the parameters, in order.</summary>
    public ReadOnlySpan<ValType> Parameters => _parameters;
    /// <summary>Types of the results, in order.</summary>
    public ReadOnlySpan<ValType> Results => _results;

    /// <summary>The shape, as <c>[i32 i64] → [f32]</c>.</summary>
    public override string ToString() => $"{Shape(_parameters)} → {Shape(_results)}";

    internal static string Shape(ReadOnlySpan<ValType> types)
    {
        var names = new string[types.Length];
        for (int i = 0; i < types.Length; i++) names[i] = types[i].ToString();
        return $"[{string.Join(' ', names)}]";
    }
}

/// <summary>Fields of a structure, in order.</summary>
public sealed class StructType : CompositeType
{
    private readonly FieldType[] _fields;

    /// <summary>Creates the structure type; the array is copied.</summary>
    public StructType(ReadOnlySpan<FieldType> fields) => _fields = fields.ToArray();

    /// <summary>Types of the fields, in order.</summary>
    public ReadOnlySpan<FieldType> Fields => _fields;

    /// <summary>The type in the text format.</summary>
    public override string ToString() => $"(struct{string.Concat(_fields.Select(field => $" (field {field})"))})";
}

/// <summary>The element type of an array.</summary>
public sealed class ArrayType(FieldType element) : CompositeType
{
    /// <summary>Type of every element.</summary>
    public FieldType Element { get; } = element;

    /// <summary>The type in the text format.</summary>
    public override string ToString() => $"(array {Element})";
}

/// <summary>A composite type with its declared supertypes.</summary>
/// <remarks>Spec: Structure, Types, Recursive Types. Validation allows at most one supertype.</remarks>
public sealed class SubType
{
    private readonly HeapType[] _supertypes;

    /// <summary>Creates <c>sub final? ht* comptype</c>; the array is copied.</summary>
    public SubType(bool isFinal, ReadOnlySpan<HeapType> supertypes, CompositeType composite)
    {
        IsFinal = isFinal;
        _supertypes = Empty<HeapType>.Copy(supertypes);
        Composite = composite;
    }

    /// <summary>Whether no further subtypes may be declared.</summary>
    public bool IsFinal { get; }
    /// <summary>The declared supertypes.</summary>
    public ReadOnlySpan<HeapType> Supertypes => _supertypes;
    /// <summary>The structure of the type.</summary>
    public CompositeType Composite { get; }

    /// <summary>A final type without supertypes: what a plain <c>(type …)</c> means.</summary>
    public static SubType Plain(CompositeType composite) => new(isFinal: true, [], composite);
}

/// <summary>A group of types that may refer to each other.</summary>
public sealed class RecType
{
    private readonly SubType[] _members;

    /// <summary>Creates the group; the array is copied.</summary>
    public RecType(ReadOnlySpan<SubType> members) => _members = members.ToArray();

    /// <summary>The types of the group, in order.</summary>
    public ReadOnlySpan<SubType> Members => _members;
}
