using System.Numerics;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Nacre.Tests.Runtime.Meanings;

/// <summary>
/// The vector instructions a second time, lane by lane in wide or scalar arithmetic, as slow and obvious as can be. Where a
/// relaxed instruction may do several things, the reference does what its strict counterpart does.
/// </summary>
internal static partial class VectorReference
{
    /// <summary>One instruction. Lanes that are NaN count as equal when <c>NaNLanes</c> is their width in bits.</summary>
    internal sealed record Row(Func<VectorOperands, object> Result, int NaNLanes = 0);

    /// <summary>By mnemonic.</summary>
    internal static IReadOnlyDictionary<string, Row> Rows { get; } = AllRows().ToDictionary(row => row.Mnemonic, row => row.Row);

    private static IEnumerable<(string Mnemonic, Row Row)> AllRows() =>
    [
        .. Integers<sbyte, byte>("i8x16"), .. Integers<short, ushort>("i16x8"), .. Integers<int, uint>("i32x4"), .. Integers<long, ulong>("i64x2"),
        .. Halved<sbyte, byte, short>("i16x8", "i8x16"), .. Halved<short, ushort, int>("i32x4", "i16x8"), .. Halved<int, uint, long>("i64x2", "i32x4"),
        .. Floats<float, int>("f32x4", 32), .. Floats<double, long>("f64x2", 64),
        .. Bits(), .. Special(), .. Conversions(), .. Relaxed(),
    ];

    private static Func<VectorOperands, object> Each<T>(Func<Int128, Int128> lane) where T : unmanaged, IBinaryInteger<T> =>
        o => Lanes.Vector(Wide<T>(o.A).Select(lane).Select(T.CreateTruncating));

    private static Func<VectorOperands, object> Each<T>(Func<Int128, Int128, Int128> lane) where T : unmanaged, IBinaryInteger<T> =>
        o => Lanes.Vector(Wide<T>(o.A).Zip(Wide<T>(o.B), lane).Select(T.CreateTruncating));

    private static Func<VectorOperands, object> EachSaturating<T>(Func<Int128, Int128, Int128> lane) where T : unmanaged, IBinaryInteger<T> =>
        o => Lanes.Vector(Wide<T>(o.A).Zip(Wide<T>(o.B), lane).Select(T.CreateSaturating));

    private static Func<VectorOperands, object> Test<T>(Func<T, T, bool> holds) where T : unmanaged => o =>
    {
        T[] a = Lanes.Of<T>(o.A), b = Lanes.Of<T>(o.B);
        return Lanes.Vector(Enumerable.Range(0, 16).Select(i => i * a.Length / 16).Select(lane => holds(a[lane], b[lane]) ? byte.MaxValue : byte.MinValue));
    };

    private static IEnumerable<Int128> Wide<T>(V128 vector) where T : unmanaged, IBinaryInteger<T> => Lanes.Of<T>(vector).Select(Int128.CreateChecked);

    private static IEnumerable<(string, Row)> Bits()
    {
        static Row Bytes(Func<int, int, int, int> lane) => new(o => Lanes.Vector(Enumerable.Range(0, 16).Select(i => (byte)lane(o.A[i], o.B[i], o.C[i]))));
        yield return ("v128.not", Bytes((a, _, _) => ~a));
        yield return ("v128.and", Bytes((a, b, _) => a & b));
        yield return ("v128.andnot", Bytes((a, b, _) => a & ~b));
        yield return ("v128.or", Bytes((a, b, _) => a | b));
        yield return ("v128.xor", Bytes((a, b, _) => a ^ b));
        yield return ("v128.bitselect", Bytes((a, b, c) => (a & c) | (b & ~c)));
        foreach (string shape in new[] { "i8x16", "i16x8", "i32x4", "i64x2" }) yield return ($"{shape}.relaxed_laneselect", Bytes((a, b, c) => (a & c) | (b & ~c)));
        yield return ("v128.any_true", new Row(o => Lanes.Of<byte>(o.A).Any(a => a != 0)));
        yield return ("i8x16.popcnt", Bytes((a, _, _) => BitOperations.PopCount((uint)a)));
        // The lanes of a shuffle are an immediate; the test gives the third vector, brought into range.
        yield return ("i8x16.shuffle", new Row(o => Lanes.Vector(Lanes.Of<byte>(o.C).Select(i => (i & 31) < 16 ? o.A[i & 31] : o.B[(i & 31) - 16]))));
        foreach (string name in new[] { "swizzle", "relaxed_swizzle" })
        {
            yield return ($"i8x16.{name}", new Row(o => Lanes.Vector(Lanes.Of<byte>(o.B).Select(i => i < 16 ? o.A[i] : (byte)0))));
        }
    }

    private static IEnumerable<(string, Row)> Special()
    {
        foreach (string name in new[] { "q15mulr_sat_s", "relaxed_q15mulr_s" })
        {
            yield return ($"i16x8.{name}", new Row(EachSaturating<short>((a, b) => ((a * b) + 0x4000) >> 15)));
        }
        yield return ("i32x4.dot_i16x8_s", new Row(o => Lanes.Vector(Products<short>(o).Chunk(2).Select(pair => (int)(pair[0] + pair[1])))));
        yield return ("i8x16.narrow_i16x8_s", Narrowed<short, sbyte>());
        yield return ("i8x16.narrow_i16x8_u", Narrowed<short, byte>());
        yield return ("i16x8.narrow_i32x4_s", Narrowed<int, short>());
        yield return ("i16x8.narrow_i32x4_u", Narrowed<int, ushort>());

        static Row Narrowed<TFrom, TTo>() where TFrom : unmanaged, IBinaryInteger<TFrom> where TTo : unmanaged, IBinaryInteger<TTo> =>
            new(o => Lanes.Vector(Lanes.Of<TFrom>(o.A).Concat(Lanes.Of<TFrom>(o.B)).Select(TTo.CreateSaturating)));
    }

    private static IEnumerable<long> Products<T>(VectorOperands o) where T : unmanaged, IBinaryInteger<T> =>
        Lanes.Of<T>(o.A).Zip(Lanes.Of<T>(o.B), (a, b) => long.CreateChecked(a) * long.CreateChecked(b));

    private static IEnumerable<(string, Row)> Relaxed()
    {
        static short[] Dot(VectorOperands o) => [.. Products<sbyte>(o).Chunk(2).Select(pair => unchecked((short)(pair[0] + pair[1])))];
        yield return ("i16x8.relaxed_dot_i8x16_i7x16_s", new Row(o => Lanes.Vector(Dot(o))));
        yield return ("i32x4.relaxed_dot_i8x16_i7x16_add_s", new Row(o => Lanes.Vector(Dot(o).Chunk(2).Zip(Lanes.Of<int>(o.C), (pair, c) => unchecked(pair[0] + pair[1] + c)))));
    }
}
