using Nacre.Syntax;

namespace Nacre.Validation;

/// <summary>Subtyping. Every defined type in the operands is in <see cref="TypeSpace.Canonical"/> of <paramref name="types"/>.</summary>
/// <remarks>Spec: Validation, Matching.</remarks>
internal readonly struct Matching(TypeRegistry types)
{
    /// <summary>Whether a value of type <paramref name="sub"/> may stand where <paramref name="super"/> is wanted.</summary>
    public bool Matches(ValType sub, ValType super)
    {
        if (sub == super || sub == ValType.Bottom) return true;
        if (!sub.IsReference || !super.IsReference) return false;
        return (!sub.IsNullable || super.IsNullable) && Matches(sub.HeapType, super.HeapType);
    }

    /// <summary>Whether references to <paramref name="sub"/> are references to <paramref name="super"/>.</summary>
    public bool Matches(HeapType sub, HeapType super)
    {
        if (sub == super || sub == HeapType.Bottom) return true;
        if (super == HeapType.Bottom) return false;
        if (sub.IsDefined && super.IsDefined) return types[sub].IsSubtypeOf(types[super]);
        if (super.IsDefined) return sub.Abstract == BottomOf(TopOf(super));
        return Matches(sub.IsDefined ? KindOf(types[sub]) : sub.Abstract, super.Abstract);
    }

    /// <summary>The greatest type of the hierarchy to which <paramref name="type"/> belongs.</summary>
    public AbstractHeapType TopOf(HeapType type) => (type.IsDefined ? KindOf(types[type]) : type.Abstract) switch
    {
        AbstractHeapType.Func or AbstractHeapType.NoFunc => AbstractHeapType.Func,
        AbstractHeapType.Extern or AbstractHeapType.NoExtern => AbstractHeapType.Extern,
        AbstractHeapType.Exn or AbstractHeapType.NoExn => AbstractHeapType.Exn,
        _ => AbstractHeapType.Any,
    };

    /// <summary>Whether both lists have the same length, and each type of <paramref name="sub"/> matches its neighbour.</summary>
    public bool Matches(ReadOnlySpan<ValType> sub, ReadOnlySpan<ValType> super)
    {
        if (sub.Length != super.Length) return false;
        for (int i = 0; i < sub.Length; i++)
            if (!Matches(sub[i], super[i])) return false;
        return true;
    }

    /// <summary>Whether <paramref name="sub"/> has the structure that a subtype of <paramref name="super"/> needs.</summary>
    public bool Matches(CompositeType sub, CompositeType super) => (sub, super) switch
    {
        (FuncType left, FuncType right) => Matches(right.Parameters, left.Parameters) && Matches(left.Results, right.Results),
        (StructType left, StructType right) => MatchesFields(left.Fields, right.Fields),
        (ArrayType left, ArrayType right) => Matches(left.Element, right.Element),
        _ => false,
    };

    /// <summary>Whether a field can stand for another: covariant when immutable, else the same.</summary>
    public bool Matches(FieldType sub, FieldType super)
        => sub.IsMutable == super.IsMutable
        && Matches(sub.Storage, super.Storage)
        && (!sub.IsMutable || Matches(super.Storage, sub.Storage));

    /// <summary>Whether stored values of <paramref name="sub"/> are stored values of <paramref name="super"/>.</summary>
    public bool Matches(StorageType sub, StorageType super)
        => sub == super || (!sub.IsPacked && !super.IsPacked && Matches(sub.Unpacked, super.Unpacked));

    /// <summary>Whether something of type <paramref name="provided"/> may be linked to an import of type <paramref name="wanted"/>.</summary>
    /// <remarks>Spec: Validation, Matching, External Types. The limits of a live table or memory start at its current size.</remarks>
    public bool Matches(ExternType provided, ExternType wanted) => (provided, wanted) switch
    {
        (FuncExternType left, FuncExternType right) => Matches(left.Type, right.Type),
        (TagType left, TagType right) => AreEquivalent(left.Type, right.Type),
        (TableType left, TableType right) => Matches(left, right),
        (MemoryType left, MemoryType right) => Matches(left, right),
        (GlobalType left, GlobalType right) => Matches(left, right),
        _ => false,
    };

    /// <summary>Whether the bounds <paramref name="sub"/> lie within <paramref name="super"/>.</summary>
    public static bool Matches(Limits sub, Limits super)
        => sub.Minimum >= super.Minimum && (super.Maximum is not { } most || sub.Maximum <= most);

    private bool Matches(TableType sub, TableType super)
        => sub.Address == super.Address
        && Matches(sub.Limits, super.Limits)
        && Matches(sub.Element, super.Element) && Matches(super.Element, sub.Element);

    private static bool Matches(MemoryType sub, MemoryType super)
        => sub.Address == super.Address
        && sub.IsShared == super.IsShared
        && sub.PageSizeLog2 == super.PageSizeLog2
        && Matches(sub.Limits, super.Limits);

    private bool Matches(GlobalType sub, GlobalType super)
        => sub.IsMutable == super.IsMutable
        && Matches(sub.Value, super.Value)
        && (!sub.IsMutable || Matches(super.Value, sub.Value));

    private bool AreEquivalent(HeapType left, HeapType right) => Matches(left, right) && Matches(right, left);

    private bool MatchesFields(ReadOnlySpan<FieldType> sub, ReadOnlySpan<FieldType> super)
    {
        if (sub.Length < super.Length) return false;
        for (int i = 0; i < super.Length; i++)
            if (!Matches(sub[i], super[i])) return false;
        return true;
    }

    private static AbstractHeapType KindOf(DefinedType type)
        => type.Func is not null ? AbstractHeapType.Func
        : type.Struct is not null ? AbstractHeapType.Struct
        : AbstractHeapType.Array;

    private static AbstractHeapType BottomOf(AbstractHeapType top) => top switch
    {
        AbstractHeapType.Func => AbstractHeapType.NoFunc,
        AbstractHeapType.Extern => AbstractHeapType.NoExtern,
        AbstractHeapType.Exn => AbstractHeapType.NoExn,
        _ => AbstractHeapType.None,
    };

    private static bool Matches(AbstractHeapType sub, AbstractHeapType super) => sub == super || super switch
    {
        AbstractHeapType.Any => sub is AbstractHeapType.Eq or AbstractHeapType.I31 or AbstractHeapType.Struct
            or AbstractHeapType.Array or AbstractHeapType.None,
        AbstractHeapType.Eq => sub is AbstractHeapType.I31 or AbstractHeapType.Struct or AbstractHeapType.Array
            or AbstractHeapType.None,
        AbstractHeapType.I31 or AbstractHeapType.Struct or AbstractHeapType.Array => sub is AbstractHeapType.None,
        AbstractHeapType.Func => sub is AbstractHeapType.NoFunc,
        AbstractHeapType.Extern => sub is AbstractHeapType.NoExtern,
        AbstractHeapType.Exn => sub is AbstractHeapType.NoExn,
        _ => false,
    };
}
