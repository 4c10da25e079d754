using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Nacre.Runtime;

internal static partial class Meanings
{
    public static V128 F64x2Splat(double value) => Vector128.Create(value).AsByte();
    public static double F64x2ExtractLane(V128 vector, byte lane) => vector.AsDouble().GetElement(lane);
    public static V128 F64x2ReplaceLane(V128 vector, double value, byte lane) => vector.AsDouble().WithElement(lane, value).AsByte();

    public static V128 F64x2Eq(V128 a, V128 b) => Vector128.Equals(a.AsDouble(), b.AsDouble()).AsByte();
    public static V128 F64x2Ne(V128 a, V128 b) => ~Vector128.Equals(a.AsDouble(), b.AsDouble()).AsByte();
    public static V128 F64x2Lt(V128 a, V128 b) => Vector128.LessThan(a.AsDouble(), b.AsDouble()).AsByte();
    public static V128 F64x2Gt(V128 a, V128 b) => Vector128.GreaterThan(a.AsDouble(), b.AsDouble()).AsByte();
    public static V128 F64x2Le(V128 a, V128 b) => Vector128.LessThanOrEqual(a.AsDouble(), b.AsDouble()).AsByte();
    public static V128 F64x2Ge(V128 a, V128 b) => Vector128.GreaterThanOrEqual(a.AsDouble(), b.AsDouble()).AsByte();

    // Sign operations work on bits: a NaN keeps its payload, and a signalling one stays signalling.
    public static V128 F64x2Abs(V128 vector) => (vector.AsUInt64() & Vector128.Create(~0x8000_0000_0000_0000)).AsByte();
    public static V128 F64x2Neg(V128 vector) => (vector.AsUInt64() ^ Vector128.Create(0x8000_0000_0000_0000)).AsByte();

    public static V128 F64x2Add(V128 a, V128 b) => (a.AsDouble() + b.AsDouble()).AsByte();
    public static V128 F64x2Sub(V128 a, V128 b) => (a.AsDouble() - b.AsDouble()).AsByte();
    public static V128 F64x2Mul(V128 a, V128 b) => (a.AsDouble() * b.AsDouble()).AsByte();
    public static V128 F64x2Div(V128 a, V128 b) => (a.AsDouble() / b.AsDouble()).AsByte();
    public static V128 F64x2Sqrt(V128 vector) => Vector128.Sqrt(vector.AsDouble()).AsByte();

    public static V128 F64x2Min(V128 a, V128 b) => Minimum(a.AsDouble(), b.AsDouble()).AsByte();
    public static V128 F64x2Max(V128 a, V128 b) => Maximum(a.AsDouble(), b.AsDouble()).AsByte();
    public static V128 F64x2Ceil(V128 vector) => Ceiling(vector.AsDouble()).AsByte();
    public static V128 F64x2Floor(V128 vector) => Floor(vector.AsDouble()).AsByte();
    public static V128 F64x2Trunc(V128 vector) => Truncate(vector.AsDouble()).AsByte();
    public static V128 F64x2Nearest(V128 vector) => RoundToEven(vector.AsDouble()).AsByte();

    /// <summary><c>f64x2.pmin</c> : <c>[v128 v128] → [v128]</c>, lanes of <c>b</c> where <c>b &lt; a</c>, else of <c>a</c>, unchanged.</summary>
    public static V128 F64x2Pmin(V128 a, V128 b)
    {
        if (Sse2.IsSupported) return Sse2.Min(b.AsDouble(), a.AsDouble()).AsByte(); // The second operand where the first is not less.
        return Vector128.ConditionalSelect(Vector128.LessThan(b.AsDouble(), a.AsDouble()), b.AsDouble(), a.AsDouble()).AsByte();
    }

    /// <summary><c>f64x2.pmax</c> : <c>[v128 v128] → [v128]</c>, lanes of <c>b</c> where <c>b &gt; a</c>, else of <c>a</c>, unchanged.</summary>
    public static V128 F64x2Pmax(V128 a, V128 b)
    {
        if (Sse2.IsSupported) return Sse2.Max(b.AsDouble(), a.AsDouble()).AsByte(); // The second operand where the first is not greater.
        return Vector128.ConditionalSelect(Vector128.GreaterThan(b.AsDouble(), a.AsDouble()), b.AsDouble(), a.AsDouble()).AsByte();
    }
}
