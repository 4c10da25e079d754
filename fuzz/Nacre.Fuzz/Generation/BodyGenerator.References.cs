using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <content>References, structures and arrays.</content>
internal sealed partial class BodyGenerator
{
    private void LeafReference(ValType type)
    {
        if (!type.IsNullable || (_budget > 0 && _dice.Percent(60))) Minimal(type.HeapType);
        else Heap(Opcode.RefNull, _dice.Once(3) ? new HeapType(TypeWorld.BottomOf(_types.TopOf(type.HeapType))) : type.HeapType);
    }

    /// <summary>A new value of a heap type, made of as little as possible.</summary>
    private void Minimal(HeapType heap)
    {
        if (heap.IsDefined) MinimalOf(heap.Index);
        else switch (heap.Abstract)
            {
                case AbstractHeapType.Struct when _types.Structs.Count > 0: MinimalOf(_dice.Among(_types.Structs)); break;
                case AbstractHeapType.Array when _types.Arrays.Count > 0: MinimalOf(_dice.Among(_types.Arrays)); break;
                case AbstractHeapType.Struct or AbstractHeapType.Array:
                    Heap(Opcode.RefNull, new HeapType(AbstractHeapType.None));
                    Op(Opcode.RefAsNonNull);
                    break;
                case AbstractHeapType.Func: Op(Opcode.RefFunc, _dice.Among(_world.Functions).Index); break;
                case AbstractHeapType.Exn: NewException(); break;
                default:
                    Constant(ValType.I32, Interesting.I32(_dice));
                    Op(Opcode.RefI31);
                    if (heap.Abstract == AbstractHeapType.Extern) Op(Opcode.ExternConvertAny);
                    break;
            }
    }

    private void MinimalOf(uint type)
    {
        switch (_types[type])
        {
            case StructType { Fields: var fields }:
                bool isDefaultable = true;
                foreach (FieldType field in fields) isDefaultable &= field.Storage.Unpacked.IsDefaultable;
                if (!isDefaultable) foreach (FieldType field in fields) Default(field.Storage.Unpacked);
                Op(isDefaultable ? Opcode.StructNewDefault : Opcode.StructNew, type);
                break;
            case ArrayType { Element: var element }:
                if (!element.Storage.Unpacked.IsDefaultable) Default(element.Storage.Unpacked);
                Constant(ValType.I32, (ulong)_dice.Below(8));
                Op(element.Storage.Unpacked.IsDefaultable ? Opcode.ArrayNewDefault : Opcode.ArrayNew, type);
                break;
            default:
                Op(Opcode.RefFunc, _dice.Among(_world.Functions.FindAll(callee => callee.TypeIndex == type)).Index);
                break;
        }
    }

    private void Default(ValType type)
    {
        if (!type.IsReference) Constant(type, 0);
        else if (type.IsNullable) Heap(Opcode.RefNull, type.HeapType);
        else Minimal(type.HeapType);
    }

    private void Reference(ValType type)
    {
        HeapType heap = type.HeapType;
        ValType top = ValType.RefNull(_types.TopOf(heap));
        switch (_dice.Weighted(2, 8, 1, 3, 2, 2, 2, 3, 2))
        {
            case 1: Construct(heap); break;
            case 2 when type != top && heap != new HeapType(AbstractHeapType.Exn):
                Expression(top);
                Heap(type.IsNullable ? Opcode.RefCastNull : Opcode.RefCast, heap);
                break;
            case 3 when AnyTable(element => _types.Matches(element, type)) is { } table:
                TableIndex(table);
                Op(Opcode.TableGet, (uint)table);
                break;
            case 4 when !type.IsNullable:
                Expression(ValType.RefNull(heap));
                Op(Opcode.RefAsNonNull);
                break;
            case 5 when AnyLabel(label => label.Types.Length == 0) is { } depth:
                Expression(ValType.RefNull(heap));
                Op(Opcode.BrOnNull, depth);
                break;
            case 6: UnlessNull(heap); break;
            case 7 when top.HeapType.Abstract is AbstractHeapType.Any or AbstractHeapType.Func: Cast(type); break;
            case 8 when FieldOf(type): break;
            default: Leaf(type); break;
        }
    }

    private void UnlessNull(HeapType heap)
    {
        ValType type = ValType.Ref(heap);
        Open(Opcode.Block, [], [type]);
        Expression(ValType.RefNull(heap));
        Op(Opcode.BrOnNonNull, 0);
        Minimal(heap);
        Close();
    }

    // A wider value that goes to a label when it is of the type, or when it is not.
    private void Cast(ValType type)
    {
        ValType from = _dice.Once(2) ? ValType.RefNull(_types.TopOf(type.HeapType)) : ValType.Reference(type.HeapType, nullable: true);
        var immediates = new Immediates { Heap = from.HeapType, Heap2 = type.HeapType, CastFlags = (byte)(1 | (type.IsNullable ? 2 : 0)) };
        ValType rest = type.IsNullable ? from.NonNullable : from;
        Open(Opcode.Block, [], [type]);
        if (_dice.Once(2))
        {
            Expression(from);
            Writer.Write(Opcode.BrOnCast, immediates);
            Op(Opcode.Drop);
        }
        else
        {
            Open(Opcode.Block, [], [rest]);
            Expression(from);
            Writer.Write(Opcode.BrOnCastFail, immediates);
            Op(Opcode.Br, 1);
            Close();
            Op(Opcode.Drop);
        }
        Expression(type);
        Close();
    }

