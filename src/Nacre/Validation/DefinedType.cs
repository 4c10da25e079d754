using System.Runtime.CompilerServices;
using Nacre.Syntax;

namespace Nacre.Validation;

/// <summary>A type of an engine: equal types of all its modules are one object, so type equality is reference equality.</summary>
/// <remarks>Spec: Validation, Types, Defined Types; Matching, Defined Types. Immutable but for <see cref="Layout"/>, safe for any number of threads.</remarks>
internal sealed class DefinedType
{
    // The ancestors from the root to the direct supertype. Siblings share one array, so that a wide family costs no more
    // than its bytes.
    private readonly DefinedType[] _ancestors;
    private DefinedType[]? _childAncestors;

    internal DefinedType(uint id, SubType subType, DefinedType? supertype)
    {
        Id = id;
        SubType = subType;
        Supertype = supertype;
        Func = subType.Composite as FuncType;
        Struct = subType.Composite as StructType;
        Array = subType.Composite as ArrayType;
        _ancestors = supertype?.AncestorsOfChildren() ?? [];
    }

    /// <summary>Number of this type in its engine: the index of <see cref="HeapType"/>.</summary>
    public uint Id { get; }

    /// <summary>The definition; every type it mentions is in <see cref="TypeSpace.Canonical"/>.</summary>
    public SubType SubType { get; }

    /// <summary>The declared supertype.</summary>
    public DefinedType? Supertype { get; }

    /// <summary>The structure of the type: <see cref="Func"/>, <see cref="Struct"/> or <see cref="Array"/>.</summary>
    public CompositeType Composite => SubType.Composite;

    /// <summary>The function type; null when this is none.</summary>
    public FuncType? Func { get; }

    /// <summary>The structure type; null when this is none.</summary>
    public StructType? Struct { get; }

    /// <summary>The array type; null when this is none.</summary>
    public ArrayType? Array { get; }

    /// <summary>What execution keeps with a structure type: where the fields are. It is worked out when it is first wanted.</summary>
    public object? Layout { get; set; }

    /// <summary>Whether no subtype may be declared.</summary>
    public bool IsFinal => SubType.IsFinal;

    /// <summary>Number of proper supertypes: 0 for a type without one.</summary>
    public int Depth => _ancestors.Length;

    /// <summary>This type as a heap type in <see cref="TypeSpace.Canonical"/>.</summary>
    public HeapType HeapType => new(Id, TypeSpace.Canonical);

    /// <summary>Whether this type is <paramref name="other"/> or one of its subtypes, in constant time.</summary>
    public bool IsSubtypeOf(DefinedType other) => ReferenceEquals(this, other) || HasAncestor(other, other.Depth);

    /// <summary>Whether <paramref name="other"/>, which has so many supertypes itself, is a proper supertype.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasAncestor(DefinedType other, int depth)
    {
        DefinedType[] ancestors = _ancestors;
        return (uint)depth < (uint)ancestors.Length && ReferenceEquals(ancestors[depth], other);
    }

    /// <summary>The type in the text format.</summary>
    public override string ToString() => $"{HeapType} = {Composite}";

    // Called while the registry is locked, and by nobody else.
    private DefinedType[] AncestorsOfChildren() => _childAncestors ??= [.. _ancestors, this];
}
