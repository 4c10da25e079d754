using Nacre.Runtime;
using Nacre.Syntax;

namespace Nacre.Tests.Runtime;

public class TableInstanceTests
{
    private static readonly object A = new(), B = new(), C = new();

    [Fact]
    public void A_new_table_holds_its_initial_value_everywhere()
    {
        TableInstance table = Create(3, initial: A);
        Assert.Equal(3u, table.Size);
        for (uint i = 0; i < 3; i++) Assert.Same(A, table.Get(i));
    }

    [Fact]
    public void Growing_answers_the_size_before_and_fills_the_new_elements()
    {
        TableInstance table = Create(1, initial: A);
        Assert.Equal(1, table.Grow(2, B));
        Assert.Equal([A, B, B], Contents(table));
        Assert.Equal(3, table.Grow(1, null));
        Assert.Null(table.Get(3));
    }

    [Fact]
    public void Growing_beyond_the_maximum_answers_minus_one()
    {
        TableInstance table = Create(1, maximum: 3);
        Assert.Equal(-1, table.Grow(3, null));
        Assert.Equal(-1, table.Grow(ulong.MaxValue, null));
        Assert.Equal(1, table.Grow(2, null));
    }

    [Fact]
    public void Tables_share_one_budget()
    {
        var budget = new ResourceBudget(new StoreLimits { MaxTableElementCount = 10 });
        TableInstance table = Create(4, budget: budget);
        Assert.Equal(-1, table.Grow(7, null));
        Assert.Equal(4, table.Grow(6, null));
        Assert.Throws<ExhaustionException>(() => Create(1, budget: budget));
    }

    [Fact]
    public void Room_beyond_the_size_is_no_element()
    {
        TableInstance table = Create(8);
        table.Grow(1, A);
        Assert.True(table.Elements.Length > 9);
        AssertOutOfBounds(() => table.Get(9));
        AssertOutOfBounds(() => table.Set(9, A));
    }

    [Theory]
    [InlineData(4UL, 1UL)]
    [InlineData(3UL, 2UL)]
    [InlineData(ulong.MaxValue, 1UL)]
    [InlineData(0UL, ulong.MaxValue)]
    public void A_range_that_is_not_all_inside_traps_and_changes_nothing(ulong index, ulong count)
    {
        TableInstance table = Create(4, initial: A);
        AssertOutOfBounds(() => table.Fill(index, B, count));
        AssertOutOfBounds(() => TableInstance.Copy(table, index, table, 0, count));
        AssertOutOfBounds(() => TableInstance.Copy(table, 0, table, index, count));
        AssertOutOfBounds(() => table.Init(index, [B, B], 0, count));
        Assert.Equal([A, A, A, A], Contents(table));
    }

    [Fact]
    public void Copying_between_overlapping_ranges_keeps_every_element()
    {
        TableInstance table = Create(4);
        table.Init(0, [A, B, C], 0, 3);
        TableInstance.Copy(table, 1, table, 0, 3);
        Assert.Equal([A, A, B, C], Contents(table));
    }

    [Fact]
    public void Part_of_a_segment_is_copied()
    {
        TableInstance table = Create(4);
        table.Init(1, [A, B, C], 1, 2);
        Assert.Equal([null, B, C, null], Contents(table));
        AssertOutOfBounds(() => table.Init(0, [A], 1, 1));
    }

    private static TableInstance Create(ulong minimum, ulong? maximum = null, object? initial = null, ResourceBudget? budget = null)
        => new(budget ?? new ResourceBudget(StoreLimits.None), new TableType(ValType.Externref, new Limits(minimum, maximum)), initial);

    private static object?[] Contents(TableInstance table) => table.Elements[..(int)table.Size];

    private static void AssertOutOfBounds(Action action)
        => Assert.Equal(TrapKind.TableOutOfBounds, Assert.Throws<TrapException>(action).Kind);
}
