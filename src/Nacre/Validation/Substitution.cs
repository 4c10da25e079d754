using Nacre.Syntax;

namespace Nacre.Validation;

/// <summary>Replaces the type indices of a module, in what lies inside one of its recursive groups.</summary>
/// <remarks>
/// Types of earlier groups become canonical. Member <c>i</c> of the group itself becomes number
/// <paramref name="firstMember"/> + <c>i</c> of <paramref name="memberSpace"/>: counted from 0 in
/// <see cref="TypeSpace.Recursive"/> that gives the form in which equal groups are spelled equally, counted from the
/// group's first id in <see cref="TypeSpace.Canonical"/> the definitions that an engine works with.
/// Spec: Validation, Conventions, Type Substitution and Rolling and Unrolling.
/// </remarks>
internal readonly ref struct Substitution(
    ReadOnlySpan<DefinedType> earlier, int memberCount, TypeSpace memberSpace, uint firstMember, int? byteOffset)
{
    private readonly ReadOnlySpan<DefinedType> _earlier = earlier;

    /// <summary>Number of the module's types that the group may mention, its own members included.</summary>
    public int VisibleCount => _earlier.Length + memberCount;

    /// <summary>Where errors are said to be, in bytes from the first byte of the module.</summary>
    public int? ByteOffset { get; } = byteOffset;

    /// <exception cref="InvalidModuleException">"unknown type": the index lies beyond the group.</exception>
    public HeapType Apply(HeapType type)
    {
        if (!type.IsDefined) return type;
        if (type.Space != TypeSpace.Module || type.Index >= (uint)VisibleCount) Invalid.Throw($"unknown type {type.Index}", ByteOffset);
        return type.Index < (uint)_earlier.Length
            ? _earlier[(int)type.Index].HeapType
            : new HeapType(firstMember + type.Index - (uint)_earlier.Length, memberSpace);
    }

    public ValType Apply(ValType type)
        => type.IsReference && type.HeapType.IsDefined ? ValType.Reference(Apply(type.HeapType), type.IsNullable) : type;

    public FieldType Apply(FieldType field)
        => field.Storage.IsPacked ? field : field with { Storage = new StorageType(Apply(field.Storage.Unpacked)) };

    public SubType Apply(SubType type)
    {
        var supertypes = new HeapType[type.Supertypes.Length];
        for (int i = 0; i < supertypes.Length; i++) supertypes[i] = Apply(type.Supertypes[i]);
        CompositeType composite = type.Composite switch
        {
            FuncType func => new FuncType(Apply(func.Parameters), Apply(func.Results)),
            StructType structure => new StructType(Apply(structure.Fields)),
            ArrayType array => new ArrayType(Apply(array.Element)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new SubType(type.IsFinal, supertypes, composite);
    }

    private ValType[] Apply(ReadOnlySpan<ValType> types)
    {
        var result = new ValType[types.Length];
        for (int i = 0; i < types.Length; i++) result[i] = Apply(types[i]);
        return result;
    }

    private FieldType[] Apply(ReadOnlySpan<FieldType> fields)
    {
        var result = new FieldType[fields.Length];
        for (int i = 0; i < fields.Length; i++) result[i] = Apply(fields[i]);
        return result;
    }
}
