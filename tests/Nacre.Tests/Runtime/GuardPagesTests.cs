using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Tests.Support;

namespace Nacre.Tests.Runtime;

/// <summary>Guard pages, with accesses as compiled code makes them: at base + index + offset, without any check.</summary>
[Collection(ProcessWideMemory.Name)]
public unsafe class GuardPagesTests
{
    private const int PageByteCount = 65536;

    // Safe: the tests give a base only of memories that are guarded, and stay within what GuardPages allows.
    private delegate long Access(byte* memory, uint index);

    private static readonly OpCode[] s_loads = [OpCodes.Ldind_U1, OpCodes.Ldind_I2, OpCodes.Ldind_I4, OpCodes.Ldind_I8];
    private static readonly OpCode[] s_stores = [OpCodes.Stind_I1, OpCodes.Stind_I2, OpCodes.Stind_I4, OpCodes.Stind_I8];

    [Fact]
    public void They_are_available_on_linux_with_coreclr()
        => Assert.Equal(
            OperatingSystem.IsLinux() && RuntimeFeature.IsDynamicCodeCompiled
                && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64,
            GuardPages.AreAvailable);

    [GuardPagesFact]
    public void An_access_that_is_not_all_inside_faults_whatever_its_index_and_offset()
    {
        using MemoryInstance memory = Create(pageCount: 1);
        for (int log2 = 0; log2 < 4; log2++)
        {
            uint last = PageByteCount - (1u << log2);
            foreach (OpCode instruction in new[] { s_loads[log2], s_stores[log2] })
            {
                Assert.False(Faults(Emit(instruction, offset: 0), memory, last));
                Assert.False(Faults(Emit(instruction, offset: last), memory, 0));
                Assert.True(Faults(Emit(instruction, offset: 0), memory, last + 1));
                Assert.True(Faults(Emit(instruction, offset: 1), memory, last));
                Assert.True(Faults(Emit(instruction, offset: 0), memory, uint.MaxValue));
                Assert.True(Faults(Emit(instruction, GuardPages.MaxStaticOffset), memory, 0));
                Assert.True(Faults(Emit(instruction, GuardPages.MaxStaticOffset), memory, uint.MaxValue));
            }
        }
    }

    [Fact]
    public void No_access_of_32_bit_index_and_allowed_offset_reaches_the_next_slot()
        => Assert.True(uint.MaxValue + GuardPages.MaxStaticOffset + GuardPages.MaxAccessByteCount <= GuardArena.SlotByteCount);

    [GuardPagesFact]
    public void A_store_across_the_end_writes_nothing()
    {
        using MemoryInstance memory = Create(pageCount: 1);
        memory.Fill(0, 0x55, PageByteCount);
        Assert.True(Faults(Emit(OpCodes.Stind_I8, offset: 0), memory, PageByteCount - 4));
        Assert.Equal(-1, memory.Slice(0, PageByteCount).IndexOfAnyExcept((byte)0x55));
    }

    [GuardPagesFact]
    public void A_full_memory_is_guarded_at_its_end()
    {
        using MemoryInstance memory = Create(pageCount: 65536);
        Assert.False(Faults(Emit(OpCodes.Stind_I1, offset: 0), memory, uint.MaxValue));
        Assert.True(Faults(Emit(OpCodes.Stind_I2, offset: 0), memory, uint.MaxValue));
        Assert.True(Faults(Emit(OpCodes.Ldind_I1, offset: 1), memory, uint.MaxValue));
    }

    [GuardPagesFact]
    public void Pages_that_are_added_become_accessible_and_those_behind_stay_guarded()
    {
        using MemoryInstance memory = Create(pageCount: 0);
        Access load = Emit(OpCodes.Ldind_I4, offset: 0);
        Assert.True(Faults(load, memory, 0));
        byte* before = memory.Cell->Base;
        Assert.Equal(0, memory.Grow(2));
        Assert.True(memory.Cell->Base == before);
        Assert.False(Faults(load, memory, (2 * PageByteCount) - 4));
        Assert.True(Faults(load, memory, (2 * PageByteCount) - 3));
        memory.Slice(PageByteCount, 4).Fill(0x11);
        Assert.Equal(0x11111111, load(memory.Cell->Base, PageByteCount));
    }

    [GuardPagesFact]
    public void Ten_thousand_faults_in_a_row_are_all_caught()
    {
        using MemoryInstance memory = Create(pageCount: 1);
        Access load = Emit(OpCodes.Ldind_I4, offset: 0);
        for (uint i = 0; i < 10_000; i++) Assert.True(Faults(load, memory, PageByteCount + (i * 65_521)));
    }

