using System.Numerics;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Nacre.Tests.Runtime.Meanings;

internal static partial class VectorReference
{
    private static IEnumerable<(string, Row)> Integers<TSigned, TUnsigned>(string shape)
        where TSigned : unmanaged, IBinaryInteger<TSigned>, IMinMaxValue<TSigned>
        where TUnsigned : unmanaged, IBinaryInteger<TUnsigned>
    {
        int count = Lanes.Of<TSigned>(default).Length, bits = 128 / count;
        bool wide = bits == 64, narrow = bits < 32;
        (string, Row) Op(string name, Func<VectorOperands, object> result) => ($"{shape}.{name}", new Row(result));

        yield return Op("splat", o => Lanes.Vector(Enumerable.Repeat(TSigned.CreateTruncating(wide ? o.I64 : o.I32), count)));
        if (narrow)
        {
            yield return Op("extract_lane_s", o => int.CreateChecked(Lanes.Of<TSigned>(o.A)[o.Lane]));
            yield return Op("extract_lane_u", o => int.CreateChecked(Lanes.Of<TUnsigned>(o.A)[o.Lane]));
        }
        else
        {
            yield return Op("extract_lane", o => Lanes.Of<TSigned>(o.A)[o.Lane]);
        }
        yield return Op("replace_lane", o => Lanes.Vector(Lanes.Of<TSigned>(o.A).Select((a, i) => i == o.Lane ? TSigned.CreateTruncating(wide ? o.I64 : o.I32) : a)));

        yield return Op("eq", Test<TSigned>((a, b) => a == b));
        yield return Op("ne", Test<TSigned>((a, b) => a != b));
        yield return Op("lt_s", Test<TSigned>((a, b) => a < b));
        yield return Op("gt_s", Test<TSigned>((a, b) => a > b));
        yield return Op("le_s", Test<TSigned>((a, b) => a <= b));
        yield return Op("ge_s", Test<TSigned>((a, b) => a >= b));
        if (!wide)
        {
            yield return Op("lt_u", Test<TUnsigned>((a, b) => a < b));
            yield return Op("gt_u", Test<TUnsigned>((a, b) => a > b));
            yield return Op("le_u", Test<TUnsigned>((a, b) => a <= b));
            yield return Op("ge_u", Test<TUnsigned>((a, b) => a >= b));
            yield return Op("min_s", Each<TSigned>(Int128.Min));
            yield return Op("min_u", Each<TUnsigned>(Int128.Min));
            yield return Op("max_s", Each<TSigned>(Int128.Max));
            yield return Op("max_u", Each<TUnsigned>(Int128.Max));
        }

        yield return Op("all_true", o => Lanes.Of<TSigned>(o.A).All(a => a != TSigned.Zero));
        yield return Op("bitmask", o => Lanes.Of<TSigned>(o.A).Select((a, i) => TSigned.IsNegative(a) ? 1 << i : 0).Sum());
        yield return Op("abs", Each<TSigned>(Int128.Abs));
        yield return Op("neg", Each<TSigned>(a => -a));
        yield return Op("add", Each<TSigned>((a, b) => a + b));
        yield return Op("sub", Each<TSigned>((a, b) => a - b));
        if (bits != 8) yield return Op("mul", Each<TSigned>((a, b) => unchecked(a * b)));
        if (narrow)
        {
            yield return Op("add_sat_s", EachSaturating<TSigned>((a, b) => a + b));
            yield return Op("add_sat_u", EachSaturating<TUnsigned>((a, b) => a + b));
            yield return Op("sub_sat_s", EachSaturating<TSigned>((a, b) => a - b));
            yield return Op("sub_sat_u", EachSaturating<TUnsigned>((a, b) => a - b));
            yield return Op("avgr_u", Each<TUnsigned>((a, b) => (a + b + 1) / 2));
        }
        yield return Op("shl", o => Each<TSigned>(a => a << (o.I32 & (bits - 1)))(o));
        yield return Op("shr_s", o => Each<TSigned>(a => a >> (o.I32 & (bits - 1)))(o));
        yield return Op("shr_u", o => Each<TUnsigned>(a => a >> (o.I32 & (bits - 1)))(o));
    }

    /// <summary>Instructions whose results have lanes of twice the operands' width.</summary>
    private static IEnumerable<(string, Row)> Halved<TSigned, TUnsigned, TWide>(string shape, string from)
        where TSigned : unmanaged, IBinaryInteger<TSigned>
        where TUnsigned : unmanaged, IBinaryInteger<TUnsigned>
        where TWide : unmanaged, IBinaryInteger<TWide>
    {
        int half = Lanes.Of<TWide>(default).Length;
        foreach ((string sign, Func<V128, TWide[]> wide) in new (string, Func<V128, TWide[]>)[]
        {
            ("s", v => [.. Lanes.Of<TSigned>(v).Select(TWide.CreateTruncating)]),
            ("u", v => [.. Lanes.Of<TUnsigned>(v).Select(TWide.CreateTruncating)]),
        })
        {
            foreach ((string name, int skip) in new[] { ("low", 0), ("high", half) })
            {
                yield return ($"{shape}.extend_{name}_{from}_{sign}", new Row(o => Lanes.Vector(wide(o.A).Skip(skip).Take(half))));
                yield return ($"{shape}.extmul_{name}_{from}_{sign}",
                    new Row(o => Lanes.Vector(wide(o.A).Zip(wide(o.B), (a, b) => unchecked(a * b)).Skip(skip).Take(half))));
            }
            if (half > 2)
            {
                yield return ($"{shape}.extadd_pairwise_{from}_{sign}", new Row(o => Lanes.Vector(wide(o.A).Chunk(2).Select(pair => unchecked(pair[0] + pair[1])))));
            }
        }
    }
}
