using System.Runtime.Intrinsics;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Nacre.Runtime;

// Vectors travel as bytes in the order of memory. An instruction sees them as lanes by reinterpretation, which gives
// WebAssembly's lanes on little-endian hosts: all those on which .NET has vector instructions.
internal static partial class Meanings
{
    public static V128 V128Not(V128 vector) => ~vector;
    public static V128 V128And(V128 a, V128 b) => a & b;
    public static V128 V128Andnot(V128 a, V128 b) => a & ~b;
    public static V128 V128Or(V128 a, V128 b) => a | b;
    public static V128 V128Xor(V128 a, V128 b) => a ^ b;
    public static V128 V128Bitselect(V128 a, V128 b, V128 mask) => Vector128.ConditionalSelect(mask, a, b);
    public static bool V128AnyTrue(V128 vector) => vector != V128.Zero;

    /// <summary><c>i8x16.shuffle lanes</c> : <c>[v128 v128] → [v128]</c>, bytes picked from <c>a</c> (0 to 15) and <c>b</c> (16 to 31).</summary>
    public static V128 I8x16Shuffle(V128 a, V128 b, V128 lanes) =>
        Vector128.Shuffle(a, lanes) | Vector128.Shuffle(b, lanes - Vector128.Create((byte)16));

    /// <summary><c>i8x16.swizzle</c> : <c>[v128 v128] → [v128]</c>, bytes picked from <c>vector</c>, 0 where the index is 16 or more.</summary>
    public static V128 I8x16Swizzle(V128 vector, V128 indices) => Vector128.Shuffle(vector, indices);

    /// <summary>Lanes without their sign; the minimum wraps to itself.</summary>
    private static Vector128<T> Absolute<T>(Vector128<T> vector) =>
        Vector128.IsHardwareAccelerated ? Vector128.Abs(vector) : Vector128.Max(vector, -vector); // The library's own code throws on it.
}
