using System.Numerics;

namespace Nacre.Tests.Runtime.Meanings;

internal static partial class VectorReference
{
    private static IEnumerable<(string, Row)> Floats<T, TBits>(string shape, int bits)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TBits : unmanaged, IBinaryInteger<TBits>, IMinMaxValue<TBits>
    {
        int count = 128 / bits;
        T Number(VectorOperands o) => bits == 32 ? (T)(object)o.F32 : (T)(object)o.F64;
        (string, Row) Exact(string name, Func<VectorOperands, object> result) => ($"{shape}.{name}", new Row(result));
        (string, Row) Unary(string name, Func<T, T> lane) => ($"{shape}.{name}", new Row(o => Lanes.Vector(Lanes.Of<T>(o.A).Select(lane)), bits));
        (string, Row) Binary(string name, Func<T, T, T> lane) => ($"{shape}.{name}", new Row(o => Lanes.Vector(Lanes.Of<T>(o.A).Zip(Lanes.Of<T>(o.B), lane)), bits));
        (string, Row) Sign(string name, Func<TBits, TBits> lane) => ($"{shape}.{name}", new Row(o => Lanes.Vector(Lanes.Of<TBits>(o.A).Select(lane))));
        (string, Row) Ternary(string name, Func<T, T, T, T> lane) => ($"{shape}.{name}", new Row(
            o => Lanes.Vector(Enumerable.Range(0, count).Select(i => lane(Lanes.Of<T>(o.A)[i], Lanes.Of<T>(o.B)[i], Lanes.Of<T>(o.C)[i]))), bits));

        yield return Exact("splat", o => Lanes.Vector(Enumerable.Repeat(Number(o), count)));
        yield return Exact("extract_lane", o => Lanes.Of<T>(o.A)[o.Lane]);
        yield return Exact("replace_lane", o => Lanes.Vector(Lanes.Of<T>(o.A).Select((a, i) => i == o.Lane ? Number(o) : a)));
        yield return Exact("eq", Test<T>((a, b) => a == b));
        yield return Exact("ne", Test<T>((a, b) => a != b));
        yield return Exact("lt", Test<T>((a, b) => a < b));
        yield return Exact("gt", Test<T>((a, b) => a > b));
        yield return Exact("le", Test<T>((a, b) => a <= b));
        yield return Exact("ge", Test<T>((a, b) => a >= b));
        yield return Sign("abs", a => a & TBits.MaxValue);
        yield return Sign("neg", a => a ^ TBits.MinValue);
        yield return Unary("sqrt", T.Sqrt);
        yield return Unary("ceil", T.Ceiling);
        yield return Unary("floor", T.Floor);
        yield return Unary("trunc", T.Truncate);
        yield return Unary("nearest", a => T.Round(a, MidpointRounding.ToEven));
        yield return Binary("add", (a, b) => a + b);
        yield return Binary("sub", (a, b) => a - b);
        yield return Binary("mul", (a, b) => a * b);
        yield return Binary("div", (a, b) => a / b);
        foreach (string prefix in new[] { "", "relaxed_" })
        {
            yield return Binary(prefix + "min", T.Min);
            yield return Binary(prefix + "max", T.Max);
        }
        yield return Exact("pmin", o => Lanes.Vector(Lanes.Of<T>(o.A).Zip(Lanes.Of<T>(o.B), (a, b) => b < a ? b : a)));
        yield return Exact("pmax", o => Lanes.Vector(Lanes.Of<T>(o.A).Zip(Lanes.Of<T>(o.B), (a, b) => a < b ? b : a)));
        yield return Ternary("relaxed_madd", (a, b, c) => (a * b) + c);
        yield return Ternary("relaxed_nmadd", (a, b, c) => -(a * b) + c);
    }

    private static IEnumerable<(string, Row)> Conversions()
    {
        yield return ("f32x4.convert_i32x4_s", new Row(o => Lanes.Vector(Lanes.Of<int>(o.A).Select(a => (float)(double)a))));
        yield return ("f32x4.convert_i32x4_u", new Row(o => Lanes.Vector(Lanes.Of<uint>(o.A).Select(a => (float)(double)a))));
        yield return ("f64x2.convert_low_i32x4_s", new Row(o => Lanes.Vector(Lanes.Of<int>(o.A).Take(2).Select(a => (double)a))));
        yield return ("f64x2.convert_low_i32x4_u", new Row(o => Lanes.Vector(Lanes.Of<uint>(o.A).Take(2).Select(a => (double)a))));
        yield return ("f32x4.demote_f64x2_zero", new Row(o => Lanes.Vector(Lanes.Of<double>(o.A).Select(a => (float)a).Concat([0, 0])), 32));
        yield return ("f64x2.promote_low_f32x4", new Row(o => Lanes.Vector(Lanes.Of<float>(o.A).Take(2).Select(a => (double)a)), 64));
        foreach (string name in new[] { "trunc_sat", "relaxed_trunc" })
        {
            yield return ($"i32x4.{name}_f32x4_s", new Row(o => Lanes.Vector(Lanes.Of<float>(o.A).Select(a => (int)Clamped(a, int.MinValue, int.MaxValue)))));
            yield return ($"i32x4.{name}_f32x4_u", new Row(o => Lanes.Vector(Lanes.Of<float>(o.A).Select(a => (uint)Clamped(a, 0, uint.MaxValue)))));
            yield return ($"i32x4.{name}_f64x2_s_zero", new Row(o => Lanes.Vector(Lanes.Of<double>(o.A).Select(a => (int)Clamped(a, int.MinValue, int.MaxValue)).Concat([0, 0]))));
            yield return ($"i32x4.{name}_f64x2_u_zero", new Row(o => Lanes.Vector(Lanes.Of<double>(o.A).Select(a => (uint)Clamped(a, 0, uint.MaxValue)).Concat([0u, 0u]))));
        }

        static long Clamped(double value, long minimum, long maximum) =>
            double.IsNaN(value) ? 0 : value <= minimum ? minimum : value >= maximum ? maximum : (long)value;
    }
}
