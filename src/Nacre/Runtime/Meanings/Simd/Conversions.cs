using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Nacre.Runtime;

internal static partial class Meanings
{
    public static V128 F32x4ConvertI32x4S(V128 vector) => Vector128.ConvertToSingle(vector.AsInt32()).AsByte();
    public static V128 F32x4ConvertI32x4U(V128 vector) => Vector128.ConvertToSingle(vector.AsUInt32()).AsByte();

    /// <summary><c>f64x2.convert_low_i32x4_s</c> : <c>[v128] → [v128]</c>.</summary>
    public static V128 F64x2ConvertLowI32x4S(V128 vector)
    {
        if (Sse2.IsSupported) return Sse2.ConvertToVector128Double(vector.AsInt32()).AsByte();
        return Vector128.ConvertToDouble(Vector128.WidenLower(vector.AsInt32())).AsByte();
    }

    /// <summary><c>f64x2.convert_low_i32x4_u</c> : <c>[v128] → [v128]</c>.</summary>
    public static V128 F64x2ConvertLowI32x4U(V128 vector)
    {
        // The integer as the low digits of 2⁵², then that taken away.
        Vector128<double> unit = Vector128.Create(TwoTo52);
        return ((Vector128.WidenLower(vector.AsUInt32()) | unit.AsUInt64()).AsDouble() - unit).AsByte();
    }

    public static V128 F32x4DemoteF64x2Zero(V128 vector) => Vector128.Narrow(vector.AsDouble(), Vector128<double>.Zero).AsByte();
    public static V128 F64x2PromoteLowF32x4(V128 vector) => Vector128.WidenLower(vector.AsSingle()).AsByte();

    // Saturating: NaN gives 0, what lies outside gives the nearest bound.
    public static V128 I32x4TruncSatF32x4S(V128 vector) => Vector128.ConvertToInt32(vector.AsSingle()).AsByte();
    public static V128 I32x4TruncSatF32x4U(V128 vector) => Vector128.ConvertToUInt32(vector.AsSingle()).AsByte();
    public static V128 I32x4TruncSatF64x2SZero(V128 vector) => TruncateToInt32Zero(vector.AsDouble(), int.MinValue, int.MaxValue);
    public static V128 I32x4TruncSatF64x2UZero(V128 vector) => TruncateToInt32Zero(vector.AsDouble(), uint.MinValue, uint.MaxValue);

    private const double TwoTo52 = 1L << 52;

    /// <summary>Both lanes brought into the range and truncated, as 32-bit integers in lanes 0 and 1; the other two are 0.</summary>
    private static V128 TruncateToInt32Zero(Vector128<double> value, double minimum, double maximum)
    {
        Vector128<double> number = value & Vector128.Equals(value, value);
        Vector128<double> inRange = Vector128.MinNative(Vector128.MaxNative(number, Vector128.Create(minimum)), Vector128.Create(maximum));
        // Beside 1.5 × 2⁵² the lowest digit is 1, so the low half of the sum's bits is the integer in two's complement.
        Vector128<double> sum = Truncate(inRange) + Vector128.Create(1.5 * TwoTo52);
        return Vector128.Shuffle(sum.AsInt32(), Vector128.Create(0, 2, -1, -1)).AsByte();
    }
}
