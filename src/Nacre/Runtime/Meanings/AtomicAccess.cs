using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nacre.Runtime;

// What the read-modify-write instructions are made of. T is byte, ushort, uint or ulong; values are the guest's, so on a
// big-endian host they are turned around on the way. Safe for the reason given in Atomics.cs.
internal static unsafe partial class Meanings
{
    private static T Exchange<T>(T* address, T value) where T : unmanaged, IBinaryInteger<T> =>
        LittleEndian(Interlocked.Exchange(ref *address, LittleEndian(value)));

    private static T CompareExchange<T>(T* address, T expected, T replacement) where T : unmanaged, IBinaryInteger<T> =>
        LittleEndian(Interlocked.CompareExchange(ref *address, LittleEndian(replacement), LittleEndian(expected)));

    /// <summary>The same for 32 bits, never as part of a caller.</summary>
    /// <remarks>
    /// RyuJIT takes <c>cmpxchg</c> for an instruction that clears the upper half of its register. It leaves the register alone when it finds
    /// what is expected, so that bits of a longer value, of which the expected one is a part, would show where the result becomes 64 bits.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static uint CompareExchange(uint* address, uint expected, uint replacement) => CompareExchange<uint>(address, expected, replacement);

    /// <summary>Applies the operation and returns what was found, repeated until no other thread comes between.</summary>
    private static T Modify<T, TOperation>(T* address, T operand)
        where T : unmanaged, IBinaryInteger<T>
        where TOperation : struct, IModification
    {
        T found = LittleEndian(*address); // A torn or stale value only costs one more round.
        while (true)
        {
            T seen = CompareExchange(address, found, TOperation.Apply(found, operand));
            if (seen == found) return found;
            found = seen;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint FetchAdd(uint* address, uint value) => BitConverter.IsLittleEndian
        ? Interlocked.Add(ref *address, value) - value
        : Modify<uint, Addition>(address, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FetchAdd(ulong* address, ulong value) => BitConverter.IsLittleEndian
        ? Interlocked.Add(ref *address, value) - value
        : Modify<ulong, Addition>(address, value);

    private static uint FetchAnd(uint* address, uint value) => LittleEndian(Interlocked.And(ref *address, LittleEndian(value)));
    private static ulong FetchAnd(ulong* address, ulong value) => LittleEndian(Interlocked.And(ref *address, LittleEndian(value)));
    private static uint FetchOr(uint* address, uint value) => LittleEndian(Interlocked.Or(ref *address, LittleEndian(value)));
    private static ulong FetchOr(ulong* address, ulong value) => LittleEndian(Interlocked.Or(ref *address, LittleEndian(value)));

    private interface IModification
    {
        static abstract T Apply<T>(T found, T operand) where T : IBinaryInteger<T>;
    }

    private readonly struct Addition : IModification
    {
        public static T Apply<T>(T found, T operand) where T : IBinaryInteger<T> => unchecked(found + operand);
    }

    private readonly struct Conjunction : IModification
    {
        public static T Apply<T>(T found, T operand) where T : IBinaryInteger<T> => found & operand;
    }

    private readonly struct Disjunction : IModification
    {
        public static T Apply<T>(T found, T operand) where T : IBinaryInteger<T> => found | operand;
    }

    private readonly struct ExclusiveDisjunction : IModification
    {
        public static T Apply<T>(T found, T operand) where T : IBinaryInteger<T> => found ^ operand;
    }
}
