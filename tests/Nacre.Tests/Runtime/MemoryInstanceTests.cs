using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Runtime;

/// <summary>Memories whose bounds code checks.</summary>
[Collection(ProcessWideMemory.Name)]
public class ExplicitMemoryInstanceTests() : MemoryInstanceTests(wantsGuardPages: false);

/// <summary>The same with guard pages, where there are any.</summary>
[Collection(ProcessWideMemory.Name)]
public class GuardedMemoryInstanceTests() : MemoryInstanceTests(wantsGuardPages: true);

public abstract class MemoryInstanceTests(bool wantsGuardPages)
{
    private const ulong PageByteCount = 65536;

    [Theory]
    [InlineData(AddressType.I32, 16, true)]
    [InlineData(AddressType.I64, 16, false)]
    [InlineData(AddressType.I32, 0, false)]
    public void A_memory_is_guarded_when_that_is_wanted_and_its_type_allows_it(AddressType address, int pageSizeLog2, bool canBeGuarded)
    {
        using MemoryInstance memory = Create(new MemoryType(new Limits(1), address, PageSizeLog2: (byte)pageSizeLog2));
        Assert.Equal(wantsGuardPages && canBeGuarded && GuardPages.AreAvailable, memory.IsGuarded);
    }

    [Fact]
    public void A_32_bit_memory_can_have_all_its_bytes()
    {
        using MemoryInstance memory = Create(new MemoryType(new Limits(0)));
        Assert.Equal(0, memory.Grow(65536));
        memory.Slice(uint.MaxValue, 1)[0] = 1;
        Assert.Equal(-1, memory.Grow(1));
        Assert.Equal(1UL << 32, memory.ByteLength);
    }

