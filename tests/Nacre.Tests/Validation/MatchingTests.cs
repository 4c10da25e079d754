using Nacre.Syntax;
using Nacre.Validation;
using static Nacre.Tests.Validation.Checks;

namespace Nacre.Tests.Validation;

public class MatchingTests
{
    private readonly TypeRegistry _registry = new();
    private Matching Matching => new(_registry);

    // Each abstract type with its proper supertypes.
    private static readonly Dictionary<AbstractHeapType, AbstractHeapType[]> s_supertypes = new()
    {
        [AbstractHeapType.Any] = [],
        [AbstractHeapType.Eq] = [AbstractHeapType.Any],
        [AbstractHeapType.I31] = [AbstractHeapType.Eq, AbstractHeapType.Any],
        [AbstractHeapType.Struct] = [AbstractHeapType.Eq, AbstractHeapType.Any],
        [AbstractHeapType.Array] = [AbstractHeapType.Eq, AbstractHeapType.Any],
        [AbstractHeapType.None] = [AbstractHeapType.I31, AbstractHeapType.Struct, AbstractHeapType.Array, AbstractHeapType.Eq, AbstractHeapType.Any],
        [AbstractHeapType.Func] = [],
        [AbstractHeapType.NoFunc] = [AbstractHeapType.Func],
        [AbstractHeapType.Extern] = [],
        [AbstractHeapType.NoExtern] = [AbstractHeapType.Extern],
        [AbstractHeapType.Exn] = [],
        [AbstractHeapType.NoExn] = [AbstractHeapType.Exn],
    };

    [Fact]
    public void Abstract_heap_types_match_themselves_and_their_supertypes()
    {
        foreach ((AbstractHeapType sub, AbstractHeapType[] supers) in s_supertypes)
        {
            foreach (AbstractHeapType super in s_supertypes.Keys)
                Assert.Equal(sub == super || supers.Contains(super), Matching.Matches(new HeapType(sub), new HeapType(super)));
        }
    }

    [Theory]
    [InlineData(0, new[] { AbstractHeapType.Func }, AbstractHeapType.NoFunc)]
    [InlineData(1, new[] { AbstractHeapType.Struct, AbstractHeapType.Eq, AbstractHeapType.Any }, AbstractHeapType.None)]
    [InlineData(2, new[] { AbstractHeapType.Array, AbstractHeapType.Eq, AbstractHeapType.Any }, AbstractHeapType.None)]
    public void Defined_types_lie_between_the_abstract_types_of_their_kind(int kind, AbstractHeapType[] above, AbstractHeapType below)
    {
        CompositeType type = kind switch { 0 => Func(), 1 => new StructType([]), _ => new ArrayType(Field(ValType.I32)) };
        HeapType defined = Valid(new ModuleDefinition { RecTypes = [Group(type)] }, registry: _registry).Types[0].HeapType;
        foreach (AbstractHeapType other in s_supertypes.Keys)
        {
            Assert.Equal(above.Contains(other), Matching.Matches(defined, new HeapType(other)));
            Assert.Equal(other == below, Matching.Matches(new HeapType(other), defined));
        }
    }

    [Fact]
    public void A_reference_that_may_be_null_does_not_match_one_that_may_not()
    {
        Assert.True(Matching.Matches(ValType.Ref(AbstractHeapType.I31), ValType.Anyref));
        Assert.False(Matching.Matches(ValType.RefNull(AbstractHeapType.I31), ValType.Ref(AbstractHeapType.Any)));
        Assert.False(Matching.Matches(ValType.I32, ValType.Anyref));
        Assert.False(Matching.Matches(ValType.I32, ValType.I64));
    }

    [Fact]
    public void Functions_are_contravariant_in_parameters_and_covariant_in_results()
    {
        ValType narrow = ValType.Ref(AbstractHeapType.I31), wide = ValType.Anyref;
        Assert.True(Matching.Matches(Func([wide], [narrow]), Func([narrow], [wide])));
        Assert.False(Matching.Matches(Func([narrow], []), Func([wide], [])));
        Assert.False(Matching.Matches(Func([], [wide]), Func([], [narrow])));
        Assert.False(Matching.Matches(Func([wide]), Func()));
        Assert.False(Matching.Matches(Func(), new StructType([])));
    }

