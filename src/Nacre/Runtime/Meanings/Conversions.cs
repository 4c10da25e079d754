using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Nacre.Syntax;

namespace Nacre.Runtime;

internal static partial class Meanings
{
    public static int I32WrapI64(long value) => (int)value;
    public static long I64ExtendI32S(int value) => value;
    public static long I64ExtendI32U(int value) => (uint)value;

    public static int I32ReinterpretF32(float value) => BitConverter.SingleToInt32Bits(value);
    public static long I64ReinterpretF64(double value) => BitConverter.DoubleToInt64Bits(value);

    // By the processor's own instructions, through which RyuJIT does not look. A signalling NaN whose bits it knows it makes quiet, because
    // it keeps floats as doubles, and hands on unchanged where arithmetic must make it quiet. And by another way than this one it reads
    // four bytes also where the bits are those of a shorter load.
    public static float F32ReinterpretI32(int value) =>
        (Sse2.IsSupported ? Sse2.ConvertScalarToVector128Int32(value) : Vector128.CreateScalarUnsafe(value)).AsSingle().ToScalar();
    public static double F64ReinterpretI64(long value) =>
        (Sse2.X64.IsSupported ? Sse2.X64.ConvertScalarToVector128Int64(value) : Vector128.CreateScalarUnsafe(value)).AsDouble().ToScalar();

    // Both make a signalling NaN quiet. RyuJIT removes a promotion followed by a C# demotion, and then a signalling NaN would pass
    // unchanged; it does not see through the processor's own instruction.
    public static float F32DemoteF64(double value)
    {
        if (Sse2.IsSupported)
            return Sse2.ConvertScalarToVector128Single(Vector128<float>.Zero, Vector128.CreateScalarUnsafe(value)).ToScalar();
        return AdvSimd.Arm64.IsSupported
            ? AdvSimd.Arm64.ConvertToSingleLower(Vector128.CreateScalarUnsafe(value)).ToScalar()
            : (float)value;
    }

    public static double F64PromoteF32(float value) => value;

    public static float F32ConvertI32S(int value) => value;
    public static float F32ConvertI32U(int value) => (uint)value; // By way of double, which holds every uint.
    public static float F32ConvertI64S(long value) => value;
    public static double F64ConvertI32S(int value) => value;
    public static double F64ConvertI32U(int value) => (uint)value;
    public static double F64ConvertI64S(long value) => value;

    // The C# conversion of ulong may round twice (to double and then to float, or before adding 2⁶⁴). A value with the top bit
    // set is halved instead, its lost bit kept as a sticky lowest bit so that the one rounding sees it, and doubled exactly.
    public static float F32ConvertI64U(long value) => value >= 0 ? value : 2 * (float)((value >>> 1) | (value & 1));
    public static double F64ConvertI64U(long value) => value >= 0 ? value : 2 * (double)((value >>> 1) | (value & 1));

    // Saturating truncation is the C# conversion: NaN gives 0, what lies outside gives the nearest bound.
    public static int I32TruncSatF32S(float value) => (int)value;
    public static int I32TruncSatF32U(float value) => (int)(uint)value;
    public static int I32TruncSatF64S(double value) => (int)value;
    public static int I32TruncSatF64U(double value) => (int)(uint)value;
    public static long I64TruncSatF32S(float value) => (long)value;
    public static long I64TruncSatF32U(float value) => (long)(ulong)value;
    public static long I64TruncSatF64S(double value) => (long)value;
    public static long I64TruncSatF64U(double value) => (long)(ulong)value;

    private const float TwoTo31F = 2147483648f, TwoTo32F = 4294967296f, TwoTo63F = 9223372036854775808f, TwoTo64F = 18446744073709551616f;
    private const double TwoTo31 = TwoTo31F, TwoTo32 = TwoTo32F, TwoTo63 = TwoTo63F, TwoTo64 = TwoTo64F;

    // Trapping truncation. Each bound is the first float beyond the range, or the last one inside it where the next would need
    // more digits than the type has; so the comparisons are exact. NaN fails all of them. Inside the range the
    // processor's own conversion is exact.

