using static Nacre.Runtime.Meanings;

namespace Nacre.Tests.Runtime.Meanings;

// Safe: every access lies inside the aligned eight bytes it is given, which live as long as the call.
public unsafe class AtomicTests
{
    private const long Before = unchecked((long)0xF1E2D3C4B5A69788);
    private const long Operand = 0x123456789ABCDEF0;

    private delegate TResult Access<TResult>(byte* address);

    /// <summary>Runs one access over <see cref="Before"/> and returns its result and what it left behind.</summary>
    private static (ulong Result, ulong After) Run(Access<long> access)
    {
        long cell = Before;
        long result = access((byte*)&cell);
        return ((ulong)result, (ulong)cell);
    }

    private static void Modifies(Func<ulong, ulong, ulong> operation, params Access<long>[] inOrderOfRows)
    {
        (int Bits, bool Is64)[] rows = [(32, false), (8, false), (16, false), (64, true), (8, true), (16, true), (32, true)];
        Assert.Equal(rows.Length, inOrderOfRows.Length);
        foreach (((int bits, bool is64), Access<long> access) in rows.Zip(inOrderOfRows))
        {
            ulong mask = ulong.MaxValue >> (64 - bits), before = unchecked((ulong)Before);
            ulong found = before & mask;
            if (bits == 32 && !is64) found = (ulong)(int)found; // As long, for the comparison.
            ulong after = (before & ~mask) | (operation(before & mask, (ulong)Operand & mask) & mask);
            Assert.Equal((found, after), Run(access));
        }
    }

    [Fact]
    public void Loads_extend_with_zeros()
    {
        Assert.Equal(unchecked((ulong)(int)0xB5A69788), Run(at => I32AtomicLoad(at)).Result);
        Assert.Equal(0x88ul, Run(at => I32AtomicLoad8U(at)).Result);
        Assert.Equal(0x9788ul, Run(at => I32AtomicLoad16U(at)).Result);
        Assert.Equal(unchecked((ulong)Before), Run(I64AtomicLoad).Result);
        Assert.Equal(0x88ul, Run(I64AtomicLoad8U).Result);
        Assert.Equal(0x9788ul, Run(I64AtomicLoad16U).Result);
        Assert.Equal(0xB5A69788ul, Run(I64AtomicLoad32U).Result);
    }

    [Fact]
    public void Stores_change_as_many_bytes_as_their_name_says()
    {
        Assert.Equal(0xF1E2D3C49ABCDEF0, Run(at => { I32AtomicStore(at, unchecked((int)Operand)); return 0; }).After);
        Assert.Equal(0xF1E2D3C4B5A697F0, Run(at => { I32AtomicStore8(at, unchecked((int)Operand)); return 0; }).After);
        Assert.Equal(0xF1E2D3C4B5A6DEF0, Run(at => { I32AtomicStore16(at, unchecked((int)Operand)); return 0; }).After);
        Assert.Equal(0x123456789ABCDEF0ul, Run(at => { I64AtomicStore(at, Operand); return 0; }).After);
        Assert.Equal(0xF1E2D3C4B5A697F0, Run(at => { I64AtomicStore8(at, Operand); return 0; }).After);
        Assert.Equal(0xF1E2D3C4B5A6DEF0, Run(at => { I64AtomicStore16(at, Operand); return 0; }).After);
        Assert.Equal(0xF1E2D3C49ABCDEF0, Run(at => { I64AtomicStore32(at, Operand); return 0; }).After);
    }

