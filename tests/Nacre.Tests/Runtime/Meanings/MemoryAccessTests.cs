using System.Runtime.Intrinsics;
using static Nacre.Runtime.Meanings;

namespace Nacre.Tests.Runtime.Meanings;

// Safe: every access stays inside the array it is given.
public unsafe class MemoryAccessTests
{
    // At offset 1, so that no access is aligned.
    private static readonly byte[] s_bytes = [0, 0x81, 0x92, 0xA3, 0xB4, 0xC5, 0xD6, 0xE7, 0xF8, 9, 10, 11, 12, 13, 14, 15, 16, 0];

    private delegate T Load<T>(byte* address);
    private delegate void Store(byte* address);

    private static T Loaded<T>(Load<T> load)
    {
        fixed (byte* bytes = s_bytes) return load(bytes + 1);
    }

    private static string Stored(Store store)
    {
        byte[] memory = new byte[20];
        Array.Fill(memory, (byte)0xEE);
        fixed (byte* bytes = memory) store(bytes + 1);
        Assert.Equal(0xEE, memory[0]);
        return Convert.ToHexString(memory.AsSpan(1).TrimEnd((byte)0xEE));
    }

    [Fact]
    public void Loads_are_little_endian_and_extend_as_their_name_says()
    {
        Assert.Equal(unchecked((int)0xB4A39281), Loaded(I32Load));
        Assert.Equal(unchecked((long)0xF8E7D6C5B4A39281), Loaded(I64Load));
        Assert.Equal(unchecked((int)0xB4A39281), BitConverter.SingleToInt32Bits(Loaded(F32Load)));
        Assert.Equal(unchecked((long)0xF8E7D6C5B4A39281), BitConverter.DoubleToInt64Bits(Loaded(F64Load)));
        Assert.Equal((unchecked((int)0xFFFFFF81), 0x81), (Loaded(I32Load8S), Loaded(I32Load8U)));
        Assert.Equal((unchecked((int)0xFFFF9281), 0x9281), (Loaded(I32Load16S), Loaded(I32Load16U)));
        Assert.Equal((-0x7FL, 0x81L), (Loaded(I64Load8S), Loaded(I64Load8U)));
        Assert.Equal((-0x6D7FL, 0x9281L), (Loaded(I64Load16S), Loaded(I64Load16U)));
        Assert.Equal((-0x4B5C6D7FL, 0xB4A39281L), (Loaded(I64Load32S), Loaded(I64Load32U)));
    }

    [Fact]
    public void Stores_are_little_endian_and_drop_the_high_bits()
    {
        Assert.Equal("78563412", Stored(at => I32Store(at, 0x12345678)));
        Assert.Equal("78", Stored(at => I32Store8(at, 0x12345678)));
        Assert.Equal("7856", Stored(at => I32Store16(at, 0x12345678)));
        Assert.Equal("F0DEBC9A78563412", Stored(at => I64Store(at, 0x123456789ABCDEF0)));
        Assert.Equal("F0", Stored(at => I64Store8(at, 0x123456789ABCDEF0)));
        Assert.Equal("F0DE", Stored(at => I64Store16(at, 0x123456789ABCDEF0)));
        Assert.Equal("F0DEBC9A", Stored(at => I64Store32(at, 0x123456789ABCDEF0)));
        Assert.Equal("0000803F", Stored(at => F32Store(at, 1)));
        Assert.Equal("000000000000F03F", Stored(at => F64Store(at, 1)));
    }

    [Fact]
    public void A_signalling_NaN_survives_memory()
    {
        int bits = 0x7FA1_2345;
        long bits64 = 0x7FF4_0000_1234_5678;
        byte[] memory = new byte[8];
        fixed (byte* bytes = memory)
        {
            I32Store(bytes, bits);
            float value = F32Load(bytes);
            F32Store(bytes + 4, value);
            Assert.Equal(bits, I32Load(bytes + 4));
            I64Store(bytes, bits64);
            F64Store(bytes, F64Load(bytes));
            Assert.Equal(bits64, I64Load(bytes));
        }
    }

    [Fact]
    public void Vector_loads_fill_lanes_from_the_lowest_address_upward()
    {
        Assert.Equal(Vector128.Create(s_bytes.AsSpan(1, 16)), Loaded(V128Load));
        Assert.Equal(Vector128.Create(unchecked((short)0xFF81), -110, -93, -76, -59, -42, -25, -8), Loaded(V128Load8x8S).AsInt16());
        Assert.Equal(Vector128.Create(0x81, 0x92, 0xA3, 0xB4, 0xC5, 0xD6, 0xE7, 0xF8), Loaded(V128Load8x8U).AsInt16());
        Assert.Equal(Vector128.Create(-0x6D7F, -0x4B5D, -0x293B, -0x0719), Loaded(V128Load16x4S).AsInt32());
        Assert.Equal(Vector128.Create(0x9281, 0xB4A3, 0xD6C5, 0xF8E7), Loaded(V128Load16x4U).AsInt32());
        Assert.Equal(Vector128.Create(-0x4B5C6D7FL, -0x0718293BL), Loaded(V128Load32x2S).AsInt64());
        Assert.Equal(Vector128.Create(0xB4A39281L, 0xF8E7D6C5L), Loaded(V128Load32x2U).AsInt64());
        Assert.Equal(Vector128.Create((byte)0x81), Loaded(V128Load8Splat));
        Assert.Equal(Vector128.Create((ushort)0x9281), Loaded(V128Load16Splat).AsUInt16());
        Assert.Equal(Vector128.Create(0xB4A39281u), Loaded(V128Load32Splat).AsUInt32());
        Assert.Equal(Vector128.Create(0xF8E7D6C5B4A39281ul), Loaded(V128Load64Splat).AsUInt64());
        Assert.Equal(Vector128.Create(0xB4A39281u, 0, 0, 0), Loaded(V128Load32Zero).AsUInt32());
        Assert.Equal(Vector128.Create(0xF8E7D6C5B4A39281ul, 0), Loaded(V128Load64Zero).AsUInt64());
    }

    [Fact]
    public void Lane_loads_and_stores_touch_one_lane()
    {
        Vector128<byte> ones = Vector128.Create((byte)1);
        Assert.Equal(ones.WithElement(15, (byte)0x81), Loaded(at => V128Load8Lane(at, ones, 15)));
        Assert.Equal(ones.AsUInt16().WithElement(7, (ushort)0x9281), Loaded(at => V128Load16Lane(at, ones, 7)).AsUInt16());
        Assert.Equal(ones.AsUInt32().WithElement(3, 0xB4A39281), Loaded(at => V128Load32Lane(at, ones, 3)).AsUInt32());
        Assert.Equal(ones.AsUInt64().WithElement(1, 0xF8E7D6C5B4A39281), Loaded(at => V128Load64Lane(at, ones, 1)).AsUInt64());

        Vector128<byte> counting = Vector128.Create((byte)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        Assert.Equal("000102030405060708090A0B0C0D0E0F", Stored(at => V128Store(at, counting)));
        Assert.Equal("0F", Stored(at => V128Store8Lane(at, counting, 15)));
        Assert.Equal("0E0F", Stored(at => V128Store16Lane(at, counting, 7)));
        Assert.Equal("0C0D0E0F", Stored(at => V128Store32Lane(at, counting, 3)));
        Assert.Equal("08090A0B0C0D0E0F", Stored(at => V128Store64Lane(at, counting, 1)));
    }
}
