using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nacre.Runtime;

// Loads. Safe because the caller has checked that the accessed bytes lie inside the memory, which stays in place for the
// duration of the call; the address need not be aligned. Memory is little-endian whatever the host is.
internal static unsafe partial class Meanings
{
    public static int I32Load(byte* address) => ReadInt32(address);
    public static long I64Load(byte* address) => ReadInt64(address);
    public static float F32Load(byte* address) => BitConverter.Int32BitsToSingle(ReadInt32(address));
    public static double F64Load(byte* address) => BitConverter.Int64BitsToDouble(ReadInt64(address));

    public static int I32Load8S(byte* address) => (sbyte)*address;
    public static int I32Load8U(byte* address) => *address;
    public static int I32Load16S(byte* address) => ReadInt16(address);
    public static int I32Load16U(byte* address) => (ushort)ReadInt16(address);

    public static long I64Load8S(byte* address) => (sbyte)*address;
    public static long I64Load8U(byte* address) => *address;
    public static long I64Load16S(byte* address) => ReadInt16(address);
    public static long I64Load16U(byte* address) => (ushort)ReadInt16(address);
    public static long I64Load32S(byte* address) => ReadInt32(address);
    public static long I64Load32U(byte* address) => (uint)ReadInt32(address);

    private static short ReadInt16(byte* address) => LittleEndian(Unsafe.ReadUnaligned<short>(address));
    private static int ReadInt32(byte* address) => LittleEndian(Unsafe.ReadUnaligned<int>(address));
    private static long ReadInt64(byte* address) => LittleEndian(Unsafe.ReadUnaligned<long>(address));

    /// <summary>Turns a value between the host's byte order and the memory's, either way.</summary>
    private static T LittleEndian<T>(T value) where T : unmanaged, IBinaryInteger<T> =>
        BitConverter.IsLittleEndian ? value : Reverse(value);

    private static T Reverse<T>(T value) where T : unmanaged, IBinaryInteger<T>
    {
        Span<byte> bytes = stackalloc byte[sizeof(T)];
        value.WriteLittleEndian(bytes);
        return Unsafe.ReadUnaligned<T>(ref bytes[0]);
    }
}
