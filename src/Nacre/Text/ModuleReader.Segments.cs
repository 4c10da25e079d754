using Nacre.Binary;
using Nacre.Syntax;

namespace Nacre.Text;

/// <remarks>Spec: Text Format, Modules, Element Segments and Data Segments.</remarks>
internal sealed partial class ModuleReader
{
    private readonly ByteWriter _scratch = new();

    private void ReadElem()
    {
        At += 2;
        TakeId();
        if (TryTake(Keyword.Declare))
        {
            _elements.Add(ReadElementList(hasTable: true) with { Mode = SegmentMode.Declarative });
            return;
        }
        // Before there were several tables, one could be named without (table …).
        bool isOldForm = IsIndex && TokenAt(At + 1).Kind == TokenKind.LeftParen;
        TableIndex table = isOldForm ? new TableIndex(ReadIndex(_tableSpace)) : default;
        bool hasTable = IsOpened(Keyword.Table);
        if (hasTable) table = new TableIndex(ReadUse(Keyword.Table, _tableSpace));
        bool isActive = hasTable || isOldForm || (Kind == TokenKind.LeftParen && !IsRefType);
        if (!isActive)
        {
            _elements.Add(ReadElementList(hasTable: true));
            return;
        }
        Expr offset = ReadOffset();
        _elements.Add(ReadElementList(hasTable) with { Mode = SegmentMode.Active, Table = table, Offset = offset });
    }

    private uint ReadUse(Keyword word, IndexSpace space)
    {
        Open(word);
        uint index = ReadIndex(space);
        Close();
        return index;
    }

    private Expr ReadOffset()
    {
        if (!TryOpen(Keyword.Offset)) return ReadSingle();
        Expr offset = ReadConstant();
        Close();
        return offset;
    }

    // func index*, reftype item*, or where no table is named index*
    private ElementSegment ReadElementList(bool hasTable)
    {
        if (TryTake(Keyword.Func)) return Passive(ReadFunctions());
        if (IsRefType) return Passive(ReadRefType(), ReadItems());
        return hasTable && Kind != TokenKind.RightParen ? throw Unexpected("func or a reference type") : Passive(ReadFunctions());
    }

    // What the elements of a table are when they stand inside of it: functions, or expressions.
    private ElementSegment ReadElements(ValType element)
    {
        if (!IsIndex) return Passive(element, ReadItems());
        FuncIndex[] functions = ReadFunctions();
        return element == ValType.Funcref ? Passive(functions) : Passive(element, [.. functions.Select(FunctionReference)]);
    }

    private static ElementSegment Passive(FuncIndex[] functions)
        => new(SegmentMode.Passive, default, null, ValType.Ref(AbstractHeapType.Func), functions, null);

    private static ElementSegment Passive(ValType type, Expr[] items) => new(SegmentMode.Passive, default, null, type, null, items);

    private FuncIndex[] ReadFunctions()
    {
        var functions = new List<FuncIndex>();
        while (IsIndex) functions.Add(new FuncIndex(ReadIndex(_funcSpace)));
        return [.. functions];
    }

    private Expr[] ReadItems()
    {
        var items = new List<Expr>();
        while (Kind == TokenKind.LeftParen)
        {
            if (!TryOpen(Keyword.Item))
            {
                items.Add(ReadSingle());
                continue;
            }
            items.Add(ReadConstant());
            Close();
        }
        return [.. items];
    }

    private void ReadData()
    {
        At += 2;
        TakeId();
        bool isOldForm = IsIndex;
        MemoryIndex memory = isOldForm ? new MemoryIndex(ReadIndex(_memorySpace)) : default;
        bool hasMemory = IsOpened(Keyword.Memory);
        if (hasMemory) memory = new MemoryIndex(ReadUse(Keyword.Memory, _memorySpace));
        Expr? offset = hasMemory || isOldForm || Kind == TokenKind.LeftParen ? ReadOffset() : null;
        SegmentMode mode = offset is null ? SegmentMode.Passive : SegmentMode.Active;
        _data.Add(new DataSegment(mode, memory, offset, ReadDataBytes()));
    }

    private ReadOnlyMemory<byte> ReadDataBytes()
    {
        _scratch.Clear();
        for (; Kind == TokenKind.String; At++) StringLiteral.Decode(Stream.TextOf(Current), _scratch);
        return _scratch.ToArray();
    }

    private static Expr Zero(AddressType address)
    {
        var output = new ByteWriter(4);
        var instructions = new InstructionWriter(output);
        if (address == AddressType.I64) instructions.WriteConst(0L);
        else instructions.WriteConst(0);
        instructions.Write(Opcode.End);
        return new Expr(output.ToArray(), 0);
    }

    private static Expr FunctionReference(FuncIndex function)
    {
        var output = new ByteWriter(8);
        var instructions = new InstructionWriter(output);
        instructions.Write(Opcode.RefFunc, function.Value);
        instructions.Write(Opcode.End);
        return new Expr(output.ToArray(), 0);
    }
}
