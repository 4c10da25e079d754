using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nacre.Runtime;

// The float operations whose .NET counterparts do not promise WebAssembly's treatment of NaN, written once for both widths
// and for one lane as for all.
internal static partial class Meanings
{
    // The native minimum and maximum agree everywhere on numbers that differ; of zeros they may give either. Taken both ways
    // round they give both, and the union or intersection of the bits has the right sign.

    /// <summary>Smaller lanes, where -0 is below +0 and a NaN on either side gives a quiet NaN.</summary>
    private static Vector128<T> Minimum<T>(Vector128<T> a, Vector128<T> b) where T : IBinaryFloatingPointIeee754<T> =>
        QuietNaN(SmallerNumber(a, b), a, b);

    /// <summary>Greater lanes, where +0 is above -0 and a NaN on either side gives a quiet NaN.</summary>
    private static Vector128<T> Maximum<T>(Vector128<T> a, Vector128<T> b) where T : IBinaryFloatingPointIeee754<T> =>
        QuietNaN(GreaterNumber(a, b), a, b);

    /// <summary>Smaller lanes where both are numbers; of others anything.</summary>
    private static Vector128<T> SmallerNumber<T>(Vector128<T> a, Vector128<T> b) => Vector128.MinNative(a, b) | Vector128.MinNative(b, a);

    /// <summary>Greater lanes where both are numbers; of others anything.</summary>
    private static Vector128<T> GreaterNumber<T>(Vector128<T> a, Vector128<T> b) => Vector128.MaxNative(a, b) & Vector128.MaxNative(b, a);

    private static Vector128<float> Lane(float value) => Vector128.CreateScalarUnsafe(value);
    private static Vector128<double> Lane(double value) => Vector128.CreateScalarUnsafe(value);

    private static Vector128<float> Ceiling(Vector128<float> value) => QuietInSoftware(Vector128.Ceiling(value));
    private static Vector128<double> Ceiling(Vector128<double> value) => QuietInSoftware(Vector128.Ceiling(value));
    private static Vector128<float> Floor(Vector128<float> value) => QuietInSoftware(Vector128.Floor(value));
    private static Vector128<double> Floor(Vector128<double> value) => QuietInSoftware(Vector128.Floor(value));
    private static Vector128<float> Truncate(Vector128<float> value) => QuietInSoftware(Vector128.Truncate(value));
    private static Vector128<double> Truncate(Vector128<double> value) => QuietInSoftware(Vector128.Truncate(value));
    private static Vector128<float> RoundToEven(Vector128<float> value) => QuietInSoftware(Vector128.Round(value));
    private static Vector128<double> RoundToEven(Vector128<double> value) => QuietInSoftware(Vector128.Round(value));

    /// <summary>The result, except that lanes where an operand is NaN take the sum of the operands, which is a quiet NaN.</summary>
    private static Vector128<T> QuietNaN<T>(Vector128<T> result, Vector128<T> a, Vector128<T> b) =>
        Vector128.ConditionalSelect(AreNumbers(a, b), result, a + b);

    /// <summary>All bits of the lanes in which neither operand is NaN.</summary>
    /// <remarks>
    /// RyuJIT folds the comparison of a constant with itself where it chooses lanes, to true also where they are NaN. It does not look
    /// through the processor's own instruction.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<T> AreNumbers<T>(Vector128<T> a, Vector128<T> b)
    {
        if (Sse2.IsSupported && typeof(T) == typeof(float)) return Sse.CompareOrdered(a.AsSingle(), b.AsSingle()).As<float, T>();
        if (Sse2.IsSupported && typeof(T) == typeof(double)) return Sse2.CompareOrdered(a.AsDouble(), b.AsDouble()).As<double, T>();
        return Vector128.Equals(a, a) & Vector128.Equals(b, b);
    }

    /// <summary>Rounding instructions quiet a NaN; the library's own code, used where there are none, may not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> QuietInSoftware<T>(Vector128<T> result) =>
        Vector128.IsHardwareAccelerated ? result : QuietNaN(result, result, result);
}
