using System.Runtime.CompilerServices;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Runtime;

/// <summary>Where the fields of a structure type are. A field's place depends on the storage types up to its own, and on nothing else.</summary>
/// <remarks>
/// Each field goes to the first free place that fits in the blocks of its kind; when there is none, another block is added, and when
/// there are as many blocks as can be, it goes to the <see cref="StructRest"/>. A vector is two numbers.
/// </remarks>
internal sealed partial class StructLayout
{
    private const int WordByteCount = sizeof(ulong);

    private readonly List<Block> _blocks = [];
    private StructInstance _prototype;
    private int _restByteCount;
    private int _restReferenceCount;

    private StructLayout(DefinedType type)
    {
        _prototype = new StructInstance(type);
        ReadOnlySpan<FieldType> fields = type.Struct!.Fields;
        var places = new StructField[fields.Length];
        for (int i = 0; i < places.Length; i++) places[i] = Place(FieldAccesses.Of(fields[i].Storage));
        Fields = places;
    }

    /// <summary>The places of the fields, in their order.</summary>
    public StructField[] Fields { get; }

    /// <summary>Whether all fields are in blocks, so that a new object of the class is a structure.</summary>
    public bool IsCompact => _restByteCount == 0 && _restReferenceCount == 0;

    /// <summary>A structure of the type, of which nothing but its class matters.</summary>
    public StructInstance Prototype => _prototype;

    /// <summary>The layout of a structure type.</summary>
    /// <remarks>Safe for any number of threads: those that come first all find out the same.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StructLayout Of(DefinedType type) => Unsafe.As<StructLayout?>(type.Layout) ?? Make(type);

    /// <summary>A structure whose fields are zero and null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public StructInstance New()
    {
        StructInstance structure = _prototype.New();
        if (!IsCompact) structure.Rest = new StructRest(_restByteCount, _restReferenceCount);
        return structure;
    }

    /// <summary>The value of a field; a packed one is zero-extended.</summary>
    public RawValue Read(StructInstance structure, int field)
    {
        StructField where = Fields[field];
        return where.Access switch
        {
            FieldAccess.Reference => RawValue.Of(structure.ReferenceAt(where.First.Place)),
            FieldAccess.Vector => new RawValue(Number(where.First), Number(where.Second), null),
            _ => RawValue.Number(Number(where.First)),
        };

        ulong Number(StructPlace place) => structure.GetNumber(place.Place, where.Access);
    }

    /// <summary>Sets a field of a structure that is being made.</summary>
    public void SetInitial(StructInstance structure, int field, RawValue value)
    {
        StructField where = Fields[field];
        if (where.Access == FieldAccess.Reference) structure.ReferenceAt(where.First.Place) = value.Reference;
        else structure.SetNumber(where.First.Place, value.Low, where.Access);
        if (where.Access == FieldAccess.Vector) structure.SetNumber(where.Second.Place, value.High, FieldAccess.Number64);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static StructLayout Make(DefinedType type)
    {
        var layout = new StructLayout(type);
        type.Layout = layout;
        return layout;
    }

    private StructField Place(FieldAccess access) => access switch
    {
        FieldAccess.Reference => new StructField(access, PlaceOne(WordByteCount, isReference: true), default),
        FieldAccess.Vector => new StructField(access, PlaceOne(WordByteCount, isReference: false), PlaceOne(WordByteCount, isReference: false)),
        _ => new StructField(access, PlaceOne(access.ByteCount(), isReference: false), default),
    };

    private StructPlace PlaceOne(int byteCount, bool isReference)
    {
        for (int level = 0; level < _blocks.Count; level++)
        {
            Block block = _blocks[level];
            if (block.IsReferences == isReference && block.TryTake(byteCount) is { } offset)
                return new StructPlace(level, offset, block.Place + offset);
        }
        if (!TryAddBlock(isReference)) return PlaceInRest(byteCount, isReference);
        Block added = _blocks[^1];
        added.TryTake(byteCount);
        return new StructPlace(_blocks.Count - 1, 0, added.Place);
    }

    private bool TryAddBlock(bool isReferences)
    {
        if ((isReferences ? _prototype.WithReferences() : _prototype.WithNumbers()) is not { } prototype) return false;
        _prototype = prototype;
        _blocks.Add(new Block(prototype.MeasureLastBlock(), WordCounts[_blocks.Count] * WordByteCount, isReferences));
        return true;
    }

    private StructPlace PlaceInRest(int byteCount, bool isReference)
    {
        if (isReference) return StructPlace.InRest(_restReferenceCount++);
        int offset = (_restByteCount + byteCount - 1) & -byteCount;
        _restByteCount = offset + byteCount;
        return StructPlace.InRest(offset);
    }

    /// <summary>A block of a class, and which of its bytes are free.</summary>
    private sealed class Block(int place, int byteCount, bool isReferences)
    {
        private ulong _taken;

        public int Place => place;

        public bool IsReferences => isReferences;

        // A multiple of the size, because what is as long as a word or divides it must not cross one.
        public int? TryTake(int size)
        {
            ulong bits = (1UL << size) - 1;
            for (int offset = 0; offset < byteCount; offset += size)
            {
                if ((_taken & (bits << offset)) != 0) continue;
                _taken |= bits << offset;
                return offset;
            }
            return null;
        }
    }
}

/// <summary>A field: how it is kept, where it is, and where the upper half of a vector is.</summary>
internal readonly record struct StructField(FieldAccess Access, StructPlace First, StructPlace Second);

/// <summary>A place in the structures of a type.</summary>
/// <param name="Level">Which block it is in; -1 of what is in the <see cref="StructRest"/>.</param>
/// <param name="ByteOffset">Where in that block.</param>
/// <param name="Place">For <see cref="StructInstance.NumberAt"/> or <see cref="StructInstance.ReferenceAt"/>.</param>
internal readonly record struct StructPlace(int Level, int ByteOffset, int Place)
{
    /// <summary>The byte of this offset, or the reference of this index, in the rest.</summary>
    public static StructPlace InRest(int index) => new(-1, 0, ~index);
}
