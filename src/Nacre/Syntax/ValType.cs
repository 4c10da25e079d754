using System.Globalization;

namespace Nacre.Syntax;

/// <summary>The heap types that are not defined by a module. Values are the type's code in the binary format.</summary>
/// <remarks>Spec: Structure, Types, Heap Types; Binary Format, Types, Heap Types.</remarks>
public enum AbstractHeapType : byte
{
    /// <summary>Every exception reference.</summary>
    Exn = 0x69,
    /// <summary>Every array.</summary>
    Array = 0x6A,
    /// <summary>Every structure.</summary>
    Struct = 0x6B,
    /// <summary>31-bit integers.</summary>
    I31 = 0x6C,
    /// <summary>Everything that can be compared by <c>ref.eq</c>.</summary>
    Eq = 0x6D,
    /// <summary>Every internal aggregate or scalar reference.</summary>
    Any = 0x6E,
    /// <summary>Every reference owned by the host.</summary>
    Extern = 0x6F,
    /// <summary>Every function.</summary>
    Func = 0x70,
    /// <summary>The common subtype of <see cref="Any"/>'s hierarchy; only null inhabits it.</summary>
    None = 0x71,
    /// <summary>The common subtype of <see cref="Extern"/>'s hierarchy.</summary>
    NoExtern = 0x72,
    /// <summary>The common subtype of <see cref="Func"/>'s hierarchy.</summary>
    NoFunc = 0x73,
    /// <summary>The common subtype of <see cref="Exn"/>'s hierarchy.</summary>
    NoExn = 0x74,
}

/// <summary>What a concrete type index inside a <see cref="HeapType"/> counts.</summary>
public enum TypeSpace : byte
{
    /// <summary>Types of the module that mentions it.</summary>
    Module,
    /// <summary>Members of the recursive group that mentions it (the specification's <c>rec i</c>).</summary>
    Recursive,
    /// <summary>Canonical types of an engine: equal types have equal numbers, across all modules.</summary>
    Canonical,
}

/// <summary>What a reference refers to: an abstract heap type, or a defined type by index.</summary>
/// <remarks>Spec: Structure, Types, Heap Types.</remarks>
public readonly struct HeapType : IEquatable<HeapType>
{
    // 31            11 10    9  8   7      0
    // ┌───────────────┬───────┬───┬────────┐
    // │  type index   │ space │ n │  code  │   code 0: a defined type; n: used by ValType
    // └───────────────┴───────┴───┴────────┘
    internal const int SpaceShift = 9;
    internal const int IndexShift = 11;

    /// <summary>One more than the largest type index that can be represented.</summary>
    public const uint IndexLimit = 1u << (32 - IndexShift);

    internal uint Bits { get; }

    internal HeapType(uint bits) => Bits = bits;

    /// <summary>The abstract heap type <paramref name="type"/>.</summary>
    public HeapType(AbstractHeapType type) => Bits = (byte)type;

    /// <summary>The defined type number <paramref name="index"/> of <paramref name="space"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is <see cref="IndexLimit"/> or more.</exception>
    public HeapType(uint index, TypeSpace space)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, IndexLimit);
        Bits = (index << IndexShift) | ((uint)space << SpaceShift);
    }

    /// <summary>The heap type that matches every heap type. Only validation of unreachable code meets it.</summary>
    internal static HeapType Bottom => new(0x02u);

    /// <summary>Whether this is a type defined by a module (a concrete type) rather than an abstract one.</summary>
    public bool IsDefined => (Bits & 0xFF) == 0;

    /// <summary>The abstract heap type; meaningful only when <see cref="IsDefined"/> is false.</summary>
    public AbstractHeapType Abstract => (AbstractHeapType)(byte)Bits;

    /// <summary>The index of the defined type within <see cref="Space"/>.</summary>
    public uint Index => Bits >> IndexShift;

    /// <summary>What <see cref="Index"/> counts.</summary>
    public TypeSpace Space => (TypeSpace)((Bits >> SpaceShift) & 3);

    /// <inheritdoc/>
    public bool Equals(HeapType other) => Bits == other.Bits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is HeapType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Bits;

    /// <summary>Whether both are the same type by spelling.</summary>
    public static bool operator ==(HeapType left, HeapType right) => left.Equals(right);

    /// <summary>Whether the two differ by spelling.</summary>
    public static bool operator !=(HeapType left, HeapType right) => !left.Equals(right);

    /// <summary>The heap type in the text format: <c>func</c>, <c>any</c>, <c>5</c>…</summary>
    public override string ToString() => IsDefined
        ? Space switch
        {
            TypeSpace.Module => Index.ToString(CultureInfo.InvariantCulture),
            TypeSpace.Recursive => $"rec.{Index}",
            _ => $"type.{Index}",
        }
        : Abstract switch
        {
            AbstractHeapType.NoExtern => "noextern",
            AbstractHeapType.NoFunc => "nofunc",
            AbstractHeapType.NoExn => "noexn",
            _ when this == Bottom => "bot",
            _ => Abstract.ToString().ToLowerInvariant(),
        };
}