    private void Construct(HeapType heap)
    {
        uint[] types = [.. _types.Structs.Concat(_types.Arrays).Where(type => _types.Matches(TypeWorld.Heap(type), heap))];
        if (types.Length > 0 && _dice.Percent(80)) New(_dice.OneOf(types));
        else if (heap == new HeapType(AbstractHeapType.Any) && _dice.Once(4))
        {
            Expression(ValType.Ref(AbstractHeapType.Extern));
            Op(Opcode.AnyConvertExtern);
        }
        else if (heap == new HeapType(AbstractHeapType.Extern))
        {
            Expression(ValType.Ref(AbstractHeapType.Any));
            Op(Opcode.ExternConvertAny);
        }
        else if (_types.Matches(new HeapType(AbstractHeapType.I31), heap))
        {
            Expression(ValType.I32);
            Op(Opcode.RefI31);
        }
        else Minimal(heap);
    }

    private void New(uint type)
    {
        if (_types[type] is StructType { Fields: var fields })
        {
            foreach (FieldType field in fields) Expression(field.Storage.Unpacked);
            Op(Opcode.StructNew, type);
            return;
        }
        StorageType storage = ((ArrayType)_types[type]).Element.Storage;
        int segment = _world.Segments.FindIndex(element => _types.Matches(element, storage.Unpacked));
        switch (_dice.Weighted(3, 3, !storage.Unpacked.IsReference && _world.Data.Count > 0 ? 3 : 0, segment >= 0 ? 3 : 0))
        {
            case 0:
                Expression(storage.Unpacked);
                Constant(ValType.I32, _dice.Once(60) ? 0xFFFF_FFFF : (ulong)_dice.Below(12));
                Op(Opcode.ArrayNew, type);
                break;
            case 1:
                int count = _dice.Below(6);
                for (int i = 0; i < count; i++) Expression(storage.Unpacked);
                Op(Opcode.ArrayNewFixed, type, (uint)count);
                break;
            case 2:
                Index();
                Index();
                Op(Opcode.ArrayNewData, type, (uint)_dice.Below(_world.Data.Count));
                break;
            default:
                Index();
                Index();
                Op(Opcode.ArrayNewElem, type, (uint)segment);
                break;
        }
    }

    // Arrays are short.
    private void Index()
    {
        if (_dice.Once(15)) Expression(ValType.I32);
        else Constant(ValType.I32, (ulong)_dice.Below(_dice.Once(5) ? 9 : 3));
    }

    private void Aggregate(uint type) => Expression(ValType.Reference(TypeWorld.Heap(type), nullable: _dice.Once(8)));

    /// <summary>Reads a field or element of <paramref name="type"/>; false when no aggregate has one.</summary>
    private bool FieldOf(ValType type)
    {
        if (!_world.HasAggregates) return false;
        uint aggregate = _dice.OneOf<uint>([.. _types.Structs, .. _types.Arrays]);
        if (_types[aggregate] is StructType { Fields: var fields })
        {
            for (int i = 0; i < fields.Length; i++)
            {
                if (!_types.Matches(fields[i].Storage.Unpacked, type)) continue;
                Aggregate(aggregate);
                Op(fields[i].Storage.IsPacked ? _dice.OneOf(Opcode.StructGetS, Opcode.StructGetU) : Opcode.StructGet, aggregate, (uint)i);
                return true;
            }
            return false;
        }
        StorageType storage = ((ArrayType)_types[aggregate]).Element.Storage;
        if (!_types.Matches(storage.Unpacked, type)) return false;
        Aggregate(aggregate);
        Index();
        Op(storage.IsPacked ? _dice.OneOf(Opcode.ArrayGetS, Opcode.ArrayGetU) : Opcode.ArrayGet, aggregate);
        return true;
    }

    // What can be asked of a reference.
    private void NumberOfReference()
    {
        if (FieldOf(ValType.I32)) return;
        ValType type = _world.AnyReference();
        if (_dice.Once(2) || _types.TopOf(type.HeapType) == AbstractHeapType.Exn)
        {
            Expression(type);
            Op(Opcode.RefIsNull);
            return;
        }
        Expression(ValType.RefNull(_types.TopOf(type.HeapType)));
        Heap(type.IsNullable ? Opcode.RefTestNull : Opcode.RefTest, type.HeapType);
    }

    private void ChangeAggregate()
    {
        if (!_world.HasAggregates) return;
        uint type = _dice.OneOf<uint>([.. _types.Structs, .. _types.Arrays]);
        if (_types[type] is StructType { Fields: var fields })
        {
            int field = _dice.Below(fields.Length);
            if (fields.Length == 0 || !fields[field].IsMutable) return;
            Aggregate(type);
            Expression(fields[field].Storage.Unpacked);
            Op(Opcode.StructSet, type, (uint)field);
        }
        else if (((ArrayType)_types[type]).Element is { IsMutable: true } element) ChangeArray(type, element.Storage);
    }

    private void ChangeArray(uint type, StorageType storage)
    {
        int segment = _world.Segments.FindIndex(element => _types.Matches(element, storage.Unpacked));
        int way = _dice.Weighted(4, 2, 2, !storage.Unpacked.IsReference && _world.Data.Count > 0 ? 2 : 0, segment >= 0 ? 2 : 0);
        Aggregate(type);
        Index();
        if (way == 0) Expression(storage.Unpacked);
        if (way == 1) Expression(storage.Unpacked);
        if (way == 2) Aggregate(type);
        if (way >= 2) Index();
        if (way >= 1) Index();
        if (way == 0) Op(Opcode.ArraySet, type);
        else if (way == 1) Op(Opcode.ArrayFill, type);
        else if (way == 2) Op(Opcode.ArrayCopy, type, type);
        else if (way == 3) Op(Opcode.ArrayInitData, type, (uint)_dice.Below(_world.Data.Count));
        else Op(Opcode.ArrayInitElem, type, (uint)segment);
    }
}
