using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Nacre.Tests.Runtime.Meanings;

/// <summary>What one run of a vector instruction is given; each instruction takes what its signature asks for.</summary>
internal sealed record VectorOperands(V128 A, V128 B, V128 C, int I32, long I64, float F32, double F64, byte Lane)
{
    private static readonly long[] s_integers = [0, 1, -1, sbyte.MinValue, sbyte.MaxValue, short.MinValue, short.MaxValue, int.MinValue, int.MaxValue, long.MinValue, long.MaxValue];

    private static readonly double[] s_floats =
    [
        0, -0.0, 0.5, -0.5, 1, -1, 1.5, 2.5, -2.5, 127.9, 2147483647, 2147483648, -2147483648, -2147483649, 4294967295, 4294967296,
        1e20, -1e20, float.MaxValue, double.MaxValue, double.Epsilon, float.Epsilon, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    /// <summary>Vectors of every shape, edge cases among ordinary lanes; lanes of <c>B</c> are often those of <c>A</c>.</summary>
    public static VectorOperands Any(Random random, int laneCount)
    {
        V128 a = AnyVector(random), b = AnyVector(random);
        V128 same = AnyMask(random);
        return new VectorOperands(
            a, Vector128.ConditionalSelect(same, a, b), AnyVector(random), (int)AnyInteger(random), AnyInteger(random),
            (float)AnyFloat(random), AnyFloat(random), (byte)random.Next(Math.Max(1, laneCount)));
    }

    private static long AnyInteger(Random random) =>
        random.Next(2) == 0 ? s_integers[random.Next(s_integers.Length)] : random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);

    private static double AnyFloat(Random random) =>
        random.Next(2) == 0 ? s_floats[random.Next(s_floats.Length)] : (random.NextDouble() - 0.5) * Math.Pow(2, random.Next(-8, 36));

    private static V128 AnyMask(Random random) => Lanes.Vector(Enumerable.Range(0, 4).Select(_ => random.Next(2) == 0 ? 0 : -1));

    private static V128 AnyVector(Random random) => random.Next(7) switch
    {
        0 => Lanes.Vector(Enumerable.Range(0, 16).Select(_ => (byte)AnyInteger(random))),
        1 => Lanes.Vector(Enumerable.Range(0, 8).Select(_ => (short)AnyInteger(random))),
        2 => Lanes.Vector(Enumerable.Range(0, 4).Select(_ => (int)AnyInteger(random))),
        3 => Lanes.Vector(Enumerable.Range(0, 2).Select(_ => AnyInteger(random))),
        4 => Lanes.Vector(Enumerable.Range(0, 4).Select(_ => (float)AnyFloat(random))),
        5 => Lanes.Vector(Enumerable.Range(0, 2).Select(_ => AnyFloat(random))),
        _ => Lanes.Vector(Enumerable.Range(0, 16).Select(_ => (byte)random.Next(256))),
    };
}

/// <summary>Vectors as sequences of lanes, the lowest first.</summary>
internal static class Lanes
{
    public static T[] Of<T>(V128 vector) where T : unmanaged
    {
        byte[] bytes = new byte[16];
        vector.CopyTo(bytes);
        return MemoryMarshal.Cast<byte, T>(bytes).ToArray();
    }

    public static V128 Vector<T>(IEnumerable<T> lanes) where T : unmanaged => Vector128.Create(MemoryMarshal.AsBytes(lanes.ToArray().AsSpan()));
}
