using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nacre.Runtime;

internal static partial class Meanings
{
    public static bool F32Eq(float a, float b) => a == b;
    public static bool F32Ne(float a, float b) => a != b;
    public static bool F32Lt(float a, float b) => a < b;
    public static bool F32Gt(float a, float b) => a > b;
    public static bool F32Le(float a, float b) => a <= b;
    public static bool F32Ge(float a, float b) => a >= b;

    // Sign operations work on bits: a NaN keeps its payload, and a signalling one stays signalling.
    public static float F32Abs(float value) => MathF.Abs(value);
    public static float F32Neg(float value) => -value;
    public static float F32Copysign(float magnitude, float sign) => MathF.CopySign(magnitude, sign);

    // Arithmetic on NaN gives a quiet NaN, which the processor does by itself. RyuJIT folds `x + -0`, `x - 0`, `x * 1` and `x / 1`, of
    // vectors too, when it knows the constant, and then a signalling NaN passes unchanged; it does not fold the processor's instructions.
    public static float F32Add(float a, float b) => Sse.IsSupported ? Sse.AddScalar(Lane(a), Lane(b)).ToScalar() : a + b;
    public static float F32Sub(float a, float b) => Sse.IsSupported ? Sse.SubtractScalar(Lane(a), Lane(b)).ToScalar() : a - b;
    public static float F32Mul(float a, float b) => Sse.IsSupported ? Sse.MultiplyScalar(Lane(a), Lane(b)).ToScalar() : a * b;
    public static float F32Div(float a, float b) => Sse.IsSupported ? Sse.DivideScalar(Lane(a), Lane(b)).ToScalar() : a / b;
    public static float F32Sqrt(float value) => MathF.Sqrt(value);

    // Lane 0 of the vector forms: MathF.Min, MathF.Round and their kin may hand a signalling NaN through, depending on the
    // platform and on whether the call was optimised.
    public static float F32Min(float a, float b) =>
        float.IsNaN(a) || float.IsNaN(b) ? F32Add(a, b) : SmallerNumber(Lane(a), Lane(b)).ToScalar();
    public static float F32Max(float a, float b) =>
        float.IsNaN(a) || float.IsNaN(b) ? F32Add(a, b) : GreaterNumber(Lane(a), Lane(b)).ToScalar();
    public static float F32Ceil(float value) => Ceiling(Lane(value)).ToScalar();
    public static float F32Floor(float value) => Floor(Lane(value)).ToScalar();
    public static float F32Trunc(float value) => Truncate(Lane(value)).ToScalar();
    public static float F32Nearest(float value) => RoundToEven(Lane(value)).ToScalar();
}
