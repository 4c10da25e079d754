using Nacre.Syntax;

namespace Nacre.Binary;

public sealed partial class ModuleDecoder
{
    // Elements:                                       Data:
    //   2   1   0                                       0  active, memory 0
    // ┌───┬───┬───┐  n: passive or declarative          1  passive
    // │ e │ x │ n │  x: with n declarative, without     2  active, a memory index follows
    // └───┴───┴───┘     n a table index follows
    //                e: expressions, not functions
    internal const uint NotActive = 1, HasTableIndex = 2, Declarative = 2, HasExpressions = 4;
    internal const uint DataWithMemoryIndex = 2;
    internal const byte TableWithInitializer = 0x40;

    private ElementSegment[] ReadElements(ref BinaryCursor cursor)
    {
        var segments = new ElementSegment[Limit.ReadCount(ref cursor, ImplementationLimits.ElementSegments, "element segments")];
        for (int i = 0; i < segments.Length; i++) segments[i] = ReadElementSegment(ref cursor);
        return segments;
    }

    private ElementSegment ReadElementSegment(ref BinaryCursor cursor)
    {
        uint flags = ReadSegmentFlags(ref cursor, NotActive | HasTableIndex | HasExpressions, "malformed elements segment kind");
        SegmentMode mode = (flags & NotActive) == 0 ? SegmentMode.Active
            : (flags & Declarative) == 0 ? SegmentMode.Passive : SegmentMode.Declarative;

        uint table = mode == SegmentMode.Active && (flags & HasTableIndex) != 0 ? cursor.ReadU32() : 0;
        Expr? offset = mode == SegmentMode.Active ? _expressions.Read(ref cursor) : null;
        ValType type = ReadElementType(ref cursor, flags);

        bool hasExpressions = (flags & HasExpressions) != 0;
        int count = Limit.ReadCount(ref cursor, ImplementationLimits.Elements, "elements");
        return new ElementSegment(mode, new TableIndex(table), offset, type,
            hasExpressions ? null : ReadFunctionIndices(ref cursor, count),
            hasExpressions ? ReadInitializers(ref cursor, count) : null);
    }

    // The forms of the first edition, flags 0 and 4, leave the type out.
    private ValType ReadElementType(ref BinaryCursor cursor, uint flags)
    {
        bool isWritten = (flags & (NotActive | HasTableIndex)) != 0;
        if ((flags & HasExpressions) != 0) return isWritten ? TypeReader.ReadRefType(ref cursor, _features) : ValType.Funcref;
        if (isWritten && cursor.ReadByte() != 0) Malformed.Throw("malformed element kind", cursor.Offset - 1);
        return ValType.Ref(AbstractHeapType.Func);
    }

    private static FuncIndex[] ReadFunctionIndices(ref BinaryCursor cursor, int count)
    {
        var functions = new FuncIndex[count];
        for (int i = 0; i < count; i++) functions[i] = new FuncIndex(cursor.ReadU32());
        return functions;
    }

    private Expr[] ReadInitializers(ref BinaryCursor cursor, int count)
    {
        var initializers = new Expr[count];
        for (int i = 0; i < count; i++) initializers[i] = _expressions.Read(ref cursor);
        return initializers;
    }

    private DataSegment[] ReadData(ref BinaryCursor cursor)
    {
        var segments = new DataSegment[Limit.ReadCount(ref cursor, ImplementationLimits.DataSegments, "data segments")];
        for (int i = 0; i < segments.Length; i++) segments[i] = ReadDataSegment(ref cursor);
        return segments;
    }

    private DataSegment ReadDataSegment(ref BinaryCursor cursor)
    {
        const string Text = "malformed data segment kind";
        int start = cursor.Offset;
        uint flags = ReadSegmentFlags(ref cursor, NotActive | DataWithMemoryIndex, Text);
        if (flags > DataWithMemoryIndex) Malformed.Throw($"{Text}: {flags}", start);

        uint memory = flags == DataWithMemoryIndex ? cursor.ReadU32() : 0;
        Expr? offset = flags == NotActive ? null : _expressions.Read(ref cursor);
        int byteCount = cursor.ReadCount(), contents = cursor.Offset;
        cursor.Skip(byteCount);
        return new DataSegment(flags == NotActive ? SegmentMode.Passive : SegmentMode.Active, new MemoryIndex(memory), offset,
            _bytes.Slice(contents, byteCount));
    }

    // In the first edition the flags were the index of the one table or memory, which is 0.
    private uint ReadSegmentFlags(ref BinaryCursor cursor, uint known, string text)
    {
        int start = cursor.Offset;
        uint flags = cursor.ReadU32();
        if ((flags & ~known) != 0) Malformed.Throw($"{text}: {flags}", start);
        if (flags != 0) TypeReader.Require(WasmFeatures.BulkMemory, _features, text, "a form other than 0", start);
        return flags;
    }
}
