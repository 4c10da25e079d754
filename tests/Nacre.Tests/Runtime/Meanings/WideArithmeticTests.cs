using static Nacre.Runtime.Meanings;

namespace Nacre.Tests.Runtime.Meanings;

public class WideArithmeticTests
{
    private static readonly long[] s_edges = [0, 1, 2, -1, -2, long.MinValue, long.MaxValue, long.MinValue + 1, 1L << 32, uint.MaxValue];

    private static Int128 Join(long low, long high) => new((ulong)high, (ulong)low);

    private static long Any(Random random) => random.Next(3) == 0 ? s_edges[random.Next(s_edges.Length)] : random.NextInt64(long.MinValue, long.MaxValue);

    [Fact]
    public void Sums_differences_and_products_are_those_of_128_bit_integers()
    {
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++)
        {
            long a = Any(random), b = Any(random), c = Any(random), d = Any(random);
            Assert.Equal(unchecked(Join(a, b) + Join(c, d)), Join(I64Add128(a, b, c, d, out long high), high));
            Assert.Equal(unchecked(Join(a, b) - Join(c, d)), Join(I64Sub128(a, b, c, d, out high), high));
            Assert.Equal((Int128)a * c, Join(I64MulWideS(a, c, out high), high));
            Assert.Equal((Int128)((UInt128)(ulong)a * (ulong)c), Join(I64MulWideU(a, c, out high), high));
        }
    }
}