    [Fact]
    public void Structures_may_grow_at_their_end_and_narrow_what_cannot_change()
    {
        FieldType narrow = Field(ValType.Ref(AbstractHeapType.I31)), wide = Field(ValType.Anyref);
        FieldType mutableNarrow = narrow with { IsMutable = true }, mutableWide = wide with { IsMutable = true };
        Assert.True(Matching.Matches(new StructType([narrow, wide]), new StructType([wide])));
        Assert.False(Matching.Matches(new StructType([wide]), new StructType([wide, wide])));
        Assert.False(Matching.Matches(new StructType([wide]), new StructType([narrow])));
        Assert.False(Matching.Matches(new StructType([mutableNarrow]), new StructType([mutableWide])));
        Assert.True(Matching.Matches(new StructType([mutableWide]), new StructType([mutableWide])));
        Assert.False(Matching.Matches(new StructType([mutableWide]), new StructType([wide])));
    }

    [Fact]
    public void Packed_storage_matches_itself_alone()
    {
        Assert.True(Matching.Matches(StorageType.I8, StorageType.I8));
        Assert.False(Matching.Matches(StorageType.I8, StorageType.I16));
        Assert.False(Matching.Matches(StorageType.I8, new StorageType(ValType.I32)));
        Assert.False(Matching.Matches(new StorageType(ValType.I32), StorageType.I16));
    }

    [Theory]
    [InlineData(1ul, 5ul, 1ul, 5ul, true)]
    [InlineData(2ul, 4ul, 1ul, 5ul, true)]
    [InlineData(0ul, 5ul, 1ul, 5ul, false)]
    [InlineData(1ul, 6ul, 1ul, 5ul, false)]
    [InlineData(1ul, null, 1ul, 5ul, false)]
    [InlineData(1ul, null, 1ul, null, true)]
    [InlineData(1ul, 5ul, 1ul, null, true)]
    public void Limits_match_when_they_lie_within(ulong minimum, ulong? maximum, ulong wantedMinimum, ulong? wantedMaximum, bool matches)
        => Assert.Equal(matches, Matching.Matches(new Limits(minimum, maximum), new Limits(wantedMinimum, wantedMaximum)));

    [Fact]
    public void A_memory_matches_only_one_of_its_address_type_sharing_and_page_size()
    {
        var memory = new MemoryType(new Limits(1, 2));
        Assert.True(Matching.Matches(memory, memory));
        Assert.False(Matching.Matches(memory, memory with { Address = AddressType.I64 }));
        Assert.False(Matching.Matches(memory, memory with { IsShared = true }));
        Assert.False(Matching.Matches(memory, memory with { PageSizeLog2 = 0 }));
        Assert.False(Matching.Matches(memory, new GlobalType(ValType.I32, IsMutable: false)));
    }

    [Fact]
    public void Elements_of_tables_and_values_of_mutable_globals_are_invariant()
    {
        ValType narrow = ValType.RefNull(AbstractHeapType.NoFunc);
        Assert.False(Matching.Matches(new TableType(narrow, new Limits(0)), new TableType(ValType.Funcref, new Limits(0))));
        Assert.True(Matching.Matches(new GlobalType(narrow, IsMutable: false), new GlobalType(ValType.Funcref, IsMutable: false)));
        Assert.False(Matching.Matches(new GlobalType(narrow, IsMutable: true), new GlobalType(ValType.Funcref, IsMutable: true)));
        Assert.False(Matching.Matches(new GlobalType(narrow, IsMutable: true), new GlobalType(narrow, IsMutable: false)));
    }

    [Fact]
    public void Imported_functions_may_be_of_a_subtype_and_tags_may_not()
    {
        DefinedType[] types = Valid(new ModuleDefinition { RecTypes = [Open(Func()), Open(Func(), Type(0))] }, registry: _registry).Types;
        Assert.True(Matching.Matches(new FuncExternType(types[1].HeapType), new FuncExternType(types[0].HeapType)));
        Assert.False(Matching.Matches(new FuncExternType(types[0].HeapType), new FuncExternType(types[1].HeapType)));
        Assert.False(Matching.Matches(new TagType(types[1].HeapType), new TagType(types[0].HeapType)));
        Assert.True(Matching.Matches(new TagType(types[1].HeapType), new TagType(types[1].HeapType)));
    }

    [Fact]
    public void Iso_recursive_types_of_two_modules_match_only_when_their_groups_are_equal()
    {
        RecType Pair(CompositeType second) => new([new SubType(isFinal: false, [], Func([], [ValType.RefNull(Type(0))])), SubType.Plain(second)]);
        DefinedType Of(CompositeType second) => Valid(new ModuleDefinition { RecTypes = [Pair(second)] }, registry: _registry).Types[0];
        HeapType one = Of(new StructType([])).HeapType;
        Assert.True(Matching.Matches(Of(new StructType([])).HeapType, one));
        Assert.False(Matching.Matches(Of(new StructType([Field(ValType.I32)])).HeapType, one));
    }
}
