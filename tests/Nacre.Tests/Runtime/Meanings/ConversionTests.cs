using System.Numerics;
using Nacre.Syntax;
using static Nacre.Runtime.Meanings;

namespace Nacre.Tests.Runtime.Meanings;

public class ConversionTests
{
    private static void Overflows(Func<object> meaning) => Assert.Equal(TrapKind.IntegerOverflow, Assert.Throws<TrapException>(meaning).Kind);

    private static void IsInvalid(Func<object> meaning) =>
        Assert.Equal(TrapKind.InvalidConversionToInteger, Assert.Throws<TrapException>(meaning).Kind);

    [Fact]
    public void Truncation_of_NaN_traps_and_saturating_truncation_of_NaN_is_zero()
    {
        IsInvalid(() => I32TruncF32S(float.NaN));
        IsInvalid(() => I32TruncF32U(float.NaN));
        IsInvalid(() => I32TruncF64S(double.NaN));
        IsInvalid(() => I32TruncF64U(-double.NaN));
        IsInvalid(() => I64TruncF32S(float.NaN));
        IsInvalid(() => I64TruncF32U(float.NaN));
        IsInvalid(() => I64TruncF64S(double.NaN));
        IsInvalid(() => I64TruncF64U(-double.NaN));
        Assert.Equal(0, I32TruncSatF32S(float.NaN) | I32TruncSatF32U(float.NaN) | I32TruncSatF64S(double.NaN) | I32TruncSatF64U(-double.NaN));
        Assert.Equal(0, I64TruncSatF32S(float.NaN) | I64TruncSatF32U(float.NaN) | I64TruncSatF64S(double.NaN) | I64TruncSatF64U(-double.NaN));
    }

    [Fact]
    public void Truncation_of_the_first_value_outside_traps_and_of_the_last_one_inside_does_not()
    {
        Edges(I32TruncF32S, I32TruncSatF32S, float.BitDecrement(-2147483648f), -2147483648f, 2147483520f, 2147483648f, int.MinValue, int.MaxValue);
        Edges(I32TruncF32U, I32TruncSatF32U, -1f, -0.99999994f, 4294967040f, 4294967296f, 0, -1);
        Edges(I64TruncF32S, I64TruncSatF32S, float.BitDecrement(-9223372036854775808f), -9223372036854775808f, 9223371487098961920f, 9223372036854775808f, long.MinValue, long.MaxValue);
        Edges(I64TruncF32U, I64TruncSatF32U, -1f, -0.99999994f, 18446742974197923840f, 18446744073709551616f, 0, -1);
        Edges(I32TruncF64S, I32TruncSatF64S, -2147483649.0, -2147483648.9, 2147483647.9, 2147483648.0, int.MinValue, int.MaxValue);
        Edges(I32TruncF64U, I32TruncSatF64U, -1.0, -0.9999999999999999, 4294967295.9, 4294967296.0, 0, -1);
        Edges(I64TruncF64S, I64TruncSatF64S, double.BitDecrement(-9223372036854775808.0), -9223372036854775808.0, 9223372036854774784.0, 9223372036854775808.0, long.MinValue, long.MaxValue);
        Edges(I64TruncF64U, I64TruncSatF64U, -1.0, -0.9999999999999999, 18446744073709549568.0, 18446744073709551616.0, 0, -1);

        static void Edges<TFloat, TInteger>(
            Func<TFloat, TInteger> trunc, Func<TFloat, TInteger> truncSat, TFloat below, TFloat first, TFloat last, TFloat above, TInteger minimum, TInteger maximum)
            where TFloat : IFloatingPoint<TFloat> where TInteger : IBinaryInteger<TInteger>
        {
            Overflows(() => trunc(below));
            Overflows(() => trunc(above));
            Assert.Equal(minimum, trunc(first));
            Assert.Equal(BigInteger.CreateTruncating(last), BigInteger.CreateTruncating(trunc(last)) & ((BigInteger.One << (8 * maximum.GetByteCount())) - 1));
            Assert.Equal((trunc(first), trunc(last)), (truncSat(first), truncSat(last)));
            Assert.Equal((minimum, maximum), (truncSat(below), truncSat(above)));
        }
    }

    [Fact]
    public void Truncation_of_infinity_traps_with_integer_overflow()
    {
        Overflows(() => I32TruncF32S(float.PositiveInfinity));
        Overflows(() => I64TruncF64U(double.NegativeInfinity));
        Assert.Equal((int.MaxValue, 0), (I32TruncSatF32S(float.PositiveInfinity), I32TruncSatF32U(float.NegativeInfinity)));
        Assert.Equal((long.MinValue, -1L), (I64TruncSatF64S(double.NegativeInfinity), I64TruncSatF64U(double.PositiveInfinity)));
    }

