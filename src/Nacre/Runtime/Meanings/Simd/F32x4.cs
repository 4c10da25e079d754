using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Nacre.Runtime;

internal static partial class Meanings
{
    public static V128 F32x4Splat(float value) => Vector128.Create(value).AsByte();
    public static float F32x4ExtractLane(V128 vector, byte lane) => vector.AsSingle().GetElement(lane);
    public static V128 F32x4ReplaceLane(V128 vector, float value, byte lane) => vector.AsSingle().WithElement(lane, value).AsByte();

    public static V128 F32x4Eq(V128 a, V128 b) => Vector128.Equals(a.AsSingle(), b.AsSingle()).AsByte();
    public static V128 F32x4Ne(V128 a, V128 b) => ~Vector128.Equals(a.AsSingle(), b.AsSingle()).AsByte();
    public static V128 F32x4Lt(V128 a, V128 b) => Vector128.LessThan(a.AsSingle(), b.AsSingle()).AsByte();
    public static V128 F32x4Gt(V128 a, V128 b) => Vector128.GreaterThan(a.AsSingle(), b.AsSingle()).AsByte();
    public static V128 F32x4Le(V128 a, V128 b) => Vector128.LessThanOrEqual(a.AsSingle(), b.AsSingle()).AsByte();
    public static V128 F32x4Ge(V128 a, V128 b) => Vector128.GreaterThanOrEqual(a.AsSingle(), b.AsSingle()).AsByte();

    // Sign operations work on bits: a NaN keeps its payload, and a signalling one stays signalling.
    public static V128 F32x4Abs(V128 vector) => (vector.AsUInt32() & Vector128.Create(~0x8000_0000)).AsByte();
    public static V128 F32x4Neg(V128 vector) => (vector.AsUInt32() ^ Vector128.Create(0x8000_0000)).AsByte();

    public static V128 F32x4Add(V128 a, V128 b) => (a.AsSingle() + b.AsSingle()).AsByte();
    public static V128 F32x4Sub(V128 a, V128 b) => (a.AsSingle() - b.AsSingle()).AsByte();
    public static V128 F32x4Mul(V128 a, V128 b) => (a.AsSingle() * b.AsSingle()).AsByte();
    public static V128 F32x4Div(V128 a, V128 b) => (a.AsSingle() / b.AsSingle()).AsByte();
    public static V128 F32x4Sqrt(V128 vector) => Vector128.Sqrt(vector.AsSingle()).AsByte();

    public static V128 F32x4Min(V128 a, V128 b) => Minimum(a.AsSingle(), b.AsSingle()).AsByte();
    public static V128 F32x4Max(V128 a, V128 b) => Maximum(a.AsSingle(), b.AsSingle()).AsByte();
    public static V128 F32x4Ceil(V128 vector) => Ceiling(vector.AsSingle()).AsByte();
    public static V128 F32x4Floor(V128 vector) => Floor(vector.AsSingle()).AsByte();
    public static V128 F32x4Trunc(V128 vector) => Truncate(vector.AsSingle()).AsByte();
    public static V128 F32x4Nearest(V128 vector) => RoundToEven(vector.AsSingle()).AsByte();

    /// <summary><c>f32x4.pmin</c> : <c>[v128 v128] → [v128]</c>, lanes of <c>b</c> where <c>b &lt; a</c>, else of <c>a</c>, unchanged.</summary>
    public static V128 F32x4Pmin(V128 a, V128 b)
    {
        if (Sse.IsSupported) return Sse.Min(b.AsSingle(), a.AsSingle()).AsByte(); // The second operand where the first is not less.
        return Vector128.ConditionalSelect(Vector128.LessThan(b.AsSingle(), a.AsSingle()), b.AsSingle(), a.AsSingle()).AsByte();
    }

    /// <summary><c>f32x4.pmax</c> : <c>[v128 v128] → [v128]</c>, lanes of <c>b</c> where <c>b &gt; a</c>, else of <c>a</c>, unchanged.</summary>
    public static V128 F32x4Pmax(V128 a, V128 b)
    {
        if (Sse.IsSupported) return Sse.Max(b.AsSingle(), a.AsSingle()).AsByte(); // The second operand where the first is not greater.
        return Vector128.ConditionalSelect(Vector128.GreaterThan(b.AsSingle(), a.AsSingle()), b.AsSingle(), a.AsSingle()).AsByte();
    }
}
