using Nacre.Syntax;

namespace Nacre.Text;

/// <remarks>Spec: Text Format, Modules. Each method reads a field up to its closing parenthesis.</remarks>
internal sealed partial class ModuleReader
{
    private void ReadImport()
    {
        At += 2;
        string module = ReadName(), name = ReadName();
        Keyword word = OpenedWord;
        if (SpaceOf(word) is null)
        {
            if (Kind == TokenKind.LeftParen) At++;
            throw Unexpected("what is imported");
        }
        At += 2;
        TakeId();
        TakeFieldName(word, _importCounts[(int)KindOf(word)]);
        AddImport(module, name, word);
        Close();
    }

    private ExternType ReadExternType(Keyword word) => word switch
    {
        Keyword.Func => new FuncExternType(new HeapType(ReadTypeUse(new IndexSpace("local")).Value, TypeSpace.Module)),
        Keyword.Table => ReadTableType(),
        Keyword.Memory => ReadMemoryType(ReadAddressType()),
        Keyword.Global => ReadGlobalType(),
        _ => new TagType(new HeapType(ReadTypeUse(new IndexSpace("local")).Value, TypeSpace.Module)),
    };

    private static ExternKind KindOf(Keyword word) => word switch
    {
        Keyword.Func => ExternKind.Func,
        Keyword.Table => ExternKind.Table,
        Keyword.Memory => ExternKind.Memory,
        Keyword.Global => ExternKind.Global,
        _ => ExternKind.Tag,
    };

    /// <summary>Reads what all definitions begin with: identifier, exports, perhaps an import.</summary>
    /// <returns>Whether it was an import, and is read whole.</returns>
    private bool ReadHead(Keyword word, uint index)
    {
        At += 2;
        TakeId();
        TakeFieldName(word, index);
        while (TryOpen(Keyword.Export))
        {
            _exports.Add(new Export(ReadName(), KindOf(word), index));
            Close();
        }
        if (!TryOpen(Keyword.Import)) return false;
        string module = ReadName(), name = ReadName();
        Close();
        AddImport(module, name, word);
        return true;
    }

    // Imports come before definitions: an index is the number of both that were met before.
    private readonly uint[] _importCounts = new uint[(int)ExternKind.Tag + 1];

    private void AddImport(string module, string name, Keyword word)
    {
        _imports.Add(new Import(module, name, ReadExternType(word)));
        _importCounts[(int)KindOf(word)]++;
    }

    private uint NextIndex(ExternKind kind, int definedCount) => _importCounts[(int)kind] + (uint)definedCount;

    private void ReadTag()
    {
        if (!ReadHead(Keyword.Tag, NextIndex(ExternKind.Tag, _tags.Count))) _tags.Add((TagType)ReadExternType(Keyword.Tag));
    }

    private void ReadGlobal()
    {
        if (ReadHead(Keyword.Global, NextIndex(ExternKind.Global, _globals.Count))) return;
        GlobalType type = ReadGlobalType();
        _globals.Add(new GlobalDefinition(type, ReadConstant()));
    }

    private void ReadExport()
    {
        At += 2;
        string name = ReadName();
        Keyword word = OpenedWord;
        if (SpaceOf(word) is not { } space) throw Unexpected("what is exported");
        At += 2;
        _exports.Add(new Export(name, KindOf(word), ReadIndex(space)));
        Close();
    }

    private void ReadStart()
    {
        if (_start is not null) throw Error("multiple start sections", Current);
        At += 2;
        _start = new FuncIndex(ReadIndex(_funcSpace));
    }

    private void ReadTable()
    {
        uint index = NextIndex(ExternKind.Table, _tables.Count);
        if (ReadHead(Keyword.Table, index)) return;
        AddressType address = ReadAddressType();
        if (IsRefType)
        {
            ReadTableWithElements(index, address);
            return;
        }
        Limits limits = ReadLimits(address);
        var type = new TableType(ReadRefType(), limits, address);
        Expr? initializer = Kind == TokenKind.RightParen ? null : ReadConstant();
        _tables.Add(new TableDefinition(type, initializer));
    }

    private void ReadTableWithElements(uint index, AddressType address)
    {
        ValType element = ReadRefType();
        Open(Keyword.Elem);
        ElementSegment segment = ReadElements(element);
        segment = segment with { Mode = SegmentMode.Active, Table = new TableIndex(index), Offset = Zero(address) };
        Close();
        _elements.Add(segment);
        _tables.Add(new TableDefinition(new TableType(element, new Limits((ulong)segment.Count, (ulong)segment.Count), address), null));
    }

    private void ReadMemory()
    {
        uint index = NextIndex(ExternKind.Memory, _memories.Count);
        if (ReadHead(Keyword.Memory, index)) return;
        AddressType address = ReadAddressType();
        if (OpenedWord is not (Keyword.Data or Keyword.PageSize))
        {
            _memories.Add(ReadMemoryType(address));
            return;
        }
        byte pageSizeLog2 = ReadPageSizeLog2();
        Open(Keyword.Data);
        ReadOnlyMemory<byte> bytes = ReadDataBytes();
        Close();
        ulong pageCount = ((ulong)bytes.Length + (1UL << pageSizeLog2) - 1) >> pageSizeLog2;
        _memories.Add(new MemoryType(new Limits(pageCount, pageCount), address, IsShared: false, pageSizeLog2));
        _data.Add(new DataSegment(SegmentMode.Active, new MemoryIndex(index), Zero(address), bytes));
    }
}
