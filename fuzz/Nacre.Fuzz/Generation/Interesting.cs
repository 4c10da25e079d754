using Nacre.Syntax;

namespace Nacre.Fuzz.Generation;

/// <summary>Numbers at which arithmetic changes its mind.</summary>
internal static class Interesting
{
    private static readonly uint[] s_i32 =
    [
        0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 33, 63, 64, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFF_FFFF,
        0x8000_0000, 0x8000_0001, 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FF80, 0xFFFF_8000, 0x3FFF_FFFF, 0x4000_0000, 0xC000_0000,
    ];

    private static readonly ulong[] s_i64 =
    [
        0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0x8000_0000_0000_0001, 0xFFFF_FFFF_FFFF_FFFF, 0xFFFF_FFFF, 0x1_0000_0000,
        0xFFFF_FFFF_8000_0000, 0x7FFF_FFFF_0000_0000, 0x0020_0000_0000_0001, 0xFFFF_FFFF_FFFF_FF80, 0xFFFF_FFFF_FFFF_8000,
    ];

    private static readonly uint[] s_f32 =
    [
        0, 0x8000_0000, 0x3F80_0000, 0xBF80_0000,                               // ±0, ±1
        0, 0x8000_0000, 0x3F80_0000,
        1, 0x8000_0001, 0x007F_FFFF, 0x0080_0000, 0x7F7F_FFFF, 0xFF7F_FFFF,     // subnormal, least and greatest normal
        0x7F80_0000, 0xFF80_0000, 0x7FC0_0000, 0xFFC0_0000,                     // infinities, canonical NaN
        0x7F80_0001, 0xFFA0_0000, 0x7FBF_FFFF, 0x7FC0_0001, 0xFFFF_FFFF,        // signalling NaN, quiet NaN with payload
        0x3F00_0000, 0xBF00_0000, 0x3FC0_0000, 0x4000_0000, 0x4020_0000,        // ±½, 1½, 2, 2½
        0x4B00_0000, 0x4B80_0000, 0x4EFF_FFFF, 0x4F00_0000, 0xCF00_0000, 0xCF00_0001, 0x4F7F_FFFF, 0x4F80_0000,
        0x5EFF_FFFF, 0x5F00_0000, 0xDF00_0000, 0x5F7F_FFFF, 0x5F80_0000, 0xBF7F_FFFF,
    ];

    private static readonly ulong[] s_f64 =
    [
        0, 0x8000_0000_0000_0000, 0x3FF0_0000_0000_0000, 0xBFF0_0000_0000_0000,
        0, 0x8000_0000_0000_0000, 0x3FF0_0000_0000_0000,
        1, 0x8000_0000_0000_0001, 0x000F_FFFF_FFFF_FFFF, 0x0010_0000_0000_0000, 0x7FEF_FFFF_FFFF_FFFF,
        0x7FF0_0000_0000_0000, 0xFFF0_0000_0000_0000, 0x7FF8_0000_0000_0000, 0xFFF8_0000_0000_0000,
        0x7FF0_0000_0000_0001, 0xFFF4_0000_0000_0000, 0x7FF7_FFFF_FFFF_FFFF, 0x7FF8_0000_0000_0001, 0xFFFF_FFFF_FFFF_FFFF,
        0x3FE0_0000_0000_0000, 0xBFE0_0000_0000_0000, 0x3FF8_0000_0000_0000, 0x4000_0000_0000_0000, 0x4004_0000_0000_0000,
        0x41DF_FFFF_FFC0_0000, 0x41E0_0000_0000_0000, 0xC1E0_0000_0000_0000, 0xC1E0_0000_0020_0000, 0x41EF_FFFF_FFFF_FFFF, 0x41F0_0000_0000_0000,
        0x43DF_FFFF_FFFF_FFFF, 0x43E0_0000_0000_0000, 0xC3E0_0000_0000_0000, 0x43EF_FFFF_FFFF_FFFF, 0x43F0_0000_0000_0000,
        0x4330_0000_0000_0000, 0x4340_0000_0000_0000, 0x47EF_FFFF_E000_0000, 0x47EF_FFFF_F000_0000, 0x36A0_0000_0000_0000, 0xBFEF_FFFF_FFFF_FFFF,
    ];

    /// <summary>The bits of a number of <paramref name="type"/>; of a vector, one half of it.</summary>
    public static ulong Bits(Dice dice, ValType type)
        => type == ValType.I32 ? I32(dice)
        : type == ValType.I64 ? I64(dice)
        : type == ValType.F32 ? F32(dice)
        : type == ValType.F64 ? F64(dice)
        : Lanes(dice);

    /// <summary>An <c>i32</c>.</summary>
    public static uint I32(Dice dice) => dice.Below(8) switch
    {
        0 => (uint)dice.Next(),
        1 => (uint)dice.Below(256) - 128,
        2 => (1u << dice.Below(32)) + (uint)dice.Below(3) - 1,
        _ => dice.OneOf(s_i32),
    };

    private static ulong I64(Dice dice) => dice.Below(8) switch
    {
        0 => dice.Next(),
        1 => (ulong)dice.Below(256) - 128,
        2 => (1ul << dice.Below(64)) + (ulong)dice.Below(3) - 1,
        3 or 4 => dice.OneOf(s_i32),
        5 => (ulong)(int)dice.OneOf(s_i32),
        _ => dice.OneOf(s_i64),
    };

    private static uint F32(Dice dice) => dice.Below(8) switch
    {
        0 => (uint)dice.Next(),
        1 => BitConverter.SingleToUInt32Bits(dice.Below(2000) - 1000),
        2 => BitConverter.SingleToUInt32Bits((dice.Below(2000) - 1000) / 8f),
        _ => dice.OneOf(s_f32),
    };

    private static ulong F64(Dice dice) => dice.Below(8) switch
    {
        0 => dice.Next(),
        1 => BitConverter.DoubleToUInt64Bits(dice.Below(2000) - 1000),
        2 => BitConverter.DoubleToUInt64Bits((dice.Below(2000) - 1000) / 8.0),
        _ => dice.OneOf(s_f64),
    };

    private static ulong Lanes(Dice dice) => dice.Below(6) switch
    {
        0 => dice.Next(),
        1 => F64(dice),
        2 => ((ulong)F32(dice) << 32) | F32(dice),
        3 => I64(dice),
        4 => 0x0101_0101_0101_0101ul * (ulong)dice.OneOf(0, 1, 0x7F, 0x80, 0xFF, dice.Below(256)),
        _ => 0x0001_0001_0001_0001ul * (ulong)dice.OneOf(0, 1, 0x7FFF, 0x8000, 0xFFFF, dice.Below(65536)),
    };
}