    [GuardPagesFact]
    public void Faults_and_null_references_on_pool_threads_during_collections_are_told_apart()
    {
        using MemoryInstance memory = Create(pageCount: 1);
        Access load = Emit(OpCodes.Ldind_I4, offset: 0);
        byte* start = memory.Cell->Base;
        int faultCount = 0, nullCount = 0;
        using var done = new CancellationTokenSource();
        var collections = new Thread(() =>
        {
            while (!done.IsCancellationRequested) GC.Collect(generation: 0);     // stops every thread, whatever the heap of other tests
        });
        collections.Start();
        Parallel.For(0, 5_000, i =>
        {
            if (Faults(load, start, PageByteCount + (uint)i)) Interlocked.Increment(ref faultCount);
            if (IsOrdinary(() => LengthOf(null!))) Interlocked.Increment(ref nullCount);
        });
        done.Cancel();
        collections.Join();
        Assert.Equal((5_000, 5_000), (faultCount, nullCount));
    }

    [GuardPagesFact]
    public void Null_references_of_the_host_are_what_they_were()
    {
        Assert.True(IsOrdinary(() => LengthOf(null!)));
        Assert.True(IsOrdinary(() => _ = *(int*)0));
        Assert.True(IsOrdinary(() => SetLast(null!)));
        Assert.True(IsOrdinary(() => throw null!));
        Assert.False(GuardPages.IsFaultInFlight());
    }

    [GuardPagesFact]
    public void A_fault_is_recognised_behind_finally_blocks_and_handlers_that_let_it_pass()
    {
        using MemoryInstance memory = Create(pageCount: 1);
        Access load = Emit(OpCodes.Ldind_I4, offset: 0);
        byte* start = memory.Cell->Base;
        Assert.True(Faults((_, index) =>
        {
            try
            {
                return load(start, index);
            }
            catch (NullReferenceException)
            {
                throw;
            }
            finally
            {
                IsOrdinary(() => LengthOf(null!));
            }
        }, start, PageByteCount));
    }

    [GuardPagesFact]
    public void A_slot_that_is_used_again_holds_zeros_and_is_guarded_from_its_new_length_on()
    {
        MemoryInstance first = Create(pageCount: 3);
        byte* start = first.Cell->Base;
        first.Fill(0, 0xFF, 3 * PageByteCount);
        first.Dispose();
        using MemoryInstance second = Create(pageCount: 1);
        Assert.True(second.Cell->Base == start);
        Assert.Equal(-1, second.Slice(0, PageByteCount).IndexOfAnyExcept((byte)0));
        Assert.True(Faults(Emit(OpCodes.Ldind_I1, offset: 0), second, PageByteCount));
        Assert.Equal(1, second.Grow(2));
        Assert.Equal(-1, second.Slice(0, 3 * PageByteCount).IndexOfAnyExcept((byte)0));
    }

    [GuardPagesFact]
    public void Threads_that_make_and_free_memories_never_share_a_slot_or_find_old_bytes()
        => Parallel.For(0, 4_000, i =>
        {
            using MemoryInstance memory = Create(pageCount: 1);
            Span<byte> page = memory.Slice(0, PageByteCount);
            Assert.Equal(-1, page.IndexOfAnyExcept((byte)0));
            page.Fill((byte)(i | 1));
            Thread.Yield();
            Assert.Equal(-1, page.IndexOfAnyExcept((byte)(i | 1)));
        });

    [GuardPagesFact]
    public void A_memory_that_is_gone_faults_everywhere()
    {
        MemoryInstance memory = Create(pageCount: 1);
        memory.Dispose();
        foreach (uint index in new[] { 0u, 4096u, uint.MaxValue })
            Assert.True(Faults(Emit(OpCodes.Ldind_I4, GuardPages.MaxStaticOffset), memory.Cell->Base, index));
    }

    [GuardPagesFact]
    public void Memories_beyond_the_last_slot_are_checked_explicitly()
    {
        var memories = new List<MemoryInstance>();
        for (int i = 0; i < 20_000 && (i == 0 || memories[^1].IsGuarded); i++) memories.Add(New(new MemoryType(new Limits(0))));
        Assert.False(memories[^1].IsGuarded);
        Assert.Equal(0, memories[^1].Grow(1));
        memories.ForEach(memory => memory.Dispose());
        Create(pageCount: 1).Dispose();
    }

