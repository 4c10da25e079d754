using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nacre.Runtime;

internal static partial class Meanings
{
    public static bool F64Eq(double a, double b) => a == b;
    public static bool F64Ne(double a, double b) => a != b;
    public static bool F64Lt(double a, double b) => a < b;
    public static bool F64Gt(double a, double b) => a > b;
    public static bool F64Le(double a, double b) => a <= b;
    public static bool F64Ge(double a, double b) => a >= b;

    // Sign operations work on bits: a NaN keeps its payload, and a signalling one stays signalling.
    public static double F64Abs(double value) => Math.Abs(value);
    public static double F64Neg(double value) => -value;
    public static double F64Copysign(double magnitude, double sign) => Math.CopySign(magnitude, sign);

    // Arithmetic on NaN gives a quiet NaN, which the processor does by itself. RyuJIT folds `x + -0`, `x - 0`, `x * 1` and `x / 1`, of
    // vectors too, when it knows the constant, and then a signalling NaN passes unchanged; it does not fold the processor's instructions.
    public static double F64Add(double a, double b) => Sse2.IsSupported ? Sse2.AddScalar(Lane(a), Lane(b)).ToScalar() : a + b;
    public static double F64Sub(double a, double b) => Sse2.IsSupported ? Sse2.SubtractScalar(Lane(a), Lane(b)).ToScalar() : a - b;
    public static double F64Mul(double a, double b) => Sse2.IsSupported ? Sse2.MultiplyScalar(Lane(a), Lane(b)).ToScalar() : a * b;
    public static double F64Div(double a, double b) => Sse2.IsSupported ? Sse2.DivideScalar(Lane(a), Lane(b)).ToScalar() : a / b;
    public static double F64Sqrt(double value) => Math.Sqrt(value);

    // Lane 0 of the vector forms: Math.Min, Math.Round and their kin may hand a signalling NaN through, depending on the
    // platform and on whether the call was optimised.
    public static double F64Min(double a, double b) =>
        double.IsNaN(a) || double.IsNaN(b) ? F64Add(a, b) : SmallerNumber(Lane(a), Lane(b)).ToScalar();
    public static double F64Max(double a, double b) =>
        double.IsNaN(a) || double.IsNaN(b) ? F64Add(a, b) : GreaterNumber(Lane(a), Lane(b)).ToScalar();
    public static double F64Ceil(double value) => Ceiling(Lane(value)).ToScalar();
    public static double F64Floor(double value) => Floor(Lane(value)).ToScalar();
    public static double F64Trunc(double value) => Truncate(Lane(value)).ToScalar();
    public static double F64Nearest(double value) => RoundToEven(Lane(value)).ToScalar();
}