/// <summary>A value type: number, vector or reference.</summary>
/// <remarks>Spec: Structure, Types, Value Types. Equality is by spelling; subtyping is a matter of validation.</remarks>
public readonly struct ValType : IEquatable<ValType>
{
    private const uint NullableBit = 1u << 8;

    internal uint Bits { get; }

    internal ValType(uint bits) => Bits = bits;

    private ValType(HeapType heapType, bool nullable) => Bits = heapType.Bits | (nullable ? NullableBit : 0);

    /// <summary>32-bit integer.</summary>
    public static ValType I32 => new(0x7F);
    /// <summary>64-bit integer.</summary>
    public static ValType I64 => new(0x7E);
    /// <summary>32-bit IEEE 754 number.</summary>
    public static ValType F32 => new(0x7D);
    /// <summary>64-bit IEEE 754 number.</summary>
    public static ValType F64 => new(0x7C);
    /// <summary>128-bit vector.</summary>
    public static ValType V128 => new(0x7B);
    /// <summary><c>(ref null func)</c>.</summary>
    public static ValType Funcref => RefNull(AbstractHeapType.Func);
    /// <summary><c>(ref null extern)</c>.</summary>
    public static ValType Externref => RefNull(AbstractHeapType.Extern);
    /// <summary><c>(ref null any)</c>.</summary>
    public static ValType Anyref => RefNull(AbstractHeapType.Any);
    /// <summary><c>(ref null exn)</c>.</summary>
    public static ValType Exnref => RefNull(AbstractHeapType.Exn);

    /// <summary>The type of values that cannot exist: it matches every type. Only validation of unreachable code meets it.</summary>
    internal static ValType Bottom => new(0x01);

    /// <summary><c>(ref null ht)</c>.</summary>
    public static ValType RefNull(HeapType heapType) => new(heapType, nullable: true);
    /// <summary><c>(ref null ht)</c> of an abstract heap type.</summary>
    public static ValType RefNull(AbstractHeapType heapType) => new(new HeapType(heapType), nullable: true);
    /// <summary><c>(ref ht)</c>.</summary>
    public static ValType Ref(HeapType heapType) => new(heapType, nullable: false);
    /// <summary><c>(ref ht)</c> of an abstract heap type.</summary>
    public static ValType Ref(AbstractHeapType heapType) => new(new HeapType(heapType), nullable: false);
    /// <summary><c>(ref null? ht)</c>.</summary>
    public static ValType Reference(HeapType heapType, bool nullable) => new(heapType, nullable);

    /// <summary>Whether this is <c>i32</c>, <c>i64</c>, <c>f32</c> or <c>f64</c>.</summary>
    public bool IsNumber => (Bits & 0xFF) is >= 0x7C and <= 0x7F;
    /// <summary>Whether this is <c>v128</c>.</summary>
    public bool IsVector => (Bits & 0xFF) == 0x7B;
    /// <summary>Whether this is a reference type.</summary>
    public bool IsReference => (Bits & 0xFF) is 0 or 0x02 or (>= 0x69 and <= 0x74);
    /// <summary>Whether null is a value of this reference type.</summary>
    public bool IsNullable => (Bits & NullableBit) != 0;
    /// <summary>Whether a local of this type starts with a value: numbers, vectors and nullable references do.</summary>
    public bool IsDefaultable => !IsReference || IsNullable;
    /// <summary>What a reference of this type refers to; meaningful only when <see cref="IsReference"/>.</summary>
    public HeapType HeapType => new(Bits & ~NullableBit);
    /// <summary>The same reference type without null.</summary>
    public ValType NonNullable => new(Bits & ~NullableBit);

    /// <inheritdoc/>
    public bool Equals(ValType other) => Bits == other.Bits;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ValType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Bits;

    /// <summary>Whether both are the same type by spelling.</summary>
    public static bool operator ==(ValType left, ValType right) => left.Equals(right);

    /// <summary>Whether the two differ by spelling.</summary>
    public static bool operator !=(ValType left, ValType right) => !left.Equals(right);

    /// <summary>The type in the text format: <c>i32</c>, <c>funcref</c>, <c>(ref null 3)</c>…</summary>
    public override string ToString() => (Bits & 0xFF) switch
    {
        0x01 => "bot",
        0x7F => "i32",
        0x7E => "i64",
        0x7D => "f32",
        0x7C => "f64",
        0x7B => "v128",
        _ when !IsNullable => $"(ref {HeapType})",
        _ when HeapType.IsDefined => $"(ref null {HeapType})",
        _ => HeapType.Abstract switch
        {
            AbstractHeapType.None => "nullref",
            AbstractHeapType.NoFunc => "nullfuncref",
            AbstractHeapType.NoExtern => "nullexternref",
            AbstractHeapType.NoExn => "nullexnref",
            _ => $"{HeapType}ref",
        },
    };
}
