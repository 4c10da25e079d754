using System.Buffers.Binary;
using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

internal sealed partial class ModuleReader
{
    private Immediates ReadVector()
    {
        (int bitCount, bool isFloat) = ShapeOf(Word);
        if (bitCount == 0) throw Unexpected("the shape of a vector");
        At++;
        int laneCount = 128 / bitCount, first = At;
        int found = 0;
        while (TokenAt(first + found).IsNumber) found++;
        if (found != laneCount && (found > 0 || TokenAt(first).Kind != TokenKind.Error))
            throw Error($"wrong number of lane literals: {found}, where {laneCount} are expected", TokenAt(first));

        UInt128 vector = 0;
        for (int lane = 0; lane < laneCount; lane++)
        {
            ulong bits = !isFloat ? ReadInt(bitCount) : bitCount == 32 ? ReadF32() : ReadF64();
            vector |= (UInt128)bits << (lane * bitCount);
        }
        return new Immediates { Bits = (ulong)vector, BitsHigh = (ulong)(vector >> 64) };
    }

    internal static (int LaneBitCount, bool IsFloat) ShapeOf(Keyword word) => word switch
    {
        Keyword.I8x16 => (8, false),
        Keyword.I16x8 => (16, false),
        Keyword.I32x4 => (32, false),
        Keyword.I64x2 => (64, false),
        Keyword.F32x4 => (32, true),
        Keyword.F64x2 => (64, true),
        _ => (0, false),
    };

    private byte ReadLane()
    {
        if (Kind != TokenKind.Nat) throw Unexpected("a lane number");
        Token token = TokenAt(At++);
        return NumberLiteral.TryReadInt(Stream.TextOf(token), bitCount: 8, out ulong lane) ? (byte)lane : throw NoLane(token);
    }

    private Immediates ReadLanes(Token opcode)
    {
        const int LaneCount = 16;
        Span<byte> lanes = stackalloc byte[LaneCount];
        int count = 0;
        for (; Current.IsNumber; count++)
        {
            byte lane = Kind == TokenKind.Nat ? ReadLane() : throw NoLane(Current);
            if (count < LaneCount) lanes[count] = lane;
        }
        if (count != LaneCount) throw Error($"invalid lane length: {count} lane numbers, where {LaneCount} are expected", opcode);
        ulong low = BinaryPrimitives.ReadUInt64LittleEndian(lanes), high = BinaryPrimitives.ReadUInt64LittleEndian(lanes[8..]);
        return new Immediates { Bits = low, BitsHigh = high };
    }

    private MalformedModuleException NoLane(Token token) => Error($"i8 constant out of range: {Excerpt(token)}", token);
}