    [Fact]
    public void Conversion_of_unsigned_64_bits_rounds_once()
    {
        // By way of double each of these would be rounded down to a tie first, and then to even.
        Assert.Equal(float.BitIncrement(1L << 40), F32ConvertI64U((1L << 40) + (1L << 16) + 1));
        Assert.Equal(float.BitIncrement(9223372036854775808f), F32ConvertI64U(long.MinValue + (1L << 39) + 1));
        Assert.Equal(9223372036854775808f, F32ConvertI64U(long.MinValue + (1L << 39)));
        Assert.Equal(double.BitIncrement(9223372036854775808d), F64ConvertI64U(long.MinValue + 1025));
        Assert.Equal(9223372036854775808d, F64ConvertI64U(long.MinValue + 1024));
        Assert.Equal(18446744073709551616f, F32ConvertI64U(-1));
        Assert.Equal(18446744073709551616d, F64ConvertI64U(-1));
        Assert.Equal(float.BitIncrement(1L << 40), F32ConvertI64S((1L << 40) + (1L << 16) + 1));
    }

    [Fact]
    public void Conversion_of_64_bits_is_the_nearest_float_with_ties_to_even()
    {
        var random = new Random(20);
        for (int i = 0; i < 20_000; i++)
        {
            long value = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            long near = (value & (-1L << random.Next(64))) + random.Next(-1, 2); // Near a tie, often.
            Assert.Equal(Nearest((ulong)near, 24), F32ConvertI64U(near));
            Assert.Equal(Nearest((ulong)near, 53), F64ConvertI64U(near));
            Assert.Equal(near < 0 ? -Nearest((ulong)-near, 24) : Nearest((ulong)near, 24), F32ConvertI64S(near));
            Assert.Equal(near < 0 ? -Nearest((ulong)-near, 53) : Nearest((ulong)near, 53), F64ConvertI64S(near));
        }

        static double Nearest(ulong value, int digits)
        {
            int lost = Math.Max(0, 64 - digits - BitOperations.LeadingZeroCount(value));
            UInt128 unit = UInt128.One << lost, rest = value % unit, floor = value - rest;
            bool up = rest * 2 > unit || (rest * 2 == unit && (floor & unit) != 0);
            return (double)(up ? floor + unit : floor); // At most 53 digits, so exact.
        }
    }

    [Fact]
    public void Conversion_of_32_bits_tells_signed_from_unsigned()
    {
        Assert.Equal((-1f, 4294967296f), (F32ConvertI32S(-1), F32ConvertI32U(-1)));
        Assert.Equal((-1d, 4294967295d), (F64ConvertI32S(-1), F64ConvertI32U(-1)));
        Assert.Equal(2147483904f, F32ConvertI32U(int.MinValue + 129));
        Assert.Equal(2147483648f, F32ConvertI32U(int.MinValue + 128));
        Assert.Equal(16777220f, F32ConvertI32S(16777219));
    }

    [Fact]
    public void Demotion_rounds_to_nearest_and_overflows_to_infinity()
    {
        double halfBeyond = 3.4028235677973366e38, halfOfLeast = Math.ScaleB(1, -150);
        Assert.Equal(float.MaxValue, F32DemoteF64(double.BitDecrement(halfBeyond)));
        Assert.Equal(float.PositiveInfinity, F32DemoteF64(halfBeyond));
        Assert.Equal(float.Epsilon, F32DemoteF64(double.BitIncrement(halfOfLeast)));
        Assert.Equal(0, F32DemoteF64(halfOfLeast));
        Assert.Equal(float.Epsilon, (float)F64PromoteF32(float.Epsilon));
    }

    [Fact]
    public void Reinterpretation_keeps_every_bit()
    {
        int bits = 0x7FA1_2345 + Random.Shared.Next(1); // Signalling, and not a constant to the JIT.
        Assert.Equal(bits, I32ReinterpretF32(F32ReinterpretI32(bits)));
        Assert.Equal(0x7FF4_0000_0000_0001, I64ReinterpretF64(F64ReinterpretI64(0x7FF4_0000_0000_0001)));
    }

    [Fact]
    public void Wrapping_and_extension_are_opposite()
    {
        Assert.Equal(int.MinValue, I32WrapI64(0x7FFF_FFFF_8000_0000));
        Assert.Equal(int.MinValue, I64ExtendI32S(int.MinValue));
        Assert.Equal(0x8000_0000L, I64ExtendI32U(int.MinValue));
    }
}