    [Fact]
    public void Modifications_give_what_they_found_and_touch_nothing_beside()
    {
        const int Operand32 = unchecked(unchecked((int)Operand));
        Modifies((found, operand) => found + operand,
            at => I32AtomicRmwAdd(at, Operand32), at => I32AtomicRmw8AddU(at, Operand32), at => I32AtomicRmw16AddU(at, Operand32),
            at => I64AtomicRmwAdd(at, Operand), at => I64AtomicRmw8AddU(at, Operand), at => I64AtomicRmw16AddU(at, Operand), at => I64AtomicRmw32AddU(at, Operand));
        Modifies((found, operand) => found - operand,
            at => I32AtomicRmwSub(at, Operand32), at => I32AtomicRmw8SubU(at, Operand32), at => I32AtomicRmw16SubU(at, Operand32),
            at => I64AtomicRmwSub(at, Operand), at => I64AtomicRmw8SubU(at, Operand), at => I64AtomicRmw16SubU(at, Operand), at => I64AtomicRmw32SubU(at, Operand));
        Modifies((found, operand) => found & operand,
            at => I32AtomicRmwAnd(at, Operand32), at => I32AtomicRmw8AndU(at, Operand32), at => I32AtomicRmw16AndU(at, Operand32),
            at => I64AtomicRmwAnd(at, Operand), at => I64AtomicRmw8AndU(at, Operand), at => I64AtomicRmw16AndU(at, Operand), at => I64AtomicRmw32AndU(at, Operand));
        Modifies((found, operand) => found | operand,
            at => I32AtomicRmwOr(at, Operand32), at => I32AtomicRmw8OrU(at, Operand32), at => I32AtomicRmw16OrU(at, Operand32),
            at => I64AtomicRmwOr(at, Operand), at => I64AtomicRmw8OrU(at, Operand), at => I64AtomicRmw16OrU(at, Operand), at => I64AtomicRmw32OrU(at, Operand));
        Modifies((found, operand) => found ^ operand,
            at => I32AtomicRmwXor(at, Operand32), at => I32AtomicRmw8XorU(at, Operand32), at => I32AtomicRmw16XorU(at, Operand32),
            at => I64AtomicRmwXor(at, Operand), at => I64AtomicRmw8XorU(at, Operand), at => I64AtomicRmw16XorU(at, Operand), at => I64AtomicRmw32XorU(at, Operand));
        Modifies((found, operand) => operand,
            at => I32AtomicRmwXchg(at, Operand32), at => I32AtomicRmw8XchgU(at, Operand32), at => I32AtomicRmw16XchgU(at, Operand32),
            at => I64AtomicRmwXchg(at, Operand), at => I64AtomicRmw8XchgU(at, Operand), at => I64AtomicRmw16XchgU(at, Operand), at => I64AtomicRmw32XchgU(at, Operand));
    }

    [Fact]
    public void Comparison_wraps_what_is_expected_and_exchanges_when_it_is_found()
    {
        const int Operand32 = unchecked(unchecked((int)Operand)), Before32 = unchecked((int)Before);
        Modifies((found, operand) => operand,
            at => I32AtomicRmwCmpxchg(at, Before32, Operand32), at => I32AtomicRmw8CmpxchgU(at, Before32, Operand32), at => I32AtomicRmw16CmpxchgU(at, Before32, Operand32),
            at => I64AtomicRmwCmpxchg(at, Before, Operand), at => I64AtomicRmw8CmpxchgU(at, Before, Operand), at => I64AtomicRmw16CmpxchgU(at, Before, Operand), at => I64AtomicRmw32CmpxchgU(at, Before, Operand));
        Modifies((found, operand) => found,
            at => I32AtomicRmwCmpxchg(at, 1, Operand32), at => I32AtomicRmw8CmpxchgU(at, 1, Operand32), at => I32AtomicRmw16CmpxchgU(at, 1, Operand32),
            at => I64AtomicRmwCmpxchg(at, 1, Operand), at => I64AtomicRmw8CmpxchgU(at, 1, Operand), at => I64AtomicRmw16CmpxchgU(at, 1, Operand), at => I64AtomicRmw32CmpxchgU(at, 1, Operand));
    }

    [Fact]
    public void Modifications_of_neighbours_by_several_threads_lose_nothing()
    {
        const int Rounds = 20_000;
        long cells = 0;
        byte* at = (byte*)&cells;
        nint address = (nint)at;
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            byte* shared = (byte*)address;
            for (int i = 0; i < Rounds; i++)
            {
                I32AtomicRmw8AddU(shared, 3);
                I32AtomicRmw8XorU(shared + 1, 1 << (i & 7));
                I64AtomicRmw16SubU(shared + 2, 1);
                I32AtomicRmwAdd(shared + 4, 5);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Equal((4 * Rounds * 3) & 0xFF, I32AtomicLoad8U(at));
        Assert.Equal(0, I32AtomicLoad8U(at + 1));
        Assert.Equal((-4 * Rounds) & 0xFFFF, I32AtomicLoad16U(at + 2));
        Assert.Equal(4 * Rounds * 5, I32AtomicLoad(at + 4));
    }
}
