using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Validation;

namespace Nacre.Tests.Runtime;

public class StructLayoutTests
{
    private static readonly StorageType[] s_storages =
    [
        StorageType.I8, StorageType.I16, new(ValType.I32), new(ValType.I64), new(ValType.F32), new(ValType.F64), new(ValType.V128),
        new(ValType.Anyref), new(ValType.Externref), new(ValType.Funcref),
    ];

    /// <summary>A chain of structure types, of which each has one field more than its supertype; the first has none.</summary>
    private static DefinedType[] Chain(ReadOnlySpan<StorageType> storages)
    {
        var registry = new TypeRegistry();
        var types = new DefinedType[storages.Length + 1];
        var fields = new List<FieldType>();
        for (int i = 0; i < types.Length; i++)
        {
            if (i > 0) fields.Add(new FieldType(storages[i - 1], IsMutable: true));
            HeapType[] supertypes = i == 0 ? [] : [new HeapType((uint)i - 1, TypeSpace.Module)];
            var group = new RecType([new SubType(isFinal: false, supertypes, new StructType([.. fields]))]);
            registry.Define(group, types, i, new RecGroupKey(), byteOffset: null);
        }
        return types;
    }

    private static StorageType[] RandomStorages(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => s_storages[random.Next(s_storages.Length)])];
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 50)];

    [Theory, MemberData(nameof(Seeds))]
    public void A_subtype_has_its_supertypes_fields_at_the_same_places_of_a_class_that_derives_from_the_supertypes(int seed)
    {
        StructLayout[] layouts = [.. Chain(RandomStorages(seed)).Select(StructLayout.Of)];
        for (int i = 1; i < layouts.Length; i++)
        {
            Assert.Equal(layouts[i - 1].Fields, layouts[i].Fields[..^1]);
            Assert.IsAssignableFrom(layouts[i - 1].Prototype.GetType(), layouts[i].Prototype);
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Each_field_keeps_its_value_whatever_the_others_are(int seed)
    {
        StorageType[] storages = RandomStorages(seed);
        DefinedType type = Chain(storages)[^1];
        StructLayout layout = StructLayout.Of(type);
        StructInstance structure = layout.New();
        Assert.Same(type, structure.Type);
        for (int i = 0; i < storages.Length; i++) Assert.Equal(default, layout.Read(structure, i));
        RawValue[] values = [.. storages.Select((storage, i) => ValueOf(storage, (ulong)(i + 1) * 0x9E3779B97F4A7C15))];
        for (int i = 0; i < storages.Length; i++) layout.SetInitial(structure, i, values[i]);
        GC.Collect();
        for (int i = 0; i < storages.Length; i++) Assert.Equal(values[i], layout.Read(structure, i));
        for (int i = 0; i < storages.Length; i++) layout.SetInitial(structure, i, default);
        for (int i = 0; i < storages.Length; i++) Assert.Equal(default, layout.Read(structure, i));
    }

    // An object that nothing else refers to, and that tells its number.
    private static RawValue ValueOf(StorageType storage, ulong bits)
    {
        if (storage.Unpacked.IsReference) return RawValue.Of(bits.ToString("x", null));
        if (storage.Unpacked.IsVector) return new RawValue(bits, ~bits, null);
        return RawValue.Number(storage == StorageType.I8 ? (byte)bits : storage == StorageType.I16 ? (ushort)bits
            : storage.Unpacked == ValType.I32 || storage.Unpacked == ValType.F32 ? (uint)bits : bits);
    }

    [Fact]
    public void Numbers_fill_the_gaps_between_others()
    {
        StructField[] fields = StructLayout.Of(Chain([StorageType.I8, new(ValType.I32), StorageType.I16, StorageType.I8, new(ValType.I64)])[^1]).Fields;
        Assert.Equal([(0, 0), (0, 4), (0, 2), (0, 1), (1, 0)], fields.Select(field => (field.First.Level, field.First.ByteOffset)));
    }

    // Words of eight bytes, which fill a block before the next one is added.
    [Fact]
    public void There_is_a_class_for_each_sequence_of_blocks()
    {
        int[] words = [1, 1, 1, 2, 2, 4];
        var classes = new HashSet<Type>();
        for (int length = 0; length <= words.Length; length++)
        {
            for (int kinds = 0; kinds < 1 << length; kinds++)
            {
                StructLayout layout = StructLayout.Of(Chain([.. Enumerable.Range(0, length).SelectMany(level
                    => Enumerable.Repeat(new StorageType((kinds >> level & 1) == 0 ? ValType.I64 : ValType.Externref), words[level]))])[^1]);
                Assert.True(layout.IsCompact);
                Assert.True(classes.Add(layout.Prototype.GetType()));
                Assert.Equal(layout.Prototype.GetType(), layout.New().GetType());
            }
        }
        Assert.Equal((1 << (words.Length + 1)) - 1, classes.Count);
    }

    [Fact]
    public void What_has_no_room_in_a_class_is_kept_elsewhere()
    {
        StorageType[] storages = [.. Enumerable.Range(0, 1000).Select(i => s_storages[i % s_storages.Length])];
        DefinedType[] types = new DefinedType[1];
        new TypeRegistry().Define(
            new RecType([SubType.Plain(new StructType([.. storages.Select(storage => new FieldType(storage, IsMutable: true))]))]),
            types, 0, new RecGroupKey(), byteOffset: null);
        StructLayout layout = StructLayout.Of(types[0]);
        Assert.False(layout.IsCompact);
        Assert.Equal(storages.Length, layout.Fields.Length);
        StructInstance structure = layout.New();
        for (int i = 0; i < storages.Length; i++) layout.SetInitial(structure, i, ValueOf(storages[i], (ulong)i));
        for (int i = 0; i < storages.Length; i++) Assert.Equal(ValueOf(storages[i], (ulong)i), layout.Read(structure, i));
    }
}
