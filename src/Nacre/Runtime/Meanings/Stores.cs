using System.Runtime.CompilerServices;

namespace Nacre.Runtime;

// Stores. Safe because the caller has checked that the accessed bytes lie inside the memory, which stays in place for the
// duration of the call; the address need not be aligned.
internal static unsafe partial class Meanings
{
    public static void I32Store(byte* address, int value) => WriteInt32(address, value);
    public static void I64Store(byte* address, long value) => WriteInt64(address, value);

    public static void F32Store(byte* address, float value)
    {
        if (BitConverter.IsLittleEndian) Unsafe.WriteUnaligned(address, value);
        else WriteInt32(address, BitConverter.SingleToInt32Bits(value));
    }

    public static void F64Store(byte* address, double value)
    {
        if (BitConverter.IsLittleEndian) Unsafe.WriteUnaligned(address, value);
        else WriteInt64(address, BitConverter.DoubleToInt64Bits(value));
    }

    public static void I32Store8(byte* address, int value) => *address = (byte)value;
    public static void I32Store16(byte* address, int value) => WriteInt16(address, (short)value);

    public static void I64Store8(byte* address, long value) => *address = (byte)value;
    public static void I64Store16(byte* address, long value) => WriteInt16(address, (short)value);
    public static void I64Store32(byte* address, long value) => WriteInt32(address, (int)value);

    private static void WriteInt16(byte* address, short value) => Unsafe.WriteUnaligned(address, LittleEndian(value));
    private static void WriteInt32(byte* address, int value) => Unsafe.WriteUnaligned(address, LittleEndian(value));
    private static void WriteInt64(byte* address, long value) => Unsafe.WriteUnaligned(address, LittleEndian(value));
}
