using Nacre.Syntax;
using Nacre.Validation;
using static Nacre.Tests.Validation.Checks;

namespace Nacre.Tests.Validation;

public class TypeRegistryTests
{
    private static DefinedType[] Define(TypeRegistry registry, params RecType[] groups)
        => Valid(new ModuleDefinition { RecTypes = groups }, registry: registry).Types;

    private static StructType Cell(uint next) => new StructType([Field(ValType.RefNull(Type(next)))]);

    [Fact]
    public void Equal_types_of_two_modules_are_one_object()
    {
        var registry = new TypeRegistry();
        DefinedType one = Define(registry, Group(Func([ValType.I32])))[0];
        DefinedType[] others = Define(registry, Group(Func([ValType.I64])), Group(Func([ValType.I32])));
        Assert.Same(one, others[1]);
        Assert.NotSame(one, others[0]);
        Assert.Same(one, registry[one.Id]);
        Assert.Same(one, registry.Define(Func([ValType.I32])));
    }

    [Fact]
    public void Two_engines_do_not_share_types()
        => Assert.NotSame(Define(new TypeRegistry(), Group(Func()))[0], Define(new TypeRegistry(), Group(Func()))[0]);

    [Fact]
    public void Groups_are_equal_when_they_refer_to_their_own_members_alike()
    {
        DefinedType[] types = Define(new TypeRegistry(), Group(Cell(0)), Group(Cell(1)), Group(Cell(0)));
        Assert.Same(types[0], types[1]);
        Assert.NotSame(types[0], types[2]);
    }

    [Fact]
    public void A_reference_to_an_equal_type_of_another_group_is_the_same_type()
    {
        DefinedType[] types = Define(new TypeRegistry(), Group(Func()), Group(Func()), Group(Cell(0)), Group(Cell(1)));
        Assert.Same(types[2], types[3]);
    }

    [Fact]
    public void Groups_of_unequal_size_or_order_differ_even_where_members_look_alike()
    {
        SubType a = SubType.Plain(Func()), b = SubType.Plain(Func([ValType.I32]));
        DefinedType[] types = Define(new TypeRegistry(), new RecType([a]), new RecType([a, b]), new RecType([b, a]), new RecType([a, a]), new RecType([a, b]));
        Assert.Equal(7, types.Distinct().Count());
        Assert.Same(types[1], types[7]);
        Assert.Same(types[2], types[8]);
    }

    [Fact]
    public void Finality_and_supertype_are_part_of_a_type()
    {
        DefinedType[] types = Define(new TypeRegistry(), Group(Func()), Open(Func()), Open(Func(), Type(1)), Open(Func(), Type(2)));
        Assert.Equal(4, types.Distinct().Count());
    }

    [Fact]
    public void Types_inside_a_definition_are_canonical()
    {
        var registry = new TypeRegistry();
        Define(registry, Group(Func([ValType.F32])));
        DefinedType[] types = Define(registry, Group(Func()), new RecType([SubType.Plain(Cell(2)), SubType.Plain(Cell(0))]));
        Assert.Equal(types[2].HeapType, types[1].Struct!.Fields[0].Storage.Unpacked.HeapType);
        Assert.Equal(types[0].HeapType, types[2].Struct!.Fields[0].Storage.Unpacked.HeapType);
    }

    [Fact]
    public void A_subtype_knows_its_whole_line()
    {
        DefinedType[] types = Define(new TypeRegistry(), Open(Func()), Open(Func(), Type(0)), Open(Func(), Type(1)), Open(Func([ValType.I32])), Open(Func(), Type(0)));
        Assert.Equal([0, 1, 2, 0, 1], types.Select(type => type.Depth));
        Assert.Same(types[1], types[2].Supertype);
        Assert.Same(types[1], types[4]);
        Assert.True(types[2].IsSubtypeOf(types[0]));
        Assert.True(types[2].IsSubtypeOf(types[1]));
        Assert.True(types[2].IsSubtypeOf(types[2]));
        Assert.False(types[0].IsSubtypeOf(types[2]));
        Assert.False(types[2].IsSubtypeOf(types[3]));
        Assert.False(types[3].IsSubtypeOf(types[0]));
    }

    [Fact]
    public void Sixty_three_supertypes_are_allowed_and_no_more()
    {
        RecType[] Chain(uint count) => [Open(Func()), .. Enumerable.Range(0, (int)count).Select(index => Open(Func(), Type((uint)index)))];
        Assert.Equal(63, Define(new TypeRegistry(), Chain(63))[63].Depth);
        Invalid("sub type 64 is nested too deep", new ModuleDefinition { RecTypes = Chain(64) });
    }

    [Fact]
    public void An_invalid_group_leaves_nothing_behind()
    {
        var registry = new TypeRegistry();
        uint before = registry.Define(Func()).Id;
        var bad = new RecType([SubType.Plain(Func([ValType.I64])), new SubType(isFinal: false, [Type(0)], Func())]);
        Assert.Throws<InvalidModuleException>(() => Define(registry, bad));
        Assert.Equal(before + 1, registry.Define(Func([ValType.F64])).Id);
    }

    [Fact]
    public void Modules_validated_at_the_same_time_agree_on_their_types()
    {
        var registry = new TypeRegistry();
        RecType[] groups = [.. Enumerable.Range(0, 2_000).Select(count => Group(Func([.. Enumerable.Repeat(ValType.I32, count % 500), ValType.RefNull(Type((uint)count))])))];
        var all = new DefinedType[4][];
        Parallel.For(0, all.Length, index => all[index] = Define(registry, groups));
        foreach (DefinedType[] types in all) Assert.Equal(all[0], types);
    }

    [Fact]
    public void A_million_types_take_time_in_proportion()
    {
        RecType[] groups = [.. Enumerable.Range(0, 1_000_000).Select(index => index % 63 == 0
            ? Open(new StructType([Field(index == 0 ? ValType.I32 : ValType.Ref(Type((uint)index - 1)))]))
            : Open(new StructType([Field(ValType.Ref(Type((uint)(index / 63 * 63)))), Field(ValType.I32)])))];
        Assert.Equal(1_000_000, Define(new TypeRegistry(), groups).Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_type_may_mention_the_types_of_its_group_and_before_only(uint mentioned)
        => Invalid($"unknown type {mentioned}", new ModuleDefinition { RecTypes = [Group(Cell(mentioned)), Group(Func())] });

    [Fact]
    public void A_supertype_stands_before_its_subtypes()
        => Invalid("forward use of type 0", new ModuleDefinition { RecTypes = [Open(Func(), Type(0))] });

    [Fact]
    public void A_type_has_one_supertype_at_most()
        => Invalid("sub type 2", new ModuleDefinition { RecTypes = [Open(Func()), Open(Func([ValType.I32])), Open(Func(), Type(0), Type(1))] });

    [Fact]
    public void A_final_type_has_no_subtypes()
        => Invalid("sub type 1 does not match super type 0", new ModuleDefinition { RecTypes = [Group(Func()), Open(Func(), Type(0))] });

    [Fact]
    public void Types_of_an_engine_are_not_to_be_named_by_a_module()
        => Invalid("unknown type", new ModuleDefinition { RecTypes = [Group(Func([ValType.RefNull(new HeapType(0, TypeSpace.Canonical))]))] });
}