    [Fact]
    public void A_new_memory_has_the_minimal_size_and_is_zero()
    {
        using MemoryInstance memory = Create(new MemoryType(new Limits(2)));
        Assert.Equal(2UL, memory.PageCount);
        Assert.Equal(2 * PageByteCount, memory.ByteLength);
        Assert.Equal(-1, memory.Slice(0, 2 * PageByteCount).IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void Growing_answers_the_size_before_and_adds_zeroed_pages()
    {
        using MemoryInstance memory = Create(new MemoryType(new Limits(1)));
        memory.Fill(0, 0xFF, PageByteCount);
        Assert.Equal(1, memory.Grow(2));
        Assert.Equal(3UL, memory.PageCount);
        Assert.Equal(-1, memory.Slice(PageByteCount, 2 * PageByteCount).IndexOfAnyExcept((byte)0));
        Assert.Equal(0xFF, memory.Slice(PageByteCount - 1, 1)[0]);
    }

    [Theory]
    [InlineData(3UL, 2UL)]
    [InlineData(3UL, ulong.MaxValue)]
    [InlineData(null, 65536UL)]
    public void Growing_beyond_the_maximum_answers_minus_one_and_changes_nothing(ulong? maximum, ulong delta)
    {
        using MemoryInstance memory = Create(new MemoryType(new Limits(2, maximum)));
        Assert.Equal(-1, memory.Grow(delta));
        Assert.Equal(2UL, memory.PageCount);
    }

    [Fact]
    public void Growing_by_nothing_answers_the_size_even_when_the_memory_is_full()
    {
        using MemoryInstance memory = Create(new MemoryType(new Limits(1, 1)));
        Assert.Equal(1, memory.Grow(0));
    }

    [Fact]
    public unsafe void A_memory_with_a_reservation_does_not_move()
    {
        using MemoryInstance memory = Create(new MemoryType(new Limits(1)));
        byte* before = memory.Cell->Base;
        Assert.Equal(1, memory.Grow(1000));
        Assert.True(before == memory.Cell->Base);
    }

    [Fact]
    public void A_large_64_bit_memory_that_outgrows_its_reservation_moves_with_its_bytes_and_old_spans_stay_harmless()
    {
        using MemoryInstance memory = Create(new MemoryType(new Limits(1), AddressType.I64));
        memory.Slice(0, 1)[0] = 42;
        Span<byte> old = memory.Slice(0, PageByteCount);
        Assert.Equal(1, memory.Grow(1 << 17));      // 8 GiB, of which next to nothing is touched
        Assert.Equal(42, memory.Slice(0, 1)[0]);
        old[0] = 1;
        Assert.Equal(42, memory.Slice(0, 1)[0]);
        memory.Slice(memory.ByteLength - 1, 1)[0] = 7;
    }

    [Theory]
    [InlineData(PageByteCount, 1UL)]
    [InlineData(PageByteCount - 1, 2UL)]
    [InlineData(ulong.MaxValue, 1UL)]
    [InlineData(1UL, ulong.MaxValue)]
    [InlineData(PageByteCount + 1, 0UL)]
    public void A_range_that_is_not_all_inside_traps(ulong byteOffset, ulong byteCount)
    {
        using MemoryInstance memory = Create(new MemoryType(new Limits(1)));
        AssertOutOfBounds(() => memory.Slice(byteOffset, byteCount));
        AssertOutOfBounds(() => memory.Fill(byteOffset, 1, byteCount));
        AssertOutOfBounds(() => MemoryInstance.Copy(memory, byteOffset, memory, 0, byteCount));
        AssertOutOfBounds(() => MemoryInstance.Copy(memory, 0, memory, byteOffset, byteCount));
        AssertOutOfBounds(() => memory.Init(byteOffset, new byte[2], 0, byteCount));
    }

    [Fact]
    public void An_empty_range_at_the_end_is_inside()
    {
        using MemoryInstance memory = Create(new MemoryType(new Limits(1)));
        Assert.True(memory.Slice(PageByteCount, 0).IsEmpty);
        memory.Fill(PageByteCount, 1, 0);
        MemoryInstance.Copy(memory, PageByteCount, memory, PageByteCount, 0);
        memory.Init(PageByteCount, [], 0, 0);
    }

    [Fact]
    public void Copying_between_overlapping_ranges_keeps_every_byte()
    {
        using MemoryInstance memory = Create(new MemoryType(new Limits(1)));
        for (byte i = 0; i < 10; i++) memory.Slice(i, 1)[0] = i;
        MemoryInstance.Copy(memory, 2, memory, 0, 8);
        Assert.Equal<byte>([0, 1, 0, 1, 2, 3, 4, 5, 6, 7], memory.Slice(0, 10).ToArray());
        MemoryInstance.Copy(memory, 0, memory, 2, 8);
        Assert.Equal<byte>([0, 1, 2, 3, 4, 5, 6, 7, 6, 7], memory.Slice(0, 10).ToArray());
    }

    [Fact]
    public void Part_of_a_segment_is_copied()
    {
        using MemoryInstance memory = Create(new MemoryType(new Limits(1)));
        memory.Init(5, [1, 2, 3, 4], 1, 2);
        Assert.Equal<byte>([0, 2, 3, 0], memory.Slice(4, 4).ToArray());
        AssertOutOfBounds(() => memory.Init(0, new byte[4], 3, 2));
    }

    [Fact]
    public void Pages_of_one_byte_are_counted_exactly()
    {
        using MemoryInstance memory = Create(new MemoryType(new Limits(3, 100_000), PageSizeLog2: 0));
        Assert.Equal(3UL, memory.ByteLength);
        AssertOutOfBounds(() => memory.Slice(3, 1));
        Assert.Equal(3, memory.Grow(70_000));
        memory.Slice(70_002, 1)[0] = 1;
        AssertOutOfBounds(() => memory.Slice(70_003, 1));
        Assert.Equal(-1, memory.Grow(30_000));
    }

    [Fact]
    public void Memories_share_one_budget_and_give_back_what_they_took()
    {
        var budget = new ResourceBudget(new StoreLimits { MaxMemoryByteCount = 4 * PageByteCount });
        using MemoryInstance first = Create(new MemoryType(new Limits(1)), budget);
        MemoryInstance second = Create(new MemoryType(new Limits(2)), budget);
        Assert.Equal(1, first.Grow(1));
        Assert.Equal(-1, first.Grow(1));
        second.Dispose();
        Assert.Equal(2, first.Grow(2));
    }

    [Fact]
    public void A_minimum_beyond_the_limit_is_refused_and_leaves_the_budget_whole()
    {
        var budget = new ResourceBudget(new StoreLimits { MaxMemoryByteCount = 2 * PageByteCount });
        var exception = Assert.Throws<ExhaustionException>(() => Create(new MemoryType(new Limits(3)), budget));
        Assert.Equal(ExhaustionKind.Heap, exception.Kind);
        using MemoryInstance memory = Create(new MemoryType(new Limits(2)), budget);
    }

    [Fact]
    public void The_largest_64_bit_minimum_is_refused_without_overflow()
        => Assert.Throws<ExhaustionException>(() => Create(new MemoryType(new Limits(1UL << 48), AddressType.I64)));

    [Fact]
    public void A_disposed_memory_refuses_every_access()
    {
        MemoryInstance memory = Create(new MemoryType(new Limits(1)));
        memory.Dispose();
        memory.Dispose();
        Assert.Equal(0UL, memory.ByteLength);
        Assert.Throws<ObjectDisposedException>(() => { memory.Slice(0, 1); });
        Assert.Throws<ObjectDisposedException>(() => memory.Grow(1));
    }

    [Fact]
    public void A_shared_memory_grown_by_several_threads_counts_each_page_once()
    {
        using MemoryInstance memory = Create(new MemoryType(new Limits(0, 1000), IsShared: true));
        var seen = new bool[1000];
        Parallel.For(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ => seen[memory.Grow(1)] = true);
        Assert.DoesNotContain(false, seen);
        Assert.Equal(1000UL, memory.PageCount);
        Assert.Equal(-1, memory.Grow(1));
    }

    [Fact]
    public void A_thousand_memories_of_one_page_take_little_room()
    {
        var memories = new List<MemoryInstance>();
        long before = Environment.WorkingSet;
        for (int i = 0; i < 1000; i++)
        {
            memories.Add(Create(new MemoryType(new Limits(1))));
            memories[i].Slice(0, 1)[0] = 1;
        }
        long taken = Environment.WorkingSet - before;
        foreach (MemoryInstance memory in memories) memory.Dispose();
        Assert.True(taken < 100 * 1024 * 1024, $"{taken} bytes");
    }

    private MemoryInstance Create(MemoryType type, ResourceBudget? budget = null)
        => new(new CellArena(), budget ?? new ResourceBudget(StoreLimits.None), type, wantsGuardPages);

    private static void AssertOutOfBounds(Action action)
        => Assert.Equal(TrapKind.MemoryOutOfBounds, Assert.Throws<TrapException>(action).Kind);
}
