using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <summary>The types of a generated module, and subtyping between them by declaration.</summary>
internal sealed class TypeWorld
{
    private readonly List<RecType> _groups = [];
    private readonly List<SubType> _types = [];
    private readonly Dictionary<string, uint> _functions = [];

    /// <summary>The recursive groups, in order.</summary>
    public RecType[] Groups => [.. _groups];

    /// <summary>How many types there are.</summary>
    public int Count => _types.Count;

    /// <summary>Indices of the structure types.</summary>
    public List<uint> Structs { get; } = [];

    /// <summary>Indices of the array types.</summary>
    public List<uint> Arrays { get; } = [];

    /// <summary>The type number <paramref name="index"/>.</summary>
    public CompositeType this[uint index] => _types[(int)index].Composite;

    /// <summary>The defined type as a heap type.</summary>
    public static HeapType Heap(uint index) => new(index, TypeSpace.Module);

    /// <summary>Adds recursive groups of structures and arrays that refer to each other.</summary>
    public void AddAggregates(Dice dice)
    {
        for (int groups = dice.Between(1, 2); groups > 0; groups--)
        {
            uint first = (uint)_types.Count, end = first + (uint)dice.Between(1, 4);
            for (uint index = first; index < end; index++) AddAggregate(dice, index, end);
            _groups.Add(new RecType([.. _types.Skip((int)first)]));
        }
    }

    private void AddAggregate(Dice dice, uint index, uint end)
    {
        bool isStruct = dice.Percent(60);
        (isStruct ? Structs : Arrays).Add(index);
        uint[] parents = [.. (isStruct ? Structs : Arrays).Where(type => type < index && !_types[(int)type].IsFinal)];
        uint? parent = parents.Length > 0 && dice.Percent(60) ? dice.OneOf(parents) : null;
        CompositeType composite = isStruct
            ? new StructType([.. FieldsOf(parent), .. Enumerable.Range(0, dice.Below(5)).Select(_ => Field(dice, end))])
            : parent is { } array ? this[array] : new ArrayType(Field(dice, end));
        _types.Add(new SubType(isFinal: dice.Once(4), parent is { } type ? [Heap(type)] : [], composite));
    }

    private FieldType[] FieldsOf(uint? parent) => parent is { } type ? ((StructType)this[type]).Fields.ToArray() : [];

    private static FieldType Field(Dice dice, uint end) => new(Storage(dice, end), IsMutable: !dice.Once(4));

    private static StorageType Storage(Dice dice, uint end) => dice.Below(10) switch
    {
        0 => StorageType.I8,
        1 => StorageType.I16,
        2 => new StorageType(ValType.I32),
        3 => new StorageType(ValType.I64),
        4 => new StorageType(ValType.F32),
        5 => new StorageType(ValType.F64),
        6 => new StorageType(ValType.V128),
        7 => new StorageType(ValType.RefNull(Heap((uint)dice.Below((int)end)))),
        8 when dice.Once(3) => new StorageType(ValType.Ref(AbstractHeapType.I31)),
        _ => new StorageType(ValType.RefNull(dice.OneOf(AbstractHeapType.Any, AbstractHeapType.Eq, AbstractHeapType.Struct, AbstractHeapType.Array,
            AbstractHeapType.I31, AbstractHeapType.Func, AbstractHeapType.Extern))),
    };

    /// <summary>The index of a function type, added when it is new.</summary>
    public uint Function(ReadOnlySpan<ValType> parameters, ReadOnlySpan<ValType> results)
    {
        var type = new FuncType(parameters, results);
        string shape = type.ToString();
        if (_functions.TryGetValue(shape, out uint known)) return known;
        uint index = (uint)_types.Count;
        SubType sub = SubType.Plain(type);
        _types.Add(sub);
        _groups.Add(new RecType([sub]));
        _functions.Add(shape, index);
        return index;
    }

    /// <summary>The type of a block.</summary>
    public BlockType Block(ReadOnlySpan<ValType> parameters, ReadOnlySpan<ValType> results)
        => parameters.Length > 0 || results.Length > 1 ? new BlockType(new TypeIndex(Function(parameters, results)))
        : results.Length == 1 ? new BlockType(results[0])
        : BlockType.Empty;

    /// <summary>Whether a value of type <paramref name="sub"/> may stand where <paramref name="super"/> is wanted.</summary>
    public bool Matches(ValType sub, ValType super)
        => sub == super
        || (sub.IsReference && super.IsReference && (!sub.IsNullable || super.IsNullable) && Matches(sub.HeapType, super.HeapType));

    /// <summary>Whether references to <paramref name="sub"/> are references to <paramref name="super"/>.</summary>
    public bool Matches(HeapType sub, HeapType super)
    {
        if (sub == super) return true;
        if (super.IsDefined) return sub.IsDefined ? IsDeclared(sub.Index, super.Index) : sub == new HeapType(BottomOf(TopOf(super)));
        return super.Abstract == TopOf(sub)
            || (!sub.IsDefined && sub.Abstract == BottomOf(TopOf(super)))
            || (TopOf(super) == AbstractHeapType.Any && MatchesInternal(sub, super.Abstract));
    }

    /// <summary>The greatest type of a hierarchy.</summary>
    public AbstractHeapType TopOf(HeapType type) => type.IsDefined
        ? this[type.Index] is FuncType ? AbstractHeapType.Func : AbstractHeapType.Any
        : type.Abstract switch
        {
            AbstractHeapType.Func or AbstractHeapType.NoFunc => AbstractHeapType.Func,
            AbstractHeapType.Extern or AbstractHeapType.NoExtern => AbstractHeapType.Extern,
            AbstractHeapType.Exn or AbstractHeapType.NoExn => AbstractHeapType.Exn,
            _ => AbstractHeapType.Any,
        };

    /// <summary>The least type of a hierarchy.</summary>
    public static AbstractHeapType BottomOf(AbstractHeapType top) => top switch
    {
        AbstractHeapType.Func => AbstractHeapType.NoFunc,
        AbstractHeapType.Extern => AbstractHeapType.NoExtern,
        AbstractHeapType.Exn => AbstractHeapType.NoExn,
        _ => AbstractHeapType.None,
    };

    private bool IsDeclared(uint sub, uint super)
    {
        while (sub != super)
        {
            if (_types[(int)sub].Supertypes is not [var parent]) return false;
            sub = parent.Index;
        }
        return true;
    }

    private bool MatchesInternal(HeapType sub, AbstractHeapType super) => super switch
    {
        AbstractHeapType.Eq => (sub.IsDefined && this[sub.Index] is not FuncType) || sub.Abstract is AbstractHeapType.I31 or AbstractHeapType.Struct or AbstractHeapType.Array,
        AbstractHeapType.Struct => sub.IsDefined && this[sub.Index] is StructType,
        AbstractHeapType.Array => sub.IsDefined && this[sub.Index] is ArrayType,
        _ => false,
    };
}
