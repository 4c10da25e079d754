using Nacre.Syntax;

namespace Nacre.Text;

internal sealed partial class ScriptParser
{
    private ResultPattern[] ReadPatterns()
    {
        var patterns = new List<ResultPattern>();
        while (Kind == TokenKind.LeftParen) patterns.Add(TryOpen(Keyword.Either) ? ReadEither() : ReadPattern());
        return [.. patterns];
    }

    private EitherPattern ReadEither()
    {
        var choices = new List<ResultPattern>();
        while (Kind == TokenKind.LeftParen) choices.Add(ReadPattern());
        Close();
        return new EitherPattern([.. choices]);
    }

    private ResultPattern ReadPattern()
    {
        At++;
        Token token = TokenAt(At++);
        ResultPattern pattern = (token.Kind == TokenKind.Keyword ? token.Data : -1) switch
        {
            (int)Opcode.I32Const => new NumberPattern(ValType.I32, 32, [new Lane(LaneMatch.Exact, ReadInt(32))]),
            (int)Opcode.I64Const => new NumberPattern(ValType.I64, 64, [new Lane(LaneMatch.Exact, ReadInt(64))]),
            (int)Opcode.F32Const => new NumberPattern(ValType.F32, 32, [ReadFloatLane(32)]),
            (int)Opcode.F64Const => new NumberPattern(ValType.F64, 64, [ReadFloatLane(64)]),
            (int)Opcode.V128Const => ReadVector(),
            (int)Opcode.RefNull => ReadNull(),
            (int)Opcode.RefFunc => Reference(ReferenceKind.Func),
            (int)Opcode.RefI31 => Reference(ReferenceKind.I31),
            (int)Opcode.RefEq => Reference(ReferenceKind.Eq),
            (int)Keyword.RefExtern => Reference(ReferenceKind.Extern),
            (int)Keyword.RefHost => Reference(ReferenceKind.Host),
            (int)Keyword.RefStruct => Reference(ReferenceKind.Struct),
            (int)Keyword.RefArray => Reference(ReferenceKind.Array),
            (int)Keyword.RefAny => Reference(ReferenceKind.Any),
            (int)Keyword.RefExn => Reference(ReferenceKind.Exn),
            _ => throw Unexpected(token, "a value"),
        };
        Close();
        return pattern;
    }

    private ReferencePattern Reference(ReferenceKind kind) => new(kind, null, Kind == TokenKind.Nat ? ReadU32() : null);

    private ReferencePattern ReadNull()
    {
        AbstractHeapType? type = ModuleReader.AbstractHeap(Word);
        if (type is not null) At++;
        return new ReferencePattern(ReferenceKind.Null, type, null);
    }

    private NumberPattern ReadVector()
    {
        (int bitCount, bool isFloat) = ModuleReader.ShapeOf(Word);
        if (bitCount == 0) throw Unexpected("the shape of a vector");
        At++;
        var lanes = new Lane[128 / bitCount];
        for (int i = 0; i < lanes.Length; i++) lanes[i] = isFloat ? ReadFloatLane(bitCount) : new Lane(LaneMatch.Exact, ReadInt(bitCount));
        return new NumberPattern(ValType.V128, bitCount, lanes);
    }

    private Lane ReadFloatLane(int bitCount)
    {
        if (TryTake(Keyword.NanCanonical)) return new Lane(LaneMatch.CanonicalNaN, 0);
        if (TryTake(Keyword.NanArithmetic)) return new Lane(LaneMatch.ArithmeticNaN, 0);
        return new Lane(LaneMatch.Exact, bitCount == 32 ? ReadF32() : ReadF64());
    }
}
