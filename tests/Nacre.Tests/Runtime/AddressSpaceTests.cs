using Nacre.Runtime;
using Nacre.Tests.Support;

namespace Nacre.Tests.Runtime;

[Collection(ProcessWideMemory.Name)]
public class AddressSpaceTests
{
    [Fact]
    public unsafe void Committed_bytes_can_be_written_and_begin_as_zero()
    {
        using AddressSpace space = AddressSpace.TryCreate(1UL << 32, 100)!;
        Assert.Equal(1UL << 32, space.ByteCapacity);
        Assert.Equal(0, space.Base[99]);
        space.Base[99] = 1;
        Assert.True(space.TryCommit(1 << 20));
        Assert.Equal(1, space.Base[99]);
        Assert.Equal(0, space.Base[(1 << 20) - 1]);
    }

    [Fact]
    public void More_than_the_capacity_is_not_committed()
    {
        using AddressSpace space = AddressSpace.TryCreate(1 << 20, 0)!;
        Assert.True(space.TryCommit(1 << 20));
        Assert.False(space.TryCommit((1 << 20) + 1));
    }

    [Fact]
    public unsafe void When_a_reservation_fails_the_heap_gives_what_is_needed()
    {
        using AddressSpace space = AddressSpace.TryCreate(1UL << 60, 1000)!;
        Assert.IsType<HeapAddressSpace>(space);
        Assert.Equal(0, space.Base[999]);
        Assert.True(space.TryCommit(1000));
        Assert.False(space.TryCommit(1001));
    }

    [Fact]
    public void So_many_reservations_that_the_process_would_run_out_of_mappings_are_taken_from_the_heap()
    {
        var spaces = new List<AddressSpace>();
        for (int i = 0; i < 17_000; i++) spaces.Add(AddressSpace.TryCreate(1 << 20, 1000)!);
        Assert.All(spaces, Assert.NotNull);
        Assert.IsType<HeapAddressSpace>(spaces[^1]);
        spaces.ForEach(space => space.Dispose());
        using AddressSpace again = AddressSpace.TryCreate(1 << 20, 1000)!;
        Assert.IsNotType<HeapAddressSpace>(again);
    }

    [Fact]
    public void What_the_machine_does_not_have_is_refused() => Assert.Null(AddressSpace.TryCreate(1UL << 60, 1UL << 60));
}