    /// <summary><c>i32.trunc_f32_s</c> : <c>[f32] → [i32]</c>, rounded toward zero.</summary>
    /// <exception cref="TrapException">The value is NaN, or its truncation is not a signed 32-bit integer.</exception>
    public static int I32TruncF32S(float value)
    {
        if (!(value >= -TwoTo31F && value < TwoTo31F)) Trap.Throw(WhyNoInteger(value));
        return float.ConvertToIntegerNative<int>(value);
    }

    /// <summary><c>i32.trunc_f32_u</c> : <c>[f32] → [i32]</c>, rounded toward zero.</summary>
    /// <exception cref="TrapException">The value is NaN, or its truncation is not an unsigned 32-bit integer.</exception>
    public static int I32TruncF32U(float value)
    {
        if (!(value > -1 && value < TwoTo32F)) Trap.Throw(WhyNoInteger(value));
        return (int)float.ConvertToIntegerNative<uint>(value);
    }

    /// <summary><c>i32.trunc_f64_s</c> : <c>[f64] → [i32]</c>, rounded toward zero.</summary>
    /// <exception cref="TrapException">The value is NaN, or its truncation is not a signed 32-bit integer.</exception>
    public static int I32TruncF64S(double value)
    {
        if (!(value > -TwoTo31 - 1 && value < TwoTo31)) Trap.Throw(WhyNoInteger(value));
        return double.ConvertToIntegerNative<int>(value);
    }

    /// <summary><c>i32.trunc_f64_u</c> : <c>[f64] → [i32]</c>, rounded toward zero.</summary>
    /// <exception cref="TrapException">The value is NaN, or its truncation is not an unsigned 32-bit integer.</exception>
    public static int I32TruncF64U(double value)
    {
        if (!(value > -1 && value < TwoTo32)) Trap.Throw(WhyNoInteger(value));
        return (int)double.ConvertToIntegerNative<uint>(value);
    }

    /// <summary><c>i64.trunc_f32_s</c> : <c>[f32] → [i64]</c>, rounded toward zero.</summary>
    /// <exception cref="TrapException">The value is NaN, or its truncation is not a signed 64-bit integer.</exception>
    public static long I64TruncF32S(float value)
    {
        if (!(value >= -TwoTo63F && value < TwoTo63F)) Trap.Throw(WhyNoInteger(value));
        return float.ConvertToIntegerNative<long>(value);
    }

    /// <summary><c>i64.trunc_f32_u</c> : <c>[f32] → [i64]</c>, rounded toward zero.</summary>
    /// <exception cref="TrapException">The value is NaN, or its truncation is not an unsigned 64-bit integer.</exception>
    public static long I64TruncF32U(float value)
    {
        if (!(value > -1 && value < TwoTo64F)) Trap.Throw(WhyNoInteger(value));
        return (long)float.ConvertToIntegerNative<ulong>(value);
    }

    /// <summary><c>i64.trunc_f64_s</c> : <c>[f64] → [i64]</c>, rounded toward zero.</summary>
    /// <exception cref="TrapException">The value is NaN, or its truncation is not a signed 64-bit integer.</exception>
    public static long I64TruncF64S(double value)
    {
        if (!(value >= -TwoTo63 && value < TwoTo63)) Trap.Throw(WhyNoInteger(value));
        return double.ConvertToIntegerNative<long>(value);
    }

    /// <summary><c>i64.trunc_f64_u</c> : <c>[f64] → [i64]</c>, rounded toward zero.</summary>
    /// <exception cref="TrapException">The value is NaN, or its truncation is not an unsigned 64-bit integer.</exception>
    public static long I64TruncF64U(double value)
    {
        if (!(value > -1 && value < TwoTo64)) Trap.Throw(WhyNoInteger(value));
        return (long)double.ConvertToIntegerNative<ulong>(value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TrapKind WhyNoInteger(double value) =>
        double.IsNaN(value) ? TrapKind.InvalidConversionToInteger : TrapKind.IntegerOverflow;
}
