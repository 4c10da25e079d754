using static Nacre.Runtime.Meanings;

namespace Nacre.Tests.Runtime.Meanings;

public class FloatTests
{
    private const int Quiet32 = 0x0040_0000;
    private const long Quiet64 = 0x0008_0000_0000_0000;

    // Signalling NaNs with a payload. Fields that change, so that the JIT does not see constants: those it makes quiet.
    private static readonly float[] s_signalling32 = [BitConverter.Int32BitsToSingle(0x7FA1_2345 + Random.Shared.Next(1))];
    private static readonly double[] s_signalling64 = [BitConverter.Int64BitsToDouble(0x7FF4_0000_1234_5678 + Random.Shared.Next(1))];

    private static float Signalling32 => s_signalling32[0];
    private static double Signalling64 => s_signalling64[0];

    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value);
    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    private static void IsQuietNaN(float value)
    {
        Assert.True(float.IsNaN(value));
        Assert.NotEqual(0, Bits(value) & Quiet32);
    }

    private static void IsQuietNaN(double value)
    {
        Assert.True(double.IsNaN(value));
        Assert.NotEqual(0, Bits(value) & Quiet64);
    }

    [Fact]
    public void Arithmetic_makes_a_signalling_NaN_quiet()
    {
        float s = Signalling32;
        Assert.All(
            [
                F32Add(s, 1), F32Add(1, s), F32Sub(s, 1), F32Mul(1, s), F32Div(s, 1), F32Sqrt(s), F32Ceil(s), F32Floor(s),
                F32Trunc(s), F32Nearest(s), F32Min(s, 1), F32Min(1, s), F32Max(s, 1), F32Max(1, s), F32Min(s, s), F32Max(s, s),
                F32Min(s, float.NegativeInfinity), F32Max(s, float.PositiveInfinity), F32DemoteF64(Signalling64),
            ],
            IsQuietNaN);
        double d = Signalling64;
        Assert.All(
            [
                F64Add(d, 1), F64Add(1, d), F64Sub(d, 1), F64Mul(1, d), F64Div(d, 1), F64Sqrt(d), F64Ceil(d), F64Floor(d),
                F64Trunc(d), F64Nearest(d), F64Min(d, 1), F64Min(1, d), F64Max(d, 1), F64Max(1, d), F64Min(d, d), F64Max(d, d),
                F64Min(d, double.NegativeInfinity), F64Max(d, double.PositiveInfinity), F64PromoteF32(s),
            ],
            IsQuietNaN);
    }

    [Fact]
    public void A_canonical_NaN_stays_canonical()
    {
        float[] results = [F32Min(float.NaN, 1), F32Max(-1, float.NaN), F32Add(float.NaN, 1), F32Nearest(float.NaN), F32Sqrt(-1), F32Div(0, 0)];
        Assert.All(results, result => Assert.Equal(0x7FC0_0000, Bits(result) & int.MaxValue));
        double[] doubles = [F64Min(double.NaN, 1), F64Max(-1, double.NaN), F64Add(double.NaN, 1), F64Nearest(double.NaN), F64Sqrt(-1), F64Div(0, 0)];
        Assert.All(doubles, result => Assert.Equal(0x7FF8_0000_0000_0000, Bits(result) & long.MaxValue));
    }

    [Fact]
    public void Sign_operations_keep_the_payload_and_the_signalling_bit()
    {
        int bits = Bits(Signalling32);
        Assert.Equal(bits, Bits(F32Abs(F32Neg(Signalling32))));
        Assert.Equal(bits | int.MinValue, Bits(F32Neg(Signalling32)));
        Assert.Equal(bits | int.MinValue, Bits(F32Copysign(Signalling32, -0f)));
        Assert.Equal(Bits(-1f), Bits(F32Copysign(1, F32Neg(Signalling32))));
        long bits64 = Bits(Signalling64);
        Assert.Equal(bits64, Bits(F64Abs(F64Neg(Signalling64))));
        Assert.Equal(bits64 | long.MinValue, Bits(F64Neg(Signalling64)));
        Assert.Equal(bits64 | long.MinValue, Bits(F64Copysign(Signalling64, -0d)));
        Assert.Equal(Bits(-1d), Bits(F64Copysign(1, F64Neg(Signalling64))));
    }

    [Fact]
    public void Negative_zero_is_below_positive_zero_for_minimum_and_maximum_only()
    {
        Assert.Equal(Bits(-0f), Bits(F32Min(0f, -0f)));
        Assert.Equal(Bits(-0f), Bits(F32Min(-0f, 0f)));
        Assert.Equal(Bits(0f), Bits(F32Max(0f, -0f)));
        Assert.Equal(Bits(0f), Bits(F32Max(-0f, 0f)));
        Assert.Equal(Bits(-0d), Bits(F64Min(0d, -0d)));
        Assert.Equal(Bits(-0d), Bits(F64Min(-0d, 0d)));
        Assert.Equal(Bits(0d), Bits(F64Max(0d, -0d)));
        Assert.Equal(Bits(0d), Bits(F64Max(-0d, 0d)));
        Assert.True(F32Eq(0f, -0f) && F64Eq(0d, -0d));
        Assert.False(F32Lt(-0f, 0f) || F64Lt(-0d, 0d));
    }

    [Theory]
    [InlineData(1, 2), InlineData(-1, 1), InlineData(float.NegativeInfinity, float.MinValue), InlineData(3e38f, float.PositiveInfinity), InlineData(-2, -1)]
    public void Minimum_and_maximum_do_not_depend_on_the_order(float less, float greater)
    {
        Assert.Equal((less, less), (F32Min(less, greater), F32Min(greater, less)));
        Assert.Equal((greater, greater), (F32Max(less, greater), F32Max(greater, less)));
        Assert.Equal((less, less), (F64Min(less, greater), F64Min(greater, less)));
        Assert.Equal((greater, greater), (F64Max(less, greater), F64Max(greater, less)));
    }

    [Theory]
    [InlineData(0.5, 0), InlineData(1.5, 2), InlineData(2.5, 2), InlineData(-0.5, -0.0), InlineData(-1.5, -2), InlineData(4.2, 4)]
    [InlineData(4194304.5, 4194304), InlineData(8388609, 8388609), InlineData(-0.0, -0.0), InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    public void Nearest_rounds_ties_to_even_and_keeps_the_sign_of_zero(double value, double expected)
    {
        Assert.Equal(Bits((float)expected), Bits(F32Nearest((float)value)));
        Assert.Equal(Bits(expected), Bits(F64Nearest(value)));
    }

    [Fact]
    public void Rounding_keeps_the_sign_of_zero()
    {
        Assert.Equal(Bits(-0f), Bits(F32Ceil(-0.5f)));
        Assert.Equal(Bits(-0f), Bits(F32Trunc(-0.5f)));
        Assert.Equal(Bits(-1f), Bits(F32Floor(-0.5f)));
        Assert.Equal(Bits(-0d), Bits(F64Ceil(-0.5)));
        Assert.Equal(Bits(-0d), Bits(F64Trunc(-0.5)));
        Assert.Equal(Bits(-1d), Bits(F64Floor(-0.5)));
    }

    [Fact]
    public void A_comparison_with_NaN_holds_only_for_unequal()
    {
        Assert.True(F32Ne(float.NaN, float.NaN) && F64Ne(double.NaN, double.NaN));
        Assert.False(F32Eq(float.NaN, float.NaN) || F32Lt(float.NaN, 1) || F32Gt(float.NaN, 1) || F32Le(float.NaN, 1) || F32Ge(float.NaN, 1));
        Assert.False(F64Eq(double.NaN, double.NaN) || F64Lt(double.NaN, 1) || F64Gt(double.NaN, 1) || F64Le(double.NaN, 1) || F64Ge(double.NaN, 1));
    }
}