    [GuardPagesFact]
    public void Memories_made_while_another_handler_is_in_front_are_checked_explicitly()
    {
        const int SegmentationFault = 11;
        byte* ours = stackalloc byte[152], theirs = stackalloc byte[152];       // struct sigaction, with the handler first
        Assert.Equal(0, UnixCalls.SignalAction(SegmentationFault, null, ours));
        Buffer.MemoryCopy(ours, theirs, 152, 152);
        *(nint*)theirs = PassOn(to: *(nint*)ours);
        Assert.Equal(0, UnixCalls.SignalAction(SegmentationFault, theirs, null));
        MemoryInstance memory = New(new MemoryType(new Limits(1)));
        Assert.Equal(0, UnixCalls.SignalAction(SegmentationFault, ours, null));
        Assert.False(memory.IsGuarded);
        Create(pageCount: 1).Dispose();
    }

    [GuardPagesFact]
    public void Ten_thousand_memories_live_in_little_room()
    {
        long before = Environment.WorkingSet;
        var memories = new List<MemoryInstance>();
        for (int i = 0; i < 10_000; i++)
        {
            memories.Add(Create(pageCount: 1));
            memories[i].Slice(0, 1)[0] = 1;
        }
        long taken = Environment.WorkingSet - before;
        memories.ForEach(memory => memory.Dispose());
        Assert.True(taken < 200 * 1024 * 1024, $"{taken} bytes");
    }

    [GuardPagesFact]
    public void Slots_of_forgotten_memories_come_back()
    {
        for (int round = 0; round < 4; round++)
        {
            for (int i = 0; i < 5_000; i++) Assert.True(New(new MemoryType(new Limits(0))).IsGuarded);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static MemoryInstance Create(ulong pageCount)
    {
        MemoryInstance memory = New(new MemoryType(new Limits(pageCount)));
        Assert.True(memory.IsGuarded);
        return memory;
    }

    private static MemoryInstance New(MemoryType type)
        => new(new CellArena(), new ResourceBudget(StoreLimits.None), type, wantsGuardPages: true);

    private static Access Emit(OpCode instruction, ulong offset)
    {
        var method = new DynamicMethod("access", typeof(long), [typeof(byte*), typeof(uint)]);
        ILGenerator code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Conv_U8);
        code.Emit(OpCodes.Add);
        code.Emit(OpCodes.Ldc_I8, (long)offset);
        code.Emit(OpCodes.Add);
        bool isStore = Array.IndexOf(s_stores, instruction) is >= 0;
        if (isStore) code.Emit(OpCodes.Ldc_I4_0);
        if (instruction == OpCodes.Stind_I8) code.Emit(OpCodes.Conv_I8);
        code.Emit(OpCodes.Unaligned, (byte)1);
        code.Emit(instruction);
        if (isStore) code.Emit(OpCodes.Ldc_I4_0);
        code.Emit(OpCodes.Conv_I8);
        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<Access>();
    }

    // A handler that does nothing of its own, in a page that stays.
    private static nint PassOn(nint to)
    {
        var pageByteCount = (nuint)Environment.SystemPageSize;
        nint page = UnixCalls.Map(pageByteCount, UnixCalls.ProtectReadWrite);
        GuardFaultStub.Make(arena: 0, byteCount: 0, reported: 0, next: to).CopyTo(new Span<byte>((void*)page, (int)pageByteCount));
        Assert.Equal(0, UnixCalls.Protect(page, pageByteCount, UnixCalls.ProtectReadExecute));
        return page;
    }

    private static bool Faults(Access access, MemoryInstance memory, uint index) => Faults(access, memory.Cell->Base, index);

    private static bool Faults(Access access, byte* start, uint index)
    {
        try
        {
            access(start, index);
            return false;
        }
        catch (NullReferenceException) when (GuardPages.IsFaultInFlight())
        {
            return true;
        }
    }

    private static bool IsOrdinary(Action action)
    {
        try
        {
            action();
            return false;
        }
        catch (NullReferenceException) when (!GuardPages.IsFaultInFlight())
        {
            return true;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LengthOf(string text) => text.Length;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SetLast(Large large) => large.Last = 1;

    /// <summary>Its field lies where accesses at the reported address would be, were it not for the JIT's own check of the object.</summary>
    [StructLayout(LayoutKind.Explicit)]
    private sealed class Large
    {
        [FieldOffset(4095 - 8)] public byte Last;
    }
}
