using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V128 = System.Runtime.Intrinsics.Vector128<byte>;

namespace Nacre.Runtime;

// Loads and stores of vectors and lanes. Safe because the caller has checked that the accessed bytes (as many as the name
// says) lie inside the memory, which stays in place for the duration of the call; the address need not be aligned.
internal static unsafe partial class Meanings
{
    public static V128 V128Load(byte* address) => Unsafe.ReadUnaligned<V128>(address);
    public static void V128Store(byte* address, V128 vector) => Unsafe.WriteUnaligned(address, vector);

    public static V128 V128Load8x8S(byte* address) => Vector128.WidenLower(ReadLower(address).AsSByte()).AsByte();
    public static V128 V128Load8x8U(byte* address) => Vector128.WidenLower(ReadLower(address)).AsByte();
    public static V128 V128Load16x4S(byte* address) => Vector128.WidenLower(ReadLower(address).AsInt16()).AsByte();
    public static V128 V128Load16x4U(byte* address) => Vector128.WidenLower(ReadLower(address).AsUInt16()).AsByte();
    public static V128 V128Load32x2S(byte* address) => Vector128.WidenLower(ReadLower(address).AsInt32()).AsByte();
    public static V128 V128Load32x2U(byte* address) => Vector128.WidenLower(ReadLower(address).AsUInt32()).AsByte();

    public static V128 V128Load8Splat(byte* address) => Vector128.Create(*address);
    public static V128 V128Load16Splat(byte* address) => Vector128.Create(ReadInt16(address)).AsByte();
    public static V128 V128Load32Splat(byte* address) => Vector128.Create(ReadInt32(address)).AsByte();
    public static V128 V128Load64Splat(byte* address) => Vector128.Create(ReadInt64(address)).AsByte();

    public static V128 V128Load32Zero(byte* address) => Vector128.CreateScalar(ReadInt32(address)).AsByte();
    public static V128 V128Load64Zero(byte* address) => Vector128.CreateScalar(ReadInt64(address)).AsByte();

    // The load comes first, so that compiled code that has this copied needs no variable for the address.
    public static V128 V128Load8Lane(byte* address, V128 vector, byte lane)
    {
        byte value = *address;
        return vector.WithElement(lane, value);
    }

    public static V128 V128Load16Lane(byte* address, V128 vector, byte lane)
    {
        short value = ReadInt16(address);
        return vector.AsInt16().WithElement(lane, value).AsByte();
    }

    public static V128 V128Load32Lane(byte* address, V128 vector, byte lane)
    {
        int value = ReadInt32(address);
        return vector.AsInt32().WithElement(lane, value).AsByte();
    }

    public static V128 V128Load64Lane(byte* address, V128 vector, byte lane)
    {
        long value = ReadInt64(address);
        return vector.AsInt64().WithElement(lane, value).AsByte();
    }

    public static void V128Store8Lane(byte* address, V128 vector, byte lane) => *address = vector.GetElement(lane);
    public static void V128Store16Lane(byte* address, V128 vector, byte lane) => WriteInt16(address, vector.AsInt16().GetElement(lane));
    public static void V128Store32Lane(byte* address, V128 vector, byte lane) => WriteInt32(address, vector.AsInt32().GetElement(lane));
    public static void V128Store64Lane(byte* address, V128 vector, byte lane) => WriteInt64(address, vector.AsInt64().GetElement(lane));

    private static V128 ReadLower(byte* address) => Vector128.CreateScalarUnsafe(ReadInt64(address)).AsByte();
}
