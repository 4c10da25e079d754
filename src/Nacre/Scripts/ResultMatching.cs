using System.Globalization;
using System.Runtime.Intrinsics;
using Nacre.Runtime;
using Nacre.Syntax;
using Nacre.Text;

namespace Nacre.Scripts;

/// <summary>Values of scripts as arguments, and results against what a script allows.</summary>
internal static class ResultMatching
{
    /// <summary>An argument.</summary>
    /// <exception cref="ArgumentException">The pattern is no single value.</exception>
    public static Value ToValue(ResultPattern argument) => argument switch
    {
        NumberPattern number when number.Type == ValType.I32 => Value.FromInt32((int)Exact(number.Lanes[0])),
        NumberPattern number when number.Type == ValType.I64 => Value.FromInt64((long)Exact(number.Lanes[0])),
        NumberPattern number when number.Type == ValType.F32 => Value.FromSingle(BitConverter.UInt32BitsToSingle((uint)Exact(number.Lanes[0]))),
        NumberPattern number when number.Type == ValType.F64 => Value.FromDouble(BitConverter.UInt64BitsToDouble(Exact(number.Lanes[0]))),
        NumberPattern number => Value.FromVector128(ToVector(number)),
        ReferencePattern { Kind: ReferenceKind.Null } reference => Value.Null(ValType.RefNull(reference.HeapType ?? AbstractHeapType.Extern)),
        ReferencePattern { Kind: ReferenceKind.Extern or ReferenceKind.Host, Number: { } number } => Value.FromExtern(new HostReference(number)),
        _ => throw new ArgumentException($"{Describe(argument)} is no argument.", nameof(argument)),
    };

    /// <summary>Whether <paramref name="value"/> is what <paramref name="pattern"/> allows.</summary>
    public static bool Matches(Value value, ResultPattern pattern) => pattern switch
    {
        NumberPattern number => value.Type == number.Type && MatchesLanes(value, number),
        ReferencePattern reference => value.Type.IsReference && MatchesReference(value.AsReference(), reference),
        EitherPattern either => either.Choices.Any(choice => Matches(value, choice)),
        _ => false,
    };

    /// <summary>A pattern for a message.</summary>
    public static string Describe(ResultPattern pattern) => pattern switch
    {
        NumberPattern number => $"{number.Type}[{string.Join(' ', number.Lanes.Select(lane => DescribeLane(lane, number.LaneBitCount)))}]",
        ReferencePattern reference => $"ref.{reference.Kind.ToString().ToLowerInvariant()} {reference.HeapType}{reference.Number}".TrimEnd(),
        EitherPattern either => string.Join(" or ", either.Choices.Select(Describe)),
        _ => pattern.ToString(),
    };

    /// <summary>A value for a message, numbers bit by bit.</summary>
    public static string Describe(Value value) => value.Type.IsReference
        ? $"{value.Type}[{value.AsReference() ?? "null"}]"
        : $"{value.Type}[{(value.Type == ValType.V128 ? Hex(High(value), 16) : "")}{Hex(Low(value), Is32Bit(value.Type) ? 8 : 16)}]";

    private static bool Is32Bit(ValType type) => type == ValType.I32 || type == ValType.F32;

    private static string DescribeLane(Lane lane, int bitCount) => lane.Match switch
    {
        LaneMatch.CanonicalNaN => "nan:canonical",
        LaneMatch.ArithmeticNaN => "nan:arithmetic",
        _ => Hex(lane.Bits, bitCount / 4),
    };

    private static string Hex(ulong bits, int digitCount) => bits.ToString($"x{digitCount}", CultureInfo.InvariantCulture);

    private static ulong Exact(Lane lane)
        => lane.Match == LaneMatch.Exact ? lane.Bits : throw new ArgumentException("A NaN of several values is no argument.");

    private static Vector128<byte> ToVector(NumberPattern number)
    {
        UInt128 bits = 0;
        for (int i = 0; i < number.Lanes.Length; i++) bits |= (UInt128)Exact(number.Lanes[i]) << (i * number.LaneBitCount);
        return Vector128.Create((ulong)bits, (ulong)(bits >> 64)).AsByte();
    }

    private static ulong Low(Value value)
        => value.Type == ValType.I32 ? (uint)value.AsInt32()
        : value.Type == ValType.I64 ? (ulong)value.AsInt64()
        : value.Type == ValType.F32 ? BitConverter.SingleToUInt32Bits(value.AsSingle())
        : value.Type == ValType.F64 ? BitConverter.DoubleToUInt64Bits(value.AsDouble())
        : value.AsVector128().AsUInt64()[0];

    private static ulong High(Value value) => value.Type == ValType.V128 ? value.AsVector128().AsUInt64()[1] : 0;

    private static bool MatchesLanes(Value value, NumberPattern pattern)
    {
        UInt128 bits = new(High(value), Low(value));
        ulong mask = ulong.MaxValue >> (64 - pattern.LaneBitCount);
        for (int i = 0; i < pattern.Lanes.Length; i++)
        {
            if (!MatchesLane((ulong)(bits >> (i * pattern.LaneBitCount)) & mask, pattern.Lanes[i], pattern.LaneBitCount)) return false;
        }
        return true;
    }

    // 32 bits: sign, 8 of exponent, 23 of fraction. 64 bits: sign, 11, 52.
    private static bool MatchesLane(ulong bits, Lane lane, int bitCount)
    {
        ulong quiet = bitCount == 32 ? 0x7FC0_0000UL : 0x7FF8_0000_0000_0000UL;
        ulong sign = 1UL << (bitCount - 1);
        return lane.Match switch
        {
            LaneMatch.CanonicalNaN => (bits & ~sign) == quiet,
            LaneMatch.ArithmeticNaN => (bits & quiet) == quiet,
            _ => bits == lane.Bits,
        };
    }

    private static bool MatchesReference(object? reference, ReferencePattern pattern) => pattern.Kind switch
    {
        ReferenceKind.Null => reference is null,
        ReferenceKind.Func => reference is Function,
        ReferenceKind.Extern or ReferenceKind.Host => pattern.Number is { } number
            ? reference is HostReference host && host.Number == number
            : reference is not null and not Function,
        ReferenceKind.Struct => reference is StructInstance,
        ReferenceKind.Array => reference is ArrayInstance,
        ReferenceKind.I31 => reference is I31Reference,
        ReferenceKind.Eq => reference is AnyInstance,
        ReferenceKind.Exn => reference is ExceptionInstance,
        _ => reference is not null and not Function,
    };
}
